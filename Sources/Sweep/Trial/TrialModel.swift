import NeuralCore

/// Why a trial's parameters and its pattern do not go together.
public enum TrialModelError: Error, Equatable, CustomStringConvertible {
  /// The pattern has fewer notes than `sequence_length` asks for.
  case sequenceTooLong(found: Int, notes: Int)

  /// A network from a file and the parameters disagree about a size.
  case sizesDisagree(of: String, network: Int, parameters: Int)

  /// The pattern is to be generated, which nothing does.
  case noGenerator

  public var description: String {
    switch self {
    case .noGenerator: "this version generates no patterns"
    case .sequenceTooLong(let found, let notes):
      "sequence_length: found \(found), allowed is at most \(notes), the notes of the pattern"
    case .sizesDisagree(let what, let network, let parameters):
      "the network has \(network) \(what) neurons, the parameters ask for \(parameters)"
    }
  }
}

/// A trial's parameters in the terms of the model: what is simulated, and how.
public struct TrialModel: Sendable {
  /// The neuron model's constants.
  public let constants: ModelConstants

  /// What the visible neurons shall learn.
  public let target: Target

  /// The learning rates.
  public let learning: LearningRule

  /// Which cycles are run.
  public let schedule: TrainingSchedule

  /// What the network is grown from.
  public let network: NetworkParameters

  /// The seed of everything random.
  public let seed: UInt64

  /// Which kernel computes, and in which precision.
  public let kernel: KernelChoice

  /// Translates validated parameters.
  ///
  /// - Parameter pattern: The content of the pattern file.
  /// - Throws: ``TrialModelError``, or `PatternError` for a malformed pattern.
  public init(_ parameters: ParameterSet, pattern text: String) throws {
    var constants = ModelConstants()
    constants.nudging = parameters.nudging
    func steps(_ duration: Double) -> Int { Int((duration / constants.timeStep).rounded()) }

    let pattern = try Self.pattern(text, length: parameters.sequenceLength)
    target = Target(
      pattern: pattern, stepsPerNote: steps(parameters.noteDuration), constants: constants)
    learning = LearningRule(
      visible: parameters.learningRateVisible, latent: parameters.learningRateLatent)

    var schedule = TrainingSchedule()
    schedule.trainingCycles = parameters.trainingCycles
    schedule.testEvery = parameters.testEvery
    schedule.replayCycles = parameters.replayCycles
    schedule.nudgedReplayCycles = parameters.nudgedReplayCycles
    self.schedule = schedule

    var network = NetworkParameters(visible: pattern.visible, latent: parameters.latent)
    network.growth = ScaffoldGrowth(
      barren: parameters.scaffoldP0, branching: parameters.scaffoldP,
      acceptance: parameters.scaffoldQ)
    network.delay = steps(parameters.delayMin)...steps(parameters.delayMax)
    network.interneuronDelay = steps(parameters.interneuronDelay)
    network.weightMean = parameters.weightMean
    network.weightDeviation = parameters.weightSD
    self.network = network

    self.constants = constants
    seed = UInt64(parameters.seed)
    kernel =
      switch (parameters.kernel, parameters.precision) {
      case ("reference", _): KernelChoice.reference
      case (_, "single"): .fusedSingle
      default: .fusedDouble
      }
  }

  /// Reads a pattern, or as many notes of it as are asked for.
  static func pattern(_ text: String, length: Int?) throws -> Pattern {
    let pattern = try Pattern(parsing: text)
    guard let length else { return pattern }
    guard length <= pattern.notes else {
      throw TrialModelError.sequenceTooLong(found: length, notes: pattern.notes)
    }
    return pattern.playing(0..<length)
  }

  /// A new network, grown from the seed.
  ///
  /// - Throws: `NetworkError` where no scaffold can grow.
  public func newNetwork() throws -> Network {
    try Network(network, seed: seed, constants: constants)
  }

  /// A simulation of a network.
  ///
  /// - Throws: ``TrialModelError/sizesDisagree(of:network:parameters:)``.
  public func simulation(of network: Network) throws -> Simulation {
    guard network.visible == target.visible else {
      throw TrialModelError.sizesDisagree(
        of: "visible", network: network.visible, parameters: target.visible)
    }
    guard network.latent == self.network.latent else {
      throw TrialModelError.sizesDisagree(
        of: "latent", network: network.latent, parameters: self.network.latent)
    }
    return Simulation(
      network: network, target: target, learning: learning, schedule: schedule,
      constants: constants, kernel: kernel, seed: seed)
  }

  /// A kernel that holds a network, for tests beside the experiment itself.
  func kernel(of network: Network) -> any Kernel {
    kernel.type.init(
      network: network, target: target, learning: learning, constants: constants)
  }
}
