import NeuralCore

/// Why a trial's parameters and its pattern do not go together.
public enum TrialModelError: Error, Equatable, CustomStringConvertible {
  /// A pattern has fewer notes than `sequence_length` or `cue_notes` asks for.
  case tooManyNotes(key: String, found: Int, notes: Int)

  /// The pattern file has fewer patterns than `pattern_count` asks for.
  case tooManyPatterns(found: Int, patterns: Int)

  /// A network from a file and the parameters disagree about a size.
  case sizesDisagree(of: String, network: Int, parameters: Int)

  public var description: String {
    switch self {
    case .tooManyNotes(let key, let found, let notes):
      "\(key): found \(found), allowed is at most \(notes), the notes of the pattern"
    case .tooManyPatterns(let found, let patterns):
      "pattern_count: found \(found), allowed is at most \(patterns), the patterns of the file"
    case .sizesDisagree(let what, let network, let parameters):
      "the network has \(network) \(what) neurons, the parameters ask for \(parameters)"
    }
  }
}

/// A trial's parameters in the terms of the model: what is simulated, and how.
public struct TrialModel: Sendable {
  /// The neuron model's constants.
  public let constants: ModelConstants

  /// What the visible neurons shall learn: a target for each pattern, over all visible neurons.
  public let targets: [Target]

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

    let patterns = try Self.patterns(parameters, text)
    let stepsPerNote = steps(parameters.noteDuration)
    targets = patterns.sideBySide().map { pattern in
      Target(pattern: pattern, stepsPerNote: stepsPerNote, constants: constants)
    }
    learning = LearningRule(
      visible: parameters.learningRateVisible, latent: parameters.learningRateLatent,
      variant: parameters.model)

    var schedule = TrainingSchedule()
    schedule.trainingCycles = parameters.trainingCycles
    schedule.testEvery = parameters.testEvery
    schedule.patterns = patterns.count
    schedule.turnCycles = parameters.turnCycles
    schedule.replayCycles = parameters.replayCycles
    schedule.nudgedReplayCycles = parameters.nudgedReplayCycles
    schedule.plasticReplay = parameters.plasticReplay
    if let cue = parameters.cueNotes {
      for pattern in patterns where cue > pattern.notes {
        throw TrialModelError.tooManyNotes(key: "cue_notes", found: cue, notes: pattern.notes)
      }
      schedule.cueNotes = cue
    }
    if let disruption {
      let shortest = targets.min { $0.steps < $1.steps }!
      schedule.disruption = try Disruption(parsing: disruption).holds(
        in: shortest, constants: constants)
    }
    if parameters.targetNoise > 0 {
      schedule.targetNoise = TargetNoise(
        deviation: parameters.targetNoise, timeConstant: parameters.targetNoiseTau)
    }
    self.schedule = schedule

    var network = NetworkParameters(visible: targets[0].visible, latent: parameters.latent)
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
      case (_, "single"): .windowedSingle
      default: .windowedDouble
      }
  }

  /// Generates the patterns, or reads as many of the file as are asked for, and as many notes.
  private static func patterns(_ parameters: ParameterSet, _ text: String?) throws -> [Pattern] {
    guard let text else {
      guard let request = parameters.patternRequest else {
        preconditionFailure("no text of the pattern \(parameters.pattern)")
      }
      let generator = try request.generator()
      let seed = UInt64(parameters.patternSeed ?? parameters.seed)
      return try (0..<(parameters.patternCount ?? 1)).map { number in
        try generator.pattern(seed: seed, number: number)
      }
    }
    let all = try Pattern.all(parsing: text)
    let count = parameters.patternCount ?? all.count
    guard count <= all.count else {
      throw TrialModelError.tooManyPatterns(found: count, patterns: all.count)
    }
    return try all.prefix(count).map { pattern in
      guard let length = parameters.sequenceLength else { return pattern }
      guard length <= pattern.notes else {
        throw TrialModelError.tooManyNotes(
          key: "sequence_length", found: length, notes: pattern.notes)
      }
      return pattern.playing(0..<length)
    }
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
    guard network.visible == self.network.visible else {
      throw TrialModelError.sizesDisagree(
        of: "visible", network: network.visible, parameters: self.network.visible)
    }
    guard network.latent == self.network.latent else {
      throw TrialModelError.sizesDisagree(
        of: "latent", network: network.latent, parameters: self.network.latent)
    }
    return Simulation(
      network: network, targets: targets, learning: learning, schedule: schedule,
      constants: constants, kernel: kernel, seed: seed)
  }

  /// A kernel that holds a network, for tests beside the experiment itself.
  func kernel(of network: Network) -> any Kernel {
    kernel.type.init(
      network: network, targets: targets, learning: learning, constants: constants)
  }
}
