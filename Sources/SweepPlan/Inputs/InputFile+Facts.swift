import NeuralCore

extension InputFile {
  /// What the content of a file means for the trials that name it.
  public enum Facts: Hashable, Sendable {
    /// How large the patterns of a pattern file are, in its order.
    case patterns([PatternSize])

    /// How many steps of a cycle, and how many visible neurons, a disruption reaches over.
    case disruption(steps: Int, neurons: Int)

    /// Finds out what a file says.
    ///
    /// - Throws: `PatternError` or `DisruptionError`, with the line.
    public init(_ role: Role, _ text: String) throws {
      switch role {
      case .pattern:
        self = .patterns(try Pattern.all(parsing: text).map(PatternSize.init))
      case .disruption:
        let spans = try Disruption(parsing: text).spans
        self = .disruption(
          steps: spans.map(\.steps.upperBound).max() ?? 0,
          neurons: spans.map(\.neurons.upperBound).max() ?? 0)
      }
    }
  }
}
