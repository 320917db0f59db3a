import Parameters
import Scores

/// A column of results in the tables: its name, unit and meaning.
public struct ScoreColumn: Sendable {
  public enum Kind: Sendable {
    case real
    case integer
    /// Stored as 1 and 0.
    case boolean
  }

  /// The name, in snake_case.
  public let key: String
  public let kind: Kind
  /// The group of the score; nil for resources, which every trial has.
  public let test: ScoreGroup?
  /// The unit; nil for pure numbers.
  public let unit: String?
  /// The unit of a count of 1; nil if it does not differ from ``unit``.
  private let unitOfOne: String?
  /// The meaning of the score, and its best value.
  public let meaning: String
  /// The range of a score that has one, apart from rare values below 0.
  public let range: ClosedRange<Double>?
  let acrossPatterns: AcrossPatterns
  /// Columns that came together after version 0.1 have the same number; rows of earlier versions lack
  /// all of them. 0 if version 0.1 had it.
  package let addition: Int

  /// The keys in journals of version 0.1, by the present key, for columns whose key has changed.
  package static let formerKeys: [String: String] = {
    let prefix = "multiply_adds_"
    var keys: [String: String] = [:]
    for key in all.map(\.key) where key.hasPrefix(prefix) {
      keys[key] = "operations_" + key.dropFirst(prefix.count)
    }
    return keys
  }()

  /// The keys of columns that rows of earlier versions lack although the trial has the score.
  package static let laterKeys = Set(all.filter { $0.addition > 0 }.map(\.key))

  /// The column with a key; nil if there is none.
  package static func named(_ key: String) -> ScoreColumn? { all.first { $0.key == key } }

  /// The keys of the columns that came together with this one after version 0.1; none if that had it.
  package var addedTogether: [String] {
    addition == 0 ? [] : Self.all.filter { $0.addition == addition }.map(\.key)
  }

  /// The keys of the columns that count notes, which an analog pattern does not have.
  static let ofNotes: Set = [
    "note_accuracy", "kappa", "sounding_accuracy", "recalled_bits", "bits_per_synapse",
    "bits_per_neuron", "bits_per_multiply_add_spent", "distinct_notes", "sequence_order",
    "ambiguous_after_1", "ambiguous_after_2", "ambiguous_after_3",
  ]

  /// The keys of the columns that need neurons with membranes, which baselines do not have.
  static let ofMembranes: Set = [
    "robustness", "robustness_log", "robustness_membrane_noise", "robustness_membrane_noise_log",
    "robustness_membrane_noise_draw_sd", "s50_membrane_noise", "s50_membrane_noise_censored",
  ]

  /// The score as statistics and choices of trials use it, from its value and that of `recalled`.
  ///
  /// Some scores have a meaning only for a network that recalls. Those of others are noise without bounds,
  /// which would drown all other values of a mean.
  package func counted(_ value: Double?, recalled: Double?) -> Double? {
    needsRecall && recalled != 1 ? nil : value
  }

  private var needsRecall: Bool { ["drift", "denoising_gain"].contains(key) }

  /// The columns of a trial with some groups of scores.
  public static func columns(for scoreGroups: some Collection<ScoreGroup>) -> [ScoreColumn] {
    all.filter { $0.test.map(scoreGroups.contains) ?? true }
  }

  /// Whether this column marks censored values of another one.
  public var marksCensoring: Bool { key.hasSuffix("_censored") }

  /// The text of a value in a table.
  public func text(_ value: Double) -> String {
    switch kind {
    case .real: ParameterValue.real(value).description
    case .integer: String(Int(value))
    case .boolean: value == 1 ? "true" : "false"
    }
  }

  /// The unit of a value as it is read aloud: `1 cycle`, `2 cycles`.
  public func unit(of value: Double) -> String? {
    kind == .integer && value == 1 ? unitOfOne ?? unit : unit
  }

