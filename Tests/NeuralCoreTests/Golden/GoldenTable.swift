import TestSupport

/// A table of the authors' results: comma-separated, with one header line.
struct GoldenTable {
  private let columns: [String]
  private let rows: [[String]]

  init(_ name: String) throws {
    let lines = try Fixtures.text("golden/\(name).csv").split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    columns = lines[0]
    rows = Array(lines.dropFirst())
  }

  /// The rows in which a column has a given text, by the whole number in another column.
  func rows(by key: String, where column: String? = nil, is text: String = "") -> [Int: Row] {
    let matching = rows.map { Row(columns: columns, words: $0) }
      .filter { row in column.map { row.text($0) == text } ?? true }
    return Dictionary(uniqueKeysWithValues: matching.map { (Int($0.text(key))!, $0) })
  }

  /// One row.
  struct Row {
    fileprivate let columns: [String]
    fileprivate let words: [String]

    func text(_ column: String) -> String { words[columns.firstIndex(of: column)!] }

    /// A number; nil where the table has none.
    func number(_ column: String) -> Double? { Double(text(column)) }
  }
}
