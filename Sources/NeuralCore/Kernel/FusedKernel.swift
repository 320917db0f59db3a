/// The fast kernel: one pass over the weights per step.
///
/// Goals, in this order: the same equations as ``ReferenceKernel`` up to the order of summation;
/// one load and one store per weight and step; nothing allocated while it runs; no work per step
/// that could be done once for many.
///
/// Within a window shorter than the shortest delay neurons do not act on each other, so delayed
/// rates, traces and conductances of a whole window are prepared at once. Windows are counted from
/// the start of a cycle; a network saved between cycles therefore continues with the same bits.
public final class FusedKernel<Scalar: VectorScalar>: Kernel {
  typealias Vector = Scalar.Vector

  private let template: Network
  private let targets: [Target]
  private let constants: ModelConstants
  private let weights: WeightPanels<Scalar>
  private let windowLength: Int
  private var ring: RateRing<Scalar>

  // Shape [paddedNeuron].
  private let soma: VectorBuffer<Scalar>
  private let dendrite: VectorBuffer<Scalar>
  private let input: VectorBuffer<Scalar>
  private let surprise: VectorBuffer<Scalar>
  private let coupling: VectorBuffer<Scalar>  // dendrite to soma, times the time step
  private let decay: VectorBuffer<Scalar>  // of the soma, without synaptic conductances
  private let rateFromVisible: VectorBuffer<Scalar>  // learning rates by postsynaptic neuron
  private let rateFromLatent: VectorBuffer<Scalar>
  private let noRate: VectorBuffer<Scalar>
  private let pendingFromVisible: VectorBuffer<Scalar>  // learning rate times surprise
  private let pendingFromLatent: VectorBuffer<Scalar>

  // Shape [step of the window, column]; traces have one row more, the last of the window before.
  private let delayedRates: VectorBuffer<Scalar>
  private let traces: VectorBuffer<Scalar>

  // Shape [step of the window, paddedNeuron].
  private let excitation: VectorBuffer<Scalar>
  private let inhibition: VectorBuffer<Scalar>
  private let rates: VectorBuffer<Scalar>

  // Shape [latent neuron, step of the window].
  private let scaffoldSums: VectorBuffer<Scalar>

  // Conductances of the teacher for each target, shape [step of the cycle, visible].
  private let teacherExcitation: [[Scalar]]
  private let teacherInhibition: [[Scalar]]

  /// The longest window [steps]. Longer ones gain nothing and leave the first-level cache.
  private static var longestWindow: Int { 48 }

  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  public init(
    network: Network, targets: [Target], learning: LearningRule, constants: ModelConstants
  ) {
    template = network
    self.targets = targets
    self.constants = constants
    weights = WeightPanels(network, learning)
    let shortestDelay = min(
      network.dendriticDelay.min()! - 1, network.scaffoldDelay.min()!,
      network.interneuronDelay.min()!)
    windowLength = min(Self.longestWindow, shortestDelay)
    ring = RateRing(
      neurons: network.neurons, depth: network.longestDelay + windowLength,
      history: network.state.rateHistory, restingRate: constants.restingRate)

    let padded = weights.paddedNeurons
    let columns = weights.columns
    let rest = constants.leakPotential
    soma = VectorBuffer(network.state.somaticPotential, padding: rest, toAtLeast: padded)
    dendrite = VectorBuffer(network.state.dendriticPotential, padding: rest, toAtLeast: padded)
    input = VectorBuffer(scalars: padded)
    surprise = VectorBuffer(scalars: padded)
    let couplings = (0..<network.neurons).map { neuron in
      neuron < network.visible || learning.latentHasDendrite
        ? constants.timeStep * constants.dendriteConductance : 0
    }
    coupling = VectorBuffer(couplings, toAtLeast: padded)
    decay = VectorBuffer(
      couplings.map { 1 - constants.timeStep * constants.leakConductance - $0 },
      toAtLeast: padded)
    func rates(isPreVisible: Bool) -> VectorBuffer<Scalar> {
      VectorBuffer(
        (0..<network.neurons).map {
          learning.rate(isPostVisible: $0 < network.visible, isPreVisible: isPreVisible)
        }, toAtLeast: padded)
    }
    rateFromVisible = rates(isPreVisible: true)
    rateFromLatent = rates(isPreVisible: false)
    noRate = VectorBuffer(scalars: padded)
    pendingFromVisible = VectorBuffer(scalars: padded)
    pendingFromLatent = VectorBuffer(scalars: padded)
    delayedRates = VectorBuffer(scalars: windowLength * columns)
    traces = VectorBuffer(scalars: (windowLength + 1) * columns)
    excitation = VectorBuffer(scalars: windowLength * padded)
    inhibition = VectorBuffer(scalars: windowLength * padded)
    self.rates = VectorBuffer(scalars: windowLength * padded)

    scaffoldSums = VectorBuffer(scalars: network.latent * windowLength)

    let teachers = targets.map { $0.potential.map(constants.teacher(target:)) }
    teacherExcitation = teachers.map { teacher in
      teacher.map { Scalar(constants.timeStep * $0.excitatory) }
    }
    teacherInhibition = teachers.map { teacher in
      teacher.map { Scalar(constants.timeStep * $0.inhibitory) }
    }

    for (neuron, trace) in network.state.trace.enumerated() {
      traces.scalars[weights.column(neuron)] = Scalar(trace)
    }
  }

  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  public func runCycle(_ drive: CycleDrive, recordingInto record: inout RateRecord?) {
    var noise = drive.membraneNoise?.stream
    let steps = targets[drive.target].steps
    for start in stride(from: 0, to: steps, by: windowLength) {
      let count = min(windowLength, steps - start)
      prepareDelayedRates(count)
      prepareScaffold(count)
      prepareTeacher(start, count, drive)
      advance(start, count, drive, &noise)
      ring.append(rates.scalars, count: count, paddedNeurons: weights.paddedNeurons)
      if record != nil { append(to: &record!, start, count) }
    }
  }

