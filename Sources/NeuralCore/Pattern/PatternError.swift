/// What is wrong with a pattern file, and in which line.
public enum PatternError: Error, Equatable {
  /// The first line, or another one that begins with #, is no header.
  case noHeader(line: Int, found: String)

  /// A count in the header is missing or no number in the allowed range.
  case badCount(line: Int, key: String, found: String?, allowed: ClosedRange<Int>)

  /// More or fewer rows follow a header than it says.
  case wrongRowCount(line: Int, found: Int, expected: Int)

  /// A row has more or fewer values than the header says.
  case wrongColumnCount(line: Int, found: Int, expected: Int)

  /// A value is neither 0 nor 1.
  case badValue(line: Int, column: Int, found: String)
}

extension PatternError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noHeader(let line, let found):
      "line \(line): expected a header like \"# name: fuer_elise nNeurons: 13 nSteps: 25\", "
        + "found \"\(found)\""
    case .badCount(let line, let key, let found, let allowed):
      "line \(line): \(key): found \(found.map { "\"\($0)\"" } ?? "nothing"), allowed is a whole number "
        + "from \(allowed.lowerBound) to \(allowed.upperBound)"
    case .wrongRowCount(let line, let found, let expected):
      "line \(line): found \(found) rows below the header, expected \(expected) (nNeurons, one "
        + "row per visible neuron)"
    case .wrongColumnCount(let line, let found, let expected):
      "line \(line): found \(found) values, expected \(expected) (nSteps, one per note)"
    case .badValue(let line, let column, let found):
      "line \(line), value \(column): found \"\(found)\", allowed are 0 and 1"
    }
  }
}
