import NeuralCore

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
  ///   - values: Those of ``keys``, in their order.
  ///   - files: What is known of the pattern files.
  /// - Returns: Nil where the sizes are not known.
  static func all(_ values: [ParameterValue], files: InputFiles) -> [PatternSize]? {
    let count: Int? = if case .integer(let count) = values[5] { count } else { nil }
    if let request = PatternRequest(Array(values.prefix(5))) {
      let size = PatternSize(visible: request.visible, notes: request.length)
      return Array(repeating: size, count: count ?? 1)
    }
    guard case .patterns(let sizes)? = files.file(.pattern, values[1])?.facts else { return nil }
    let length: Int? = if case .integer(let length) = values[0] { length } else { nil }
    return sizes.prefix(count ?? sizes.count).map { size in
      PatternSize(visible: size.visible, notes: min(length ?? size.notes, size.notes))
    }
  }
}