  fileprivate init(
    _ key: String, _ kind: Kind, _ test: ScoreGroup?, unit: String? = nil, one: String? = nil,
    _ meaning: String, in range: ClosedRange<Double>? = nil,
    acrossPatterns: AcrossPatterns? = nil, addition: Int = 0
  ) {
    self.addition = addition
    self.range = range
    self.key = key
    self.kind = kind
    self.test = test
    self.unit = unit
    unitOfOne = one
    self.meaning = meaning
    // If the score of one pattern is censored, so is the combined one.
    self.acrossPatterns = acrossPatterns ?? (kind == .boolean ? .highest : .mean)
  }

  /// The frontier of searches along a parameter: not a column of trials.
  package init(frontierAlong key: String) {
    self.init(
      key + "_met", .real, nil, "value next to the frontier that meets the criterion")
  }

  /// All columns, in the order of the tables.
  public static let all: [ScoreColumn] = Mirror(reflecting: ScoreTable.shared).children.flatMap {
    row -> [ScoreColumn] in
    switch row.value {
    case let column as ScoreColumn: [column]
    case let kinds as [KindColumns]:
      kinds.flatMap(\.all)
    default: preconditionFailure("\(row.label ?? "a row") is no column")
    }
  }
}

/// Every score and resource, in the order of the columns of all tables.
///
/// A new score is one row here. Code reads and writes it by the name of the row:
/// `scores.correlation`.
public struct ScoreTable: Sendable {
  public let correlation = ScoreColumn(
    "correlation", .real, .recall,
    "replay against target at the best common shift, mean over visible neurons and over the "
      + "last 10 scored replay cycles; 1 is perfect", in: 0...1)

  public let meanSquaredError = ScoreColumn(
    "mean_squared_error", .real, .recall,
    "squared distance of the rates from the target's at its own best shift, same cycles; "
      + "0 is perfect")

  public let drift = ScoreColumn(
    "drift", .real, .recall, unit: "ms per cycle",
    "how much the replay falls behind (positive) or runs ahead (negative) in each cycle")

  public let noteAccuracy = ScoreColumn(
    "note_accuracy", .real, .recall,
    "fraction of notes in which every visible neuron is right, same cycles; 1 is perfect",
    in: 0...1)

  public let kappa = ScoreColumn(
    "kappa", .real, .recall,
    "note accuracy corrected for chance: 0 if the played notes are as often right in random order, "
      + "as silence is; 1 is perfect", in: 0...1, addition: 1)

  public let soundingAccuracy = ScoreColumn(
    "sounding_accuracy", .real, .recall,
    "note accuracy among the notes in which the target sounds: 0 for silence; 1 is perfect",
    in: 0...1, addition: 1)

  public let recalled = ScoreColumn(
    "recalled", .boolean, .recall,
    "whether correlation >= 0.9 and sounding_accuracy >= 0.95 in each of the last 10 scored "
      + "cycles, of every pattern if there are several", acrossPatterns: .lowest)

  public let recalledPatterns = ScoreColumn(
    "recalled_patterns", .integer, .recall, unit: "patterns", one: "pattern",
    "how many patterns are recalled",
    acrossPatterns: .sum)

  public let horizon = ScoreColumn(
    "horizon", .integer, .recall, unit: "cycles", one: "cycle",
    "free replay cycles until the correlation first falls below 0.5", acrossPatterns: .lowest)

  public let horizonCensored = ScoreColumn(
    "horizon_censored", .boolean, .recall, "whether the replay ended before the horizon",
    acrossPatterns: .lowest)

  public let cyclesToCriterion = ScoreColumn(
    "cycles_to_criterion", .integer, .recall, unit: "cycles", one: "cycle",
    "training cycle of the first of three consecutive free tests with a correlation >= 0.9, "
      + "without any shift in time", acrossPatterns: .highest)

  public let cyclesToCriterionCensored = ScoreColumn(
    "cycles_to_criterion_censored", .boolean, .recall,
    "whether training ended before the criterion")

  public let chance = ScoreColumn(
    "chance", .real, .recall,
    "mean correlation of the target with 200 permutations of its notes", in: 0...1)

