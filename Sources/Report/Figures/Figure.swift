/// A figure: a gnuplot script with its data, and what is said of it.
public struct Figure: Equatable, Sendable {
  /// The name of its files, without ending; safe in every file system.
  public let name: String
  /// What it shows, as a heading.
  public let title: String
  /// What a reader must know to read it.
  public let caption: String
  /// The script, to be run in the folder of the data.
  let script: String
  /// The numbers it draws: blocks of rows, separated by two empty lines.
  let data: String
}

/// The numbers of a figure, as gnuplot reads them.
struct FigureData {
  private(set) var text = ""
  private var count = 0

  /// Adds a block of rows.
  ///
  /// - Parameters:
  ///   - comment: What the block holds.
  ///   - columns: The heads of the columns.
  ///   - rows: The numbers; missing ones are written as `NaN`.
  /// - Returns: The number by which the script names the block.
  mutating func add(_ comment: String, _ columns: [String], _ rows: [[Double?]]) -> Int {
    if count > 0 { text += "\n\n" }
    text += "# \(GnuplotText.line(comment))\n# " + columns.joined(separator: " ") + "\n"
    for row in rows {
      text += row.map { $0.map(GnuplotText.number) ?? "NaN" }.joined(separator: " ") + "\n"
    }
    count += 1
    return count - 1
  }
}
