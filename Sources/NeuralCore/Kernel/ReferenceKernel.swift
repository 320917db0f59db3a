/// A literal implementation of the equations: step by step and neuron by neuron, in double
/// precision.
///
/// It is slow and plain; all other kernels are tested against it.
///
/// - SeeAlso: docs/model.md, *One time step*, whose numbers the comments use.
public final class ReferenceKernel: Kernel {
  private let template: Network
  private let targets: [Target]
  private let learning: LearningRule
  private let constants: ModelConstants
  private let neurons: [ModelConstants]
  private var weight: [Double]
  private var soma: [Double]
  private var dendrite: [Double]
  private var trace: [Double]
  private var delayLine: DelayLine

  public init(
    network: Network, targets: [Target], learning: LearningRule, constants: ModelConstants
  ) {
    template = network
    self.targets = targets
    self.learning = learning
    self.constants = constants
    neurons = constants.ofNeurons(network.neurons)
    weight = zip(network.dendriticSynapse, network.dendriticWeight).map { $0 ? $1 : 0 }
    soma = network.state.somaticPotential
    dendrite = network.state.dendriticPotential
    trace = network.state.trace
    delayLine = DelayLine(
      neurons: network.neurons, depth: network.longestDelay,
      history: network.state.rateHistory.doubles, restingRate: constants.restingRate)
  }

  public func runCycle(_ drive: CycleDrive, recordingInto record: inout RateRecord?) throws {
    var noise = drive.membraneNoise?.stream
    let steps = targets[drive.target].steps
    for step in 0..<steps {
      advance(step, drive, &noise)
      if let every = record?.every, step % every == 0 {
        record?.append(delayLine.rates(stepsBack: 0))
      }
      try drive.control.checkForStop?(step + 1, steps)
    }
  }

  private func advance(_ step: Int, _ drive: CycleDrive, _ noise: inout RandomStream?) {
    let own = self.neurons
    let neurons = template.neurons
    let visible = template.visible
    let timeStep = constants.timeStep
    let coupling = constants.dendriteConductance
    let leakPotential = constants.leakPotential

    // During step t the delay line ends with r(t - 1), which is `stepsBack: 0`.
    let delayed = (0..<neurons).map { pre in
      delayLine.rate(pre, stepsBack: template.dendriticDelay[pre] - 2)
    }

    // 1. Dendritic input, from the weights before this step.
    let input = (0..<neurons).map { post in
      (0..<neurons).reduce(0.0) { $0 + weight[post * neurons + $1] * delayed[$1] }
    }

    // 2. Somatic conductances.
    var excitation = [Double](repeating: 0, count: neurons)
    var inhibition = [Double](repeating: 0, count: neurons)
    let rest = constants.restingRate
    for edge in template.scaffold.edges {
      let direct = delayLine.rate(
        edge.pre, stepsBack: template.scaffoldDelay[edge.pre] - 1)
      let indirect = delayLine.rate(
        edge.pre, stepsBack: template.interneuronDelay[edge.pre] - 1)
      excitation[edge.post] += constants.excitatoryScale * max(direct, rest)
      inhibition[edge.post] += constants.inhibitoryScale * max(indirect, rest)
    }
    if drive.nudgedSteps.contains(step) {
      let asked = drive.potential ?? targets[drive.target].potential
      for neuron in 0..<visible {
        let potential = asked[step * visible + neuron]
        (excitation[neuron], inhibition[neuron]) = constants.teacher(target: potential)
      }
    }

    var rates = [Double](repeating: 0, count: neurons)
    var surprise = rates
    for i in 0..<neurons {
      // 3. Soma, with the old dendritic potential.
      let u = soma[i]
      let v = dendrite[i]
      let leak = own[i].leakConductance
      let somaticCoupling = i < visible || learning.latentHasDendrite ? coupling : 0
      soma[i] =
        u * (1 - timeStep * (leak + somaticCoupling + excitation[i] + inhibition[i]))
        + timeStep
        * (leak * leakPotential + somaticCoupling * v
          + excitation[i] * constants.excitatoryPotential
          + inhibition[i] * constants.inhibitoryPotential)
      if let strength = drive.membraneNoise?.strength, let draw = noise?.normal() {
        soma[i] += strength * timeStep.squareRoot() * draw
      }
      for hold in drive.holds where hold.steps.contains(step) && hold.neurons.contains(i) {
        soma[i] = hold.potential
      }
      // 4. Somatic potential that the dendrite predicts.
      let prediction = (leak * leakPotential + coupling * v) / (leak + coupling)
      // 5. Dendrite.
      dendrite[i] = (1 - leak * timeStep) * v + leak * timeStep * (leakPotential + input[i])
      // 6. Presynaptic trace, whose constants are those of no single neuron.
      let decay = constants.leakConductance
      trace[i] =
        (1 - decay * timeStep) * trace[i]
        + timeStep * decay * coupling / (decay + coupling) * delayed[i]
      // 7. Rates.
      rates[i] = own[i].rate(soma[i])
      let predicted = own[i].rate(prediction)
      surprise[i] = rates[i] - predicted
    }

    // 8. Plasticity.
    for post in 0..<neurons where drive.plastic {
      let fromVisible = learning.rate(isPostVisible: post < visible, isPreVisible: true)
      let fromLatent = learning.rate(isPostVisible: post < visible, isPreVisible: false)
      for pre in 0..<neurons where template.dendriticSynapse[post * neurons + pre] {
        let rate = pre < visible ? fromVisible : fromLatent
        weight[post * neurons + pre] += rate * surprise[post] * trace[pre]
      }
    }

    // 9. Delay lines.
    delayLine.append(rates)
  }