  public let chance95 = ScoreColumn(
    "chance_95", .real, .recall, "95th percentile of the same", in: 0...1)

  public let denoisingGain = ScoreColumn(
    "denoising_gain", .real, .recall,
    "with a noisy target: 1 - (squared error of the replay / squared error of the noisy target); "
      + "above 0 the replay is cleaner than the teacher")

  public let recalledBits = ScoreColumn(
    "recalled_bits", .real, .capacity, unit: "bits",
    "information about the sequence in the replayed notes", acrossPatterns: .sum)

  public let bitsPerSynapse = ScoreColumn(
    "bits_per_synapse", .real, .capacity, unit: "bits", "the same per plastic synapse",
    acrossPatterns: .sum)

  public let bitsPerNeuron = ScoreColumn(
    "bits_per_neuron", .real, .capacity, unit: "bits", "the same per neuron",
    acrossPatterns: .sum)

  public let linearMemoryCapacity = ScoreColumn(
    "linear_memory_capacity", .real, .capacity, unit: "notes",
    "how many past random notes a linear read-out finds in the rates of the frozen network, at "
      + "most the number of neurons (Jaeger)")

  public let linearMemoryCapacitySD = ScoreColumn(
    "linear_memory_capacity_sd", .real, .capacity, unit: "notes",
    "standard deviation of the same over memory_inputs; missing with one input", addition: 2)

  public let robustness = ScoreColumn(
    "robustness", .real, .robustness,
    "mean over the five kinds of disturbance; missing if the sequence is not recalled "
      + "undisturbed; 1 is perfect", in: 0...1)

  public let robustnessOverLog = ScoreColumn(
    "robustness_log", .real, .robustness,
    "the same mean of the areas over the logarithm of severity, in which each factor counts alike",
    in: 0...1, addition: 2)

  public let robustnessDrawSD = ScoreColumn(
    "robustness_draw_sd", .real, .robustness,
    "standard deviation over robustness_draws of the mean area of the kinds that are drawn: all but "
      + "silence; missing with one draw")

  /// The columns of each kind of disturbance.
  let kinds = RobustnessKind.allCases.map(KindColumns.init)

  public let recoveryCycles = ScoreColumn(
    "recovery_cycles", .real, .robustness, unit: "cycles",
    "after silence: mean over lengths, onsets and depths of the cycle from which five in a row "
      + "reach 90 % of the undisturbed correlation")

  public let recoveryCyclesCensored = ScoreColumn(
    "recovery_cycles_censored", .boolean, .robustness,
    "whether some silence was not recovered from within 19 cycles")

  public let recoveredSilences = ScoreColumn(
    "recovered_silences", .real, .robustness,
    "fraction of the silences after which five cycles in a row reach 90 % of the undisturbed "
      + "correlation within 19 cycles", in: 0...1, addition: 2)

  public let recoveredPhaseShift = ScoreColumn(
    "recovered_phase_shift", .real, .robustness, unit: "cycles",
    "after the silences that it recovered from: mean distance of the replay's phase from its "
      + "undisturbed twin's, at most 1/2; missing without any", in: 0...0.5, addition: 2)

  public let bitsPerMultiplyAddSpent = ScoreColumn(
    "bits_per_multiply_add_spent", .real, .capacity, unit: "bits per multiply-add",
    "recalled_bits per multiply-adds of training up to the criterion, or of the whole training if it "
      + "is not reached", addition: 2)

  public let neurons = ScoreColumn(
    "neurons", .integer, nil, "visible and latent neurons")

  public let plasticSynapses = ScoreColumn(
    "plastic_synapses", .integer, nil,
    "dendritic synapses that can learn; in baselines the weights and biases that do")

  public let scaffoldEdges = ScoreColumn(
    "scaffold_edges", .integer, nil,
    "static connections onto latent somata; missing for models without a scaffold")

