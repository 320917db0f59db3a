import NeuralCore

/// What `pattern: generated` asks for; the seed makes one sequence of it or another.
public struct PatternRequest: Hashable, Sendable {
  /// Length of the sequence [notes].
  public let length: Int

  /// How many different notes it is made of, at least 2.
  public let vocabulary: Int

  /// How many preceding notes it takes to know the next one, at least 1.
  public let order: Int

  /// Visible neurons, at least ``vocabulary``.
  public let visible: Int

  /// A generator of such patterns.
  ///
  /// - Throws: `SequenceError` where no such sequence exists.
  public func generator() throws(SequenceError) -> SequenceGenerator {
    try SequenceGenerator(
      length: length, vocabulary: vocabulary, order: order, visible: visible)
  }

  /// The keys of the parameters that a request is made of.
  static let keys = ["sequence_length", "pattern", "vocabulary", "order", "visible"]

  /// Creates a request.
  public init(length: Int, vocabulary: Int, order: Int, visible: Int) {
    self.length = length
    self.vocabulary = vocabulary
    self.order = order
    self.visible = visible
  }

  /// The request of some values; nil if the pattern is a file.
  ///
  /// Values that the rules of ``CrossCheck`` refuse make no request.
  init?(_ values: PartialValues) {
    guard values.isGenerated, let length = values.sequenceLength,
      let vocabulary = values.vocabulary, let order = values.order
    else { return nil }
    self.init(
      length: length, vocabulary: vocabulary, order: order, visible: values.visible ?? vocabulary)
  }
}

extension ParameterSet {
  /// What the generated pattern shall be like; nil where the pattern is a file.
  public var patternRequest: PatternRequest? {
    PatternRequest(partial)
  }
}

/// How large a pattern is.
public struct PatternSize: Hashable, Sendable {
  /// Number of visible neurons.
  public let visible: Int

  /// Length of the sequence [notes].
  public let notes: Int

  /// The size of a pattern.
  public init(_ pattern: Pattern) {
    visible = pattern.visible
    notes = pattern.notes
  }

  /// Creates a size.
  public init(visible: Int, notes: Int) {
    self.visible = visible
    self.notes = notes
  }

  /// The keys of the parameters that the patterns of a trial depend on.
  package static let keys = PatternRequest.keys + ["pattern_count"]

  /// The patterns that a trial learns.
  ///
  /// - Parameters:
  ///   - values: Those of ``keys``.
  ///   - files: What is known of the pattern files.
  /// - Returns: Nil if the sizes are not known.
  static func all(_ values: PartialValues, files: InputFiles) -> [PatternSize]? {
    guard let pattern = values.pattern,
      case .patterns(let sizes)? = files.file(.pattern, .text(pattern))?.facts
    else { return all(values, file: nil) }
    return all(values, file: sizes)
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
