import NeuralCore
import Testing

/// A seeded network, target and sequence of cycles on which kernels are compared.
struct KernelCase: CustomTestStringConvertible, Sendable {
  /// The structure of the scaffold.
  enum Edges: Sendable {
    case none
    /// Every latent neuron receives up to two edges, from anywhere.
    case random
    /// Every latent neuron receives the same edge twice.
    case repeated
  }

  /// External influences on a network besides the teacher.
  enum Disturbance: CaseIterable, Sendable {
    case none
    /// No synapse learns in every other cycle.
    case fixedWeights
    /// Some somata are held across the border of a window, two of them twice.
    case held
    /// Every soma is noisy.
    case membraneNoise
    /// The target has noise.
    case otherTarget
    /// Every other cycle follows a shorter target.
    case turns
    /// The teacher is on in a part of the cycle only.
    case cue
  }

  var visible: Int
  var latent: Int
  var delay = 50...150  // [steps]
  var interneuronDelay = 250  // later than the excitatory pathway [steps]
  var lagSpread = 0  // how much longer it takes from some neurons than from others [steps]
  var stepsPerNote = 20
  var notes = 4
  var edges = Edges.random
  var learning = LearningRule()
  var density = 1.0
  /// Whether the teacher is on, cycle by cycle.
  var nudged = [true, false, true, false]
  /// The influence on the network besides the teacher.
  var disturbance = Disturbance.none
  var seed: UInt64 = 1
  var constants = ModelConstants()

  var testDescription: String {
    "\(visible)+\(latent) neurons, delays \(delay) + \(interneuronDelay) + \(lagSpread), \(notes) notes of \(stepsPerNote), "
      + "scaffold \(edges), density \(density), rates \(learning.visible) \(learning.latent), "
      + "\(learning.variant), \(disturbance), heterogeneity \(constants.heterogeneity)"
  }

  /// The target: a random pattern.
  var target: Target { targets[0] }

  /// All targets: the second one is a note shorter, if it can be.
  var targets: [Target] {
    var random = RandomStream(seed: seed, purpose: .chance)
    return [notes, max(notes - 1, 1)].map { notes in
      let columns = (0..<notes).map { _ in (0..<visible).map { _ in random.uniform() < 0.4 } }
      return Target(
        pattern: Pattern(name: "random", columns: columns), stepsPerNote: stepsPerNote,
        constants: constants)
    }
  }

  /// Networks whose neurons have random constants, in the ranges that a sweep accepts.
  static let constants = (1...12).map { seed -> KernelCase in
    var random = RandomStream(seed: UInt64(seed), purpose: .membraneNoise)
    func draw(_ range: ClosedRange<Double>) -> Double {
      range.lowerBound + (range.upperBound - range.lowerBound) * random.uniform()
    }
    var example = KernelCase(
      visible: 3, latent: 7, stepsPerNote: 12,
      learning: LearningRule(visible: 1e-3, latent: 3e-3), seed: UInt64(seed))
    example.constants.timeStep = [0.05, 0.1, 0.2][seed % 3]
    example.constants.leakPotential = draw(-80 ... -60)
    example.constants.excitatoryPotential = draw(-10...20)
    example.constants.inhibitoryPotential = draw(-95 ... -80)
    example.constants.leakConductance = draw(0.02...0.5)
    example.constants.dendriteConductance = draw(0.2...2.5)
    example.constants.excitatoryScale = draw(0...0.6)
    example.constants.inhibitoryScale = draw(0...4)
    example.constants.rateSlope = draw(0.1...0.6)
    example.constants.rateThreshold = draw(-65 ... -45)
    example.constants.targetElevation = draw(5...45)
    example.constants.nudging = draw(0.1...0.7)
    if seed > 6 { example.constants.heterogeneity = draw(0.05...1) }
    return example
  }

  /// The same with neurons of their own constants.
  var heterogeneous: KernelCase {
    var example = self
    example.constants.heterogeneity = 0.4
    example.constants.heterogeneitySeed = seed
    return example
  }