  private func append(to record: inout RateRecord, _ start: Int, _ count: Int) {
    let padded = weights.paddedNeurons
    for offset in 0..<count where (start + offset) % record.every == 0 {
      let row = UnsafeBufferPointer(
        start: rates.scalars + offset * padded, count: template.neurons)
      record.append(row.lazy.map { Double($0) })
    }
  }

  /// Delayed rates `r_j(t - (D_j - 1))` and, after step 6 of the model, the traces.
  private func prepareDelayedRates(_ count: Int) {
    let columns = weights.columns
    let delayed = delayedRates.scalars
    let trace = traces.scalars
    for neuron in 0..<template.neurons {
      let column = weights.column(neuron)
      ring.forEachDelayed(neuron, delay: template.dendriticDelay[neuron] - 1, count: count) {
        delayed[$0 * columns + column] = $1
      }
    }
    let leak = constants.leakConductance
    let coupling = constants.dendriteConductance
    let decay = Scalar(1 - leak * constants.timeStep)
    let gain = Scalar(constants.timeStep * leak * coupling / (leak + coupling))
    for index in 0..<count * columns {
      trace[columns + index] = decay * trace[index] + gain * delayed[index]
    }
  }

  /// Conductances of the scaffold, times the time step; none onto visible neurons.
  private func prepareScaffold(_ count: Int) {
    gather(
      count, delays: template.scaffoldDelay, scale: constants.excitatoryScale, into: excitation)
    gather(
      count, delays: template.interneuronDelay, scale: constants.inhibitoryScale, into: inhibition)
  }

  /// Sums the scaled, rectified delayed rates over the edges onto each latent neuron.
  ///
  /// The sums are taken neuron by neuron, where steps lie side by side, and turned over at the end.
  private func gather(
    _ count: Int, delays: [Int], scale: Double, into conductance: VectorBuffer<Scalar>
  ) {
    let visible = template.visible
    let sums = scaffoldSums.scalars
    for index in 0..<template.latent * windowLength { sums[index] = 0 }
    let rest = Scalar(constants.restingRate)
    let factor = Scalar(constants.timeStep * scale)
    for edge in template.scaffold.edges {
      let row = sums + (edge.post - visible) * windowLength
      ring.forEachRun(edge.pre, delay: delays[edge.pre], count: count) { offset, rates, length in
        for index in 0..<length { row[offset + index] += factor * max(rates[index], rest) }
      }
    }
    let padded = weights.paddedNeurons
    for step in 0..<count {
      let row = conductance.scalars + step * padded
      for neuron in 0..<padded { row[neuron] = 0 }
      for latent in 0..<template.latent {
        row[visible + latent] = sums[latent * windowLength + step]
      }
    }
  }