  public func outline(beforeCycle cycle: Int) -> Network {
    var network = template
    network.dendriticWeight = []
    network.state = NetworkState(
      somaticPotential: soma, dendriticPotential: dendrite, trace: trace, rateHistory: [])
    network.cycle = cycle
    return network
  }

  public var dendriticWeight: NumberSource { NumberSource(NumberArray(weight)) }

  public var rateHistory: NumberSource { NumberSource(NumberArray(delayLine.history)) }

  public func scaleWeights(by factor: () -> Double) {
    for index in weight.indices { weight[index] *= factor() }
  }

  public var isFinite: Bool {
    soma.allSatisfy(\.isFinite) && dendrite.allSatisfy(\.isFinite)
      && weight.allSatisfy(\.isFinite)
  }
}

/// The rates of the last steps, for reading delayed rates.
struct DelayLine {
  private let neurons: Int
  private let depth: Int
  private var ring: [Double]  // [slot, neuron]
  private var newest: Int

  /// Creates a line that reaches `depth` steps back.
  ///
  /// - Parameters:
  ///   - history: Rates of the last steps, oldest first, shape `[step, neuron]`.
  ///   - restingRate: The rate of all earlier steps.
  init(neurons: Int, depth: Int, history: [Double], restingRate: Double) {
    self.neurons = neurons
    self.depth = depth
    let known = history.suffix(depth * neurons)
    let past = [Double](repeating: restingRate, count: depth * neurons - known.count)
    ring = past + known
    newest = depth - 1
  }

  /// The rate of a neuron; 0 steps back is the newest rate.
  func rate(_ neuron: Int, stepsBack: Int) -> Double {
    precondition(stepsBack < depth)
    let slot = newest - stepsBack
    return ring[(slot < 0 ? slot + depth : slot) * neurons + neuron]
  }

  /// The rates of all neurons; 0 steps back are the newest rates.
  func rates(stepsBack: Int) -> [Double] {
    (0..<neurons).map { rate($0, stepsBack: stepsBack) }
  }

  /// Adds the rates of a new step.
  mutating func append(_ rates: [Double]) {
    newest = (newest + 1) % depth
    ring.replaceSubrange(newest * neurons..<(newest + 1) * neurons, with: rates)
  }

  /// All rates, oldest first.
  var history: [Double] {
    (0..<depth).reversed().flatMap { rates(stepsBack: $0) }
  }
}
