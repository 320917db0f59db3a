import NeuralCore
import Parameters

/// The requirements of `pattern: generated`. The seed selects one of the sequences that meet them.
public struct PatternRequest: Hashable, Sendable {
  /// Length of the sequence [notes].
  public let length: Int

  /// Number of different notes, at least 2.
  public let vocabulary: Int

  /// Number of preceding notes that determine the next one, at least 1.
  public let order: Int

  /// Visible neurons, at least ``vocabulary``.
  public let visible: Int

  /// A generator of such patterns.
  ///
  /// - Throws: `SequenceError` if no such sequence exists.
  public func generator() throws(SequenceError) -> SequenceGenerator {
    try SequenceGenerator(
      length: length, vocabulary: vocabulary, order: order, visible: visible)
  }

  /// The parameters of a request.
  static let keys = ["sequence_length", "pattern", "vocabulary", "order", "visible"]
}

extension PatternRequest {
  /// The request in some values; nil if the pattern is a file, or if the values break a rule.
  init?(_ values: PartialValues) {
    guard values.isGenerated, let length = values.sequenceLength,
      let vocabulary = values.vocabulary, let order = values.order
    else { return nil }
    self.init(
      length: length, vocabulary: vocabulary, order: order, visible: values.visible ?? vocabulary)
  }
}

extension ParameterSet {
  /// The requirements of the generated pattern; nil if the pattern is a file.
  public var patternRequest: PatternRequest? { PatternRequest(partial) }
}

extension ParameterSet {
  /// The length of training [cycles], which is that of ``ParameterTable/trainingCycles`` or the one whose
  /// duration is closest to ``ParameterTable/trainingTime``.
  ///
  /// - Parameter patterns: The sizes of the patterns, which are trained in turn.
  package func cyclesOfTraining(_ patterns: [PatternSize]) -> Int {
    guard let time = self.trainingTime, !patterns.isEmpty else { return self.trainingCycles }
    let notes = Double(patterns.reduce(0) { $0 + $1.notes }) / Double(patterns.count)
    // Training begins with cycle -1.
    let cycles = (1000 * time / (notes * self.noteDuration)).rounded() - 1
    return Int(max(0, min(cycles, 1e9)))
  }
}

/// The size of a pattern.
public struct PatternSize: Hashable, Sendable {
  /// Number of visible neurons.
  public let visible: Int

  /// Length of the sequence [notes].
  public let notes: Int

  /// Whether the pattern has levels instead of notes.
  public private(set) var isAnalog = false

  public init(_ pattern: Pattern) {
    self.init(visible: pattern.visible, notes: pattern.notes)
    isAnalog = pattern.isAnalog
  }

  public init(visible: Int, notes: Int) {
    self.visible = visible
    self.notes = notes
  }

  /// The parameters that determine the patterns of a trial.
  package static let keys = PatternRequest.keys + ["pattern_count"]

  /// The sizes of the patterns of a trial, from the values of ``keys``; nil if values are missing.
  static func all(_ values: PartialValues, files: InputFiles) -> [PatternSize]? {
    all(values, file: files.patterns(values["pattern"])?.sizes)
  }

  /// The same from the sizes of all patterns of the file; nil if there is no file.
  static func all(_ values: PartialValues, file sizes: [PatternSize]?) -> [PatternSize]? {
    let count = values.patternCount
    if let request = PatternRequest(values) {
      let size = PatternSize(visible: request.visible, notes: request.length)
      return Array(repeating: size, count: count ?? 1)
    }
    guard let sizes else { return nil }
    let length = values.sequenceLength
    return sizes.prefix(count ?? sizes.count).map { size in
      PatternSize(visible: size.visible, notes: min(length ?? size.notes, size.notes))
    }
  }
}