  /// Conductances of the teacher, times the time step.
  private func prepareTeacher(_ start: Int, _ count: Int, _ drive: CycleDrive) {
    let padded = weights.paddedNeurons
    let visible = template.visible
    let teacherExcitation = teacherExcitation[drive.target]
    let teacherInhibition = teacherInhibition[drive.target]
    for step in drive.nudgedSteps.clamped(to: start..<start + count) {
      for neuron in 0..<visible {
        let index = step * visible + neuron
        let place = (step - start) * padded + neuron
        if let potential = drive.potential {
          let teacher = constants.teacher(target: potential[index])
          excitation.scalars[place] = Scalar(constants.timeStep * teacher.excitatory)
          inhibition.scalars[place] = Scalar(constants.timeStep * teacher.inhibitory)
        } else {
          excitation.scalars[place] = teacherExcitation[index]
          inhibition.scalars[place] = teacherInhibition[index]
        }
      }
    }
  }

  /// Runs the steps of a prepared window. The update of a step is applied by the pass of the next.
  private func advance(
    _ start: Int, _ count: Int, _ drive: CycleDrive, _ noise: inout RandomStream?
  ) {
    let columns = weights.columns
    let vectors = weights.paddedNeurons / Vector.scalarCount
    let somata = SomaticStep<Scalar>(constants)
    let soma = soma.vectors
    let dendrite = dendrite.vectors
    let coupling = coupling.vectors
    let decay = decay.vectors
    let input = input.vectors
    let surprise = surprise.vectors
    let fromVisible = pendingFromVisible.vectors
    let fromLatent = pendingFromLatent.vectors
    let rateFromVisible = (drive.plastic ? rateFromVisible : noRate).vectors
    let rateFromLatent = (drive.plastic ? rateFromLatent : noRate).vectors
    let isDisturbed = drive.membraneNoise != nil || !drive.holds.isEmpty
    for step in 0..<count {
      weights.updateAndMultiply(
        fromVisible: fromVisible, fromLatent: fromLatent,
        trace: traces.scalars + step * columns, rates: delayedRates.scalars + step * columns,
        input: input)
      let excitation = excitation.vectors + step * vectors
      let inhibition = inhibition.vectors + step * vectors
      let rates = rates.vectors + step * vectors
      somata.advanceSomata(
        vectors, soma: soma, dendrite: dendrite, coupling: coupling, decay: decay,
        excitation: excitation, inhibition: inhibition)
      if isDisturbed { disturb(start + step, drive, &noise) }
      somata.advanceDendrites(
        vectors, soma: soma, dendrite: dendrite, input: input, rate: rates, surprise: surprise)
      for index in 0..<vectors {
        fromVisible[index] = rateFromVisible[index] * surprise[index]
        fromLatent[index] = rateFromLatent[index] * surprise[index]
      }
    }
    // The last traces of this window belong to the update that is pending.
    traces.scalars.update(from: traces.scalars + count * columns, count: columns)
  }

  /// What acts on somata besides conductances: noise, then holds.
  private func disturb(_ step: Int, _ drive: CycleDrive, _ noise: inout RandomStream?) {
    if let strength = drive.membraneNoise?.strength, noise != nil {
      let deviation = strength * constants.timeStep.squareRoot()
      for neuron in 0..<template.neurons {
        soma.scalars[neuron] += Scalar(deviation * noise!.normal())
      }
    }
    for hold in drive.holds where hold.steps.contains(step) {
      for neuron in hold.neurons { soma.scalars[neuron] = Scalar(hold.potential) }
    }
  }

  /// Applies the pending update, without any other effect.
  private func settleWeights() {
    let silence = VectorBuffer<Scalar>(scalars: weights.columns)
    weights.updateAndMultiply(
      fromVisible: pendingFromVisible.vectors, fromLatent: pendingFromLatent.vectors,
      trace: traces.scalars, rates: silence.scalars, input: input.vectors)
    for index in 0..<pendingFromVisible.vectorCount {
      pendingFromVisible.vectors[index] = Vector()
      pendingFromLatent.vectors[index] = Vector()
    }
  }

  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  public func network(beforeCycle cycle: Int) -> Network {
    settleWeights()
    var network = template
    network.dendriticWeight = weights.weights
    network.state = NetworkState(
      somaticPotential: soma.doubles(template.neurons),
      dendriticPotential: dendrite.doubles(template.neurons),
      trace: (0..<template.neurons).map { Double(traces.scalars[weights.column($0)]) },
      rateHistory: ring.history(template.longestDelay))
    network.cycle = cycle
    return network
  }

  public var isFinite: Bool {
    // A weight that is not finite reaches its neuron's dendrite with the next step.
    soma.doubles(template.neurons).allSatisfy(\.isFinite)
      && dendrite.doubles(template.neurons).allSatisfy(\.isFinite)
      && pendingFromLatent.doubles(template.neurons).allSatisfy(\.isFinite)
  }
}