  public let stateBytes = ScoreColumn(
    "state_bytes", .integer, nil, unit: "bytes", one: "byte",
    "size of weights, states, delay lines and the variables of the learning rule")

  public let multiplyAddsPerStep = ScoreColumn(
    "multiply_adds_per_step", .integer, nil, unit: "multiply-adds", one: "multiply-add",
    "multiply-adds of one learning step, whose length is the model's own")

  public let multiplyAddsPerReplayStep = ScoreColumn(
    "multiply_adds_per_replay_step", .integer, nil, unit: "multiply-adds", one: "multiply-add",
    "multiply-adds of one step of replay")

  public let multiplyAddsToCriterion = ScoreColumn(
    "multiply_adds_to_criterion", .integer, nil, unit: "multiply-adds", one: "multiply-add",
    "multiply-adds of training up to cycles_to_criterion")

  public let multiplyAddsToCriterionCensored = ScoreColumn(
    "multiply_adds_to_criterion_censored", .boolean, nil,
    "whether training ended before the criterion")

  public let parameters = ScoreColumn(
    "parameters", .integer, nil,
    "all numbers that distinguish the network from others of its size, learned or not: weights, "
      + "biases, scaffold edges, delays")

  public let multiplyAddsPerMs = ScoreColumn(
    "multiply_adds_per_ms", .real, nil, unit: "multiply-adds per ms",
    "multiply-adds of a millisecond of learning, whatever the step")

  public let localRule = ScoreColumn(
    "local_rule", .boolean, nil,
    "whether every weight learns from its own two neurons and a broadcast signal alone")

  public let replayStateBytes = ScoreColumn(
    "replay_state_bytes", .integer, nil, unit: "bytes", one: "byte",
    "size of what changes in a replay without learning: potentials or states, rates, delay lines",
    addition: 2)

  public let activationsPerMs = ScoreColumn(
    "activations_per_ms", .real, nil, unit: "evaluations per ms",
    "evaluations of an activation function (exponential, tanh) in a millisecond of learning, whatever "
      + "the step", addition: 2)

  public let distinctNotes = ScoreColumn(
    "distinct_notes", .real, nil, unit: "notes",
    "number of different columns of the pattern; of several patterns the mean",
    addition: 2)

  public let sequenceOrder = ScoreColumn(
    "sequence_order", .integer, nil, unit: "notes", one: "note",
    "number of notes before a note that always determine it, measured; of several patterns the "
      + "largest; missing for a pattern that repeats a shorter one", acrossPatterns: .highest,
    addition: 2)

  public let ambiguousAfter1 = ambiguous(after: 1)
  public let ambiguousAfter2 = ambiguous(after: 2)
  public let ambiguousAfter3 = ambiguous(after: 3)

  private static func ambiguous(after notes: Int) -> ScoreColumn {
    ScoreColumn(
      "ambiguous_after_\(notes)", .real, nil,
      "fraction of the notes that \(notes == 1 ? "the note" : "the \(notes) notes") before them "
        + "\(notes == 1 ? "does" : "do") not determine, since something else follows elsewhere",
      addition: 2)
  }

  package static let shared = ScoreTable()

  package subscript(kind: RobustnessKind) -> KindColumns {
    kinds[RobustnessKind.allCases.firstIndex(of: kind)!]
  }
}

/// The columns of one kind of disturbance.
package struct KindColumns: Sendable {
  package let robustness: ScoreColumn
  package let robustnessOverLog: ScoreColumn
  /// Nil for silence, which is not drawn.
  package let drawSD: ScoreColumn?
  package let halfSeverity: ScoreColumn
  package let halfSeverityCensored: ScoreColumn

  init(_ kind: RobustnessKind) {
    let name = kind.rawValue
    let words = name.split(separator: "_").joined(separator: " ")
    robustness = ScoreColumn(
      "robustness_\(name)", .real, .robustness,
      "\(words): area under the remaining quality over severity, from 0 to 1", in: 0...1)
    robustnessOverLog = ScoreColumn(
      "robustness_\(name)_log", .real, .robustness,
      "\(words): the same area over the logarithm of severity", in: 0...1, addition: 2)
    drawSD =
      kind == .silence
      ? nil
      : ScoreColumn(
        "robustness_\(name)_draw_sd", .real, .robustness,
        "\(words): standard deviation of the area over robustness_draws; missing with one draw",
        addition: 2)
    halfSeverity = ScoreColumn(
      "s50_\(name)", .real, .robustness, unit: kind.unit,
      "\(words): severity at which half of the quality remains")
    halfSeverityCensored = ScoreColumn(
      "s50_\(name)_censored", .boolean, .robustness,
      "whether more than half remained at the largest severity")
  }
}

