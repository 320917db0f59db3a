import NeuralCore
import Parameters
import SweepPlan

/// Why a trial's parameters and its pattern do not go together.
public enum TrialModelError: Error, Equatable, CustomStringConvertible {
  /// A pattern has fewer notes than `sequence_length` or `cue_notes` asks for.
  case tooManyNotes(key: String, found: Int, notes: Int)

  /// The pattern file has fewer patterns than `pattern_count` asks for.
  case tooManyPatterns(found: Int, patterns: Int)

  /// A network from a file and the parameters disagree about a size.
  case sizesDisagree(of: String, network: Int, parameters: Int)

  /// The steps of a model do not fill a note evenly.
  case stepDoesNotDivideNote(step: Double, note: Double)

  public var description: String {
    switch self {
    case .tooManyNotes(let key, let found, let notes):
      "\(key): got \(found); expected at most \(notes), the notes of the pattern"
    case .tooManyPatterns(let found, let patterns):
      "pattern_count: got \(found); expected at most \(patterns), the patterns of the file"
    case .stepDoesNotDivideNote(let step, let note):
      "note_duration: got \(ParameterValue.real(note)) ms; expected a multiple of "
        + "\(ParameterValue.real(step)) ms, the step of the model"
    case .sizesDisagree(let what, let network, let parameters):
      "the network has \(network) \(what) neurons, the parameters ask for \(parameters)"
    }
  }
}

/// A trial's parameters in the terms of its model.
public struct TrialModel: Sendable {
  /// The task: a target for each pattern, over all visible neurons.
  public let task: LearningTask

  /// Which cycles are run.
  public let schedule: TrainingSchedule

  /// The model that learns.
  public let model: any SequenceModel

  /// The constants in which targets are expressed, and ELiSe's neurons.
  public var constants: ModelConstants { task.constants }

  /// The targets of ``task``.
  public var targets: [Target] { task.targets }

  /// The seed of everything random.
  public var seed: UInt64 { task.seed }

  /// Translates validated parameters.
  ///
  /// - Parameters:
  ///   - pattern: The content of the pattern file; nil if the pattern is generated.
  ///   - disruption: The content of the disruption file; nil if there is none.
  /// - Throws: ``TrialModelError``, `PatternError`, `SequenceError` or `DisruptionError`.
  public init(
    _ parameters: ParameterSet, pattern text: String?, disruption: String? = nil
  ) throws {
    let kind = parameters.model
    let core = parameters.core
    var constants = core.constants
    if constants.heterogeneity > 0 { constants.heterogeneitySeed = UInt64(parameters.seed) }
    let patterns = try Self.patterns(parameters, text)
    let stepsPerNote = constants.steps(parameters.noteDuration)
    let targets = patterns.sideBySide().map { pattern in
      Target(pattern: pattern, stepsPerNote: stepsPerNote, constants: constants)
    }
    task = LearningTask(targets: targets, constants: constants, seed: UInt64(parameters.seed))

    var schedule = core.schedule
    schedule.trainingCycles = parameters.cyclesOfTraining(patterns.map(PatternSize.init))
    schedule.patterns = patterns.count
    if let cue = schedule.cueNotes {
      for pattern in patterns where cue > pattern.notes {
        throw TrialModelError.tooManyNotes(key: "cue_notes", found: cue, notes: pattern.notes)
      }
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

    let step = constants.steps(kind.step(parameters))
    guard stepsPerNote.isMultiple(of: step) else {
      throw TrialModelError.stepDoesNotDivideNote(
        step: kind.step(parameters), note: parameters.noteDuration)
    }
    model = kind.make(parameters, task)
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

  /// A new network, drawn from the seed.
  ///
  /// - Throws: The errors of the model's draws, such as `NetworkError` if no scaffold can grow.
  public func newLearner() throws -> any Learner { try model.newLearner(for: task) }

  /// A network that continues from a state; nil if the state does not fit.
  ///
  /// - Parameter damage: The damage to the network before.
  func learner(
    continuing state: consuming LearnerState, after damage: NetworkDamage? = nil
  ) -> (any Learner)? {
    model.learner(continuing: state, after: damage, for: task)
  }

  /// The experiment with a network of this model.
  ///
  /// - Parameter cycle: The training cycle that it runs next.
  public func simulation(of learner: any Learner, from cycle: Int = -1) -> Simulation {
    Simulation(of: learner, task, schedule: schedule, from: cycle)
  }
}

extension TrialModel {
  /// The ELiSe model; nil for every other one.
  public var elise: EliseModel? { model as? EliseModel }

  /// A learner of an ELiSe network that is given.
  ///
  /// - Throws: ``TrialModelError/sizesDisagree(of:network:parameters:)``.
  public func learner(of network: Network, in elise: EliseModel) throws -> EliseLearner {
    guard network.visible == task.visible else {
      throw TrialModelError.sizesDisagree(
        of: "visible", network: network.visible, parameters: task.visible)
    }
    guard network.latent == elise.network.latent else {
      throw TrialModelError.sizesDisagree(
        of: "latent", network: network.latent, parameters: elise.network.latent)
    }
    return elise.learner(of: network, for: task)
  }
}

extension TrialModel {
  /// The part of a record of all neurons in every step that scores are made from.
  public func visiblePart(of record: RateRecord) -> RateRecord {
    var part = RateRecord(neurons: targets[0].visible, every: Simulation.sampleEvery)
    for step in stride(from: 0, to: record.samples, by: part.every) {
      part.append((0..<targets[0].visible).map { record[sample: step, neuron: $0] })
    }
    return part
  }
}