  /// A network far from rest, so that every term of the equations counts from the first step on.
  func network() throws -> Network {
    var random = RandomStream(seed: seed, purpose: .bootstrap)
    let neurons = visible + latent
    func draw(_ count: Int, _ value: (inout RandomStream) -> Double) -> [Double] {
      (0..<count).map { _ in value(&random) }
    }
    func delays() -> [Int] {
      (0..<neurons).map { _ in delay.lowerBound + random.integer(below: delay.count) }
    }
    let synapse = (0..<neurons * neurons).map { index in
      index / neurons != index % neurons && random.uniform() < density
    }
    let weight = synapse.map { $0 ? random.normal() : 0 }
    let scaffoldDelay = delays()
    let history = random.integer(below: 2 * delay.upperBound)
    return try Network(
      visible: visible, latent: latent, scaffold: Scaffold(edges: grownEdges(&random)),
      dendriticDelay: delays(), scaffoldDelay: scaffoldDelay,
      interneuronDelay: scaffoldDelay.enumerated().map { neuron, delay in
        delay + interneuronDelay + neuron % 3 * lagSpread
      },
      dendriticSynapse: SynapseMask(synapse), dendriticWeight: NumberArray(weight),
      state: NetworkState(
        somaticPotential: draw(neurons) { -75 + 25 * $0.uniform() },
        dendriticPotential: draw(neurons) { -75 + 25 * $0.uniform() },
        trace: draw(neurons) { 0.1 * $0.uniform() },
        rateHistory: NumberArray(draw(history * neurons) { $0.uniform() })))
  }

  /// A kernel with the network in it, before its first cycle.
  func start(_ kernel: KernelChoice, from network: Network? = nil) throws -> any Kernel {
    kernel.type.init(
      network: try network ?? self.network(), targets: targets, learning: learning,
      constants: constants)
  }

  /// The external influences on the network in a cycle.
  func drive(ofCycle cycle: Int) -> CycleDrive {
    var drive = CycleDrive(nudged: nudged[cycle])
    let steps = stepsPerNote * notes
    switch disturbance {
    case .none: break
    case .fixedWeights: drive.plastic = cycle % 2 == 0
    case .held:
      drive.holds = [
        SomaticHold(steps: steps / 4..<steps * 3 / 4, neurons: [0, visible], potential: -55),
        SomaticHold(steps: steps / 2..<steps, neurons: [0], potential: -70),
      ]
    case .membraneNoise:
      drive.membraneNoise = MembraneNoise(strength: 3, seed: seed, cycle: cycle)
    case .otherTarget:
      drive.potential = TargetNoise(deviation: 5, timeConstant: 3).potential(
        of: target, cycle: cycle, seed: seed, constants: constants)
    case .turns: drive.target = cycle % 2
    case .cue: drive.nudgedSteps = 1..<max(2, steps / 3)
    }
    return drive
  }

  private func grownEdges(_ random: inout RandomStream) -> [Scaffold.Edge] {
    (visible..<visible + latent).flatMap { post in
      switch edges {
      case .none: [Scaffold.Edge]()
      case .repeated:
        [Scaffold.Edge](
          repeating: Scaffold.Edge(pre: random.integer(below: visible), post: post), count: 2)
      case .random:
        (0..<random.integer(below: 3)).map { _ in
          Scaffold.Edge(pre: random.integer(below: visible + latent), post: post)
        }
      }
    }
  }
}

extension Kernel {
  /// Runs one cycle and returns the rates of all neurons in every step, shape `[step, neuron]`.
  func rates(ofCycle nudged: Bool, neurons: Int) -> [Double] {
    rates(CycleDrive(nudged: nudged), neurons: neurons)
  }

  /// The same under any drive.
  func rates(_ drive: CycleDrive, neurons: Int) -> [Double] {
    var record: RateRecord? = RateRecord(neurons: neurons)
    try! runCycle(drive, recordingInto: &record)
    return record!.values
  }
}
