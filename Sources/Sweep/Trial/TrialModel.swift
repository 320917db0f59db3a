import NeuralCore

/// Why a trial's parameters and its pattern do not go together.
public enum TrialModelError: Error, Equatable, CustomStringConvertible {
  /// The pattern has fewer notes than `sequence_length` asks for.
  case sequenceTooLong(found: Int, notes: Int)

  /// A network from a file and the parameters disagree about a size.
  case sizesDisagree(of: String, network: Int, parameters: Int)

  public var description: String {
    switch self {
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
  /// - Parameters:
  ///   - pattern: The content of the pattern file; nil where the pattern is generated.
  ///   - disruption: The content of the disruption file; nil where there is none.
  /// - Throws: ``TrialModelError``, `PatternError`, `SequenceError` or `DisruptionError`.
  public init(
    _ parameters: ParameterSet, pattern text: String?, disruption: String? = nil
  ) throws {
    var constants = ModelConstants()
    constants.nudging = parameters.nudging
    func steps(_ duration: Double) -> Int { Int((duration / constants.timeStep).rounded()) }

    let pattern = try Self.pattern(parameters, text)
    target = Target(
      pattern: pattern, stepsPerNote: steps(parameters.noteDuration), constants: constants)
    learning = LearningRule(
      visible: parameters.learningRateVisible, latent: parameters.learningRateLatent,
      variant: parameters.model)

    var schedule = TrainingSchedule()
    schedule.trainingCycles = parameters.trainingCycles
    schedule.testEvery = parameters.testEvery
    schedule.replayCycles = parameters.replayCycles
    schedule.nudgedReplayCycles = parameters.nudgedReplayCycles
    schedule.plasticReplay = parameters.plasticReplay
    if let disruption {
      schedule.disruption = try Disruption(parsing: disruption).holds(
        in: target, constants: constants)
    }
    if parameters.targetNoise > 0 {
      schedule.targetNoise = TargetNoise(
        deviation: parameters.targetNoise, timeConstant: parameters.targetNoiseTau)
    }
    self.schedule = schedule

    var network = NetworkParameters(visible: pattern.visible, latent: parameters.latent)
    network.growth =
      parameters.scaffold
      ? ScaffoldGrowth(
        barren: parameters.scaffoldP0, branching: parameters.scaffoldP,
        acceptance: parameters.scaffoldQ) : nil
    network.connectivity.density = parameters.dendriteDensity
    network.connectivity.innervation = parameters.innervationRatio
    network.connectivity.protectsScaffold = parameters.protectScaffold
    network.connectivity.latentDendrites = learning.latentHasDendrite
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

  /// Generates the pattern, or reads as many notes of its file as are asked for.
  private static func pattern(_ parameters: ParameterSet, _ text: String?) throws -> Pattern {
    guard let text else {
      guard let request = parameters.patternRequest else {
        preconditionFailure("no text of the pattern \(parameters.pattern)")
      }
      return try request.generator().pattern(
        seed: UInt64(parameters.patternSeed ?? parameters.seed))
    }
    let pattern = try Pattern(parsing: text)
    guard let length = parameters.sequenceLength else { return pattern }
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
