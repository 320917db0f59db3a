/// The state of all neurons, and what one block of steps computes for them.
final class Population<Scalar: VectorScalar> {
  typealias Vector = Scalar.Vector

  private let neurons: Int
  private let vectors: Int
  private let step: SomaticStep<Scalar>
  private let timeStep: Double

  // Shape [paddedNeuron].
  let soma: VectorBuffer<Scalar>
  let dendrite: VectorBuffer<Scalar>
  private let surprise: VectorBuffer<Scalar>
  private let coupling: VectorBuffer<Scalar>  // dendrite to soma, times the time step
  private let decay: VectorBuffer<Scalar>  // of the soma, without synaptic conductances
  private let rateFromVisible: VectorBuffer<Scalar>  // learning rates
  private let rateFromLatent: VectorBuffer<Scalar>
  private let rateFromSelf: VectorBuffer<Scalar>

  /// What the weights from neurons to themselves would be if they existed, since the block began.
  let own: VectorBuffer<Scalar>

  /// What the update of the first step of a pair adds to the input of the second, per surprise.
  let visibleInteraction: VectorBuffer<Scalar>
  let latentInteraction: VectorBuffer<Scalar>

  /// Dendritic input [mV], shape `[step of the block, paddedNeuron]`.
  let input: VectorBuffer<Scalar>

  /// Learning rate times surprise of the latest steps, which the weights do not hold yet, for
  /// visible presynaptic neurons, shape `[step of the block, paddedNeuron]`; zero where none is due.
  let fromVisible: VectorBuffer<Scalar>

  /// The same for latent presynaptic neurons.
  let fromLatent: VectorBuffer<Scalar>

  // Shape [step of the window, paddedNeuron] [mV].
  private let noise: VectorBuffer<Scalar>
  private var draws: RandomStream?
  private var deviation = 0.0

  init(
    _ network: Network, _ learning: LearningRule, _ constants: ModelConstants, windowLength: Int,
    paddedNeurons padded: Int
  ) {
    neurons = network.neurons
    vectors = padded / Vector.scalarCount
    step = SomaticStep(constants)
    timeStep = constants.timeStep
    let rest = constants.leakPotential
    soma = VectorBuffer(network.state.somaticPotential, padding: rest, toAtLeast: padded)
    dendrite = VectorBuffer(network.state.dendriticPotential, padding: rest, toAtLeast: padded)
    let couplings = (0..<network.neurons).map { neuron in
      neuron < network.visible || learning.latentHasDendrite
        ? constants.timeStep * constants.dendriteConductance : 0
    }
    coupling = VectorBuffer(couplings, toAtLeast: padded)
    decay = VectorBuffer(
      couplings.map { 1 - constants.timeStep * constants.leakConductance - $0 },
      toAtLeast: padded)
    func rates(isPreVisible: (_ post: Int) -> Bool) -> VectorBuffer<Scalar> {
      VectorBuffer(
        (0..<network.neurons).map {
          learning.rate(isPostVisible: $0 < network.visible, isPreVisible: isPreVisible($0))
        }, toAtLeast: padded)
    }
    rateFromVisible = rates { _ in true }
    rateFromLatent = rates { _ in false }
    rateFromSelf = rates { $0 < network.visible }
    surprise = VectorBuffer(scalars: padded)
    own = VectorBuffer(scalars: padded)
    visibleInteraction = VectorBuffer(scalars: padded)
    latentInteraction = VectorBuffer(scalars: padded)
    input = VectorBuffer(scalars: StepBlock.steps * padded)
    fromVisible = VectorBuffer(scalars: StepBlock.steps * padded)
    fromLatent = VectorBuffer(scalars: StepBlock.steps * padded)
    noise = VectorBuffer(scalars: windowLength * padded)
  }

  /// Begins a cycle.
  func begin(_ drive: CycleDrive) {
    draws = drive.membraneNoise?.stream
    deviation = (drive.membraneNoise?.strength ?? 0) * timeStep.squareRoot()
  }

  /// Draws the noise of a window, whose order does not depend on tiles.
  func drawNoise(_ count: Int) {
    guard draws != nil else { return }
    for step in 0..<count {
      let row = noise.scalars + step * vectors * Vector.scalarCount
      for neuron in 0..<neurons { row[neuron] = Scalar(deviation * draws!.normal()) }
    }
  }

