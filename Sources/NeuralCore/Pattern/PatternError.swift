/// What is wrong with a pattern file, and in which line.
public enum PatternError: Error, Equatable {
  /// The first line is no header.
  case noHeader(found: String)

  /// A count in the header is missing or no number in the allowed range.
  case badCount(key: String, found: String?, allowed: ClosedRange<Int>)

  /// There are more or fewer rows than the header says.
  case wrongRowCount(found: Int, expected: Int)

  /// A row has more or fewer values than the header says.
  case wrongColumnCount(line: Int, found: Int, expected: Int)

  /// A value is neither 0 nor 1.
  case badValue(line: Int, column: Int, found: String)
}

extension PatternError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noHeader(let found):
      "line 1: expected a header like \"# name: fuer_elise nNeurons: 13 nSteps: 25\", "
        + "found \"\(found)\""
    case .badCount(let key, let found, let allowed):
      "line 1: \(key): found \(found.map { "\"\($0)\"" } ?? "nothing"), allowed is a whole number "
        + "from \(allowed.lowerBound) to \(allowed.upperBound)"
    case .wrongRowCount(let found, let expected):
      "found \(found) rows, expected \(expected) (nNeurons, one row per visible neuron)"
    case .wrongColumnCount(let line, let found, let expected):
      "line \(line): found \(found) values, expected \(expected) (nSteps, one per note)"
    case .badValue(let line, let column, let found):
      "line \(line), value \(column): found \"\(found)\", allowed are 0 and 1"
    }
  }
}