extension KindColumns {
  fileprivate var all: [ScoreColumn] {
    [robustness, robustnessOverLog] + [drawSD].compactMap(\.self)
      + [halfSeverity, halfSeverityCensored]
  }
}

/// Scores and resources of a trial; a missing one has no value.
@dynamicMemberLookup
public struct ScoreValues: Equatable, Sendable {
  private var values: [String: Double]

  /// Values by the keys of their columns.
  public init(_ values: [String: Double] = [:]) { self.values = values }

  /// The value of a row of ``ScoreTable``; nil if it is missing.
  public subscript(dynamicMember row: KeyPath<ScoreTable, ScoreColumn>) -> Double? {
    get { self[ScoreTable.shared[keyPath: row]] }
    set { self[ScoreTable.shared[keyPath: row]] = newValue }
  }

  /// A yes or no; nil if it is missing.
  package subscript(flag row: KeyPath<ScoreTable, ScoreColumn>) -> Bool? {
    get { self[dynamicMember: row].map { $0 == 1 } }
    set { self[dynamicMember: row] = newValue.map { $0 ? 1 : 0 } }
  }

  /// The value of a column; nil if it is missing.
  public subscript(column: ScoreColumn) -> Double? {
    get { values[column.key] }
    set { values[column.key] = newValue }
  }

  /// The value of a column with a key, which this version may not know; nil if it is missing.
  public subscript(key: String) -> Double? { values[key] }

  /// The keys of the columns that have a value.
  public var keys: Dictionary<String, Double>.Keys { values.keys }

  /// Removes the value of a key.
  package mutating func remove(_ key: String) { values[key] = nil }

  /// Adds other scores, which replace those that are there.
  package mutating func merge(_ other: ScoreValues) { values.merge(other.values) { $1 } }
}

extension ScoreValues: ExpressibleByDictionaryLiteral {
  public init(dictionaryLiteral elements: (String, Double)...) {
    self.init(Dictionary(uniqueKeysWithValues: elements))
  }
}

extension ScoreValues: Codable {
  /// Reads an object with a number for each key, which may be one of an earlier version.
  public init(from decoder: any Decoder) throws {
    values = try decoder.singleValueContainer().decode([String: Double].self)
    for (key, former) in ScoreColumn.formerKeys {
      if let value = values.removeValue(forKey: former) { values[key] = value }
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(values)
  }
}

extension ScoreColumn {
  /// How the scores of several patterns are combined.
  enum AcrossPatterns: Sendable {
    case mean, sum, lowest, highest

    /// The score of all from those of each, of which there is at least one.
    func value(_ values: [Double]) -> Double {
      switch self {
      case .mean: values.reduce(0, +) / Double(values.count)
      case .sum: values.reduce(0, +)
      case .lowest: values.min()!
      case .highest: values.max()!
      }
    }
  }

  /// The scores of a trial from those of each of its patterns. A score that is missing for one pattern
  /// is missing.
  package static func together(_ patterns: [ScoreValues]) -> ScoreValues {
    if patterns.count == 1 { return patterns[0] }
    var scores = ScoreValues()
    for column in all {
      let values = patterns.compactMap { $0[column] }
      if values.count == patterns.count {
        scores[column] = column.acrossPatterns.value(values)
      }
    }
    return scores
  }
}