  /// Adds what the earlier steps of a block have changed to the dendritic input of a step.
  func addInteractions(
    _ range: Range<Int>, block: Int, step: Int, _ interactions: Interactions<Scalar>,
    _ activity: DelayedActivity<Scalar>
  ) {
    let ofVisible = interactions.fromVisible(inBlock: block) + step
    let ofLatent = interactions.fromLatent(inBlock: block) + step
    let rates = activity.rateRow(block * StepBlock.steps + step)
    let input = input.vectors + step * vectors
    let fromVisible = fromVisible.vectors
    let fromLatent = fromLatent.vectors
    let own = own.vectors
    if step > 0 {
      let traces = activity.traceRow(block * StepBlock.steps + step - 1)
      let surprise = surprise.vectors
      let rate = rateFromSelf.vectors
      for index in range {
        own[index].addProduct(rate[index] * surprise[index], traces[index])
      }
    }
    for index in range {
      var sum = input[index] - own[index] * rates[index]
      var other = Vector()
      for earlier in 0..<step {
        sum.addProduct(
          fromVisible[earlier * vectors + index],
          Vector(repeating: ofVisible[earlier * StepBlock.steps]))
        other.addProduct(
          fromLatent[earlier * vectors + index],
          Vector(repeating: ofLatent[earlier * StepBlock.steps]))
      }
      input[index] = sum + other
    }
  }

  /// Adds what the first step of a pair has changed to the dendritic input of the second.
  func addPairInteraction(_ range: Range<Int>, step: Int) {
    let input = input.vectors + step * vectors
    let fromVisible = fromVisible.vectors + (step - 1) * vectors
    let fromLatent = fromLatent.vectors + (step - 1) * vectors
    let ofVisible = visibleInteraction.vectors
    let ofLatent = latentInteraction.vectors
    for index in range {
      input[index].addProduct(fromVisible[index], ofVisible[index])
      input[index].addProduct(fromLatent[index], ofLatent[index])
    }
  }

  /// Advances the neurons of some vectors by one step, whose dendritic input is known.
  ///
  /// - Parameters:
  ///   - step: Step of the block.
  ///   - windowStep: The same step of the window; `cycleStep` of the cycle.
  ///   - excitation: Excitatory somatic conductance times the time step; `inhibition` likewise.
  func advance(
    _ range: Range<Int>, step: Int, ofWindow windowStep: Int, ofCycle cycleStep: Int,
    _ drive: CycleDrive, excitation: UnsafePointer<Vector>, inhibition: UnsafePointer<Vector>,
    rates: UnsafeMutablePointer<Vector>
  ) {
    self.step.advanceSomata(
      range, soma: soma.vectors, dendrite: dendrite.vectors, coupling: coupling.vectors,
      decay: decay.vectors, excitation: excitation, inhibition: inhibition)
    if draws != nil { addNoise(range, windowStep) }
    if !drive.holds.isEmpty { hold(range, drive.holds, cycleStep) }
    self.step.advanceDendrites(
      range, soma: soma.vectors, dendrite: dendrite.vectors,
      input: input.vectors + step * vectors, rate: rates, surprise: surprise.vectors)
    guard drive.plastic else { return }
    let surprise = surprise.vectors
    let rateFromVisible = rateFromVisible.vectors
    let rateFromLatent = rateFromLatent.vectors
    let fromVisible = fromVisible.vectors + step * vectors
    let fromLatent = fromLatent.vectors + step * vectors
    for index in range {
      fromVisible[index] = rateFromVisible[index] * surprise[index]
      fromLatent[index] = rateFromLatent[index] * surprise[index]
    }
  }

  private func addNoise(_ range: Range<Int>, _ step: Int) {
    for index in range { soma.vectors[index] += noise.vectors[step * vectors + index] }
  }

  private func hold(_ range: Range<Int>, _ holds: [SomaticHold], _ step: Int) {
    for hold in holds where hold.steps.contains(step) {
      for neuron in hold.neurons where range.contains(neuron / Vector.scalarCount) {
        soma.scalars[neuron] = Scalar(hold.potential)
      }
    }
  }

  /// Ends a block of which `count` steps were taken: the others update nothing.
  func endBlock(_ range: Range<Int>, count: Int) {
    for step in count..<StepBlock.steps {
      for index in range {
        fromVisible.vectors[step * vectors + index] = Vector()
        fromLatent.vectors[step * vectors + index] = Vector()
      }
    }
  }

  /// Forgets the updates that are due, once the weights hold them.
  func forgetUpdates() {
    for index in 0..<fromVisible.vectorCount {
      fromVisible.vectors[index] = Vector()
      fromLatent.vectors[index] = Vector()
    }
  }

  /// Whether all potentials, and updates that are due, are finite. A weight that is not reaches its
  /// neuron's dendrite with the next step.
  var isFinite: Bool {
    [soma, dendrite, fromVisible, fromLatent].allSatisfy { buffer in
      (0..<buffer.scalarCount).allSatisfy { buffer.scalars[$0].isFinite }
    }
  }
}
