import Sweep

extension SummaryTable {
  /// The scores that `summary.md` shows, with the heads of their columns.
  private static let shown = [
    ("recalled", "recalled"), ("correlation", "correlation"), ("note_accuracy", "note accuracy"),
    ("mean_squared_error", "squared error"), ("horizon", "horizon"),
    ("cycles_to_criterion", "cycles to criterion"), ("chance", "chance"),
  ]

  /// `summary.md`: the cells as a table that reads well in a terminal and renders as Markdown.
  ///
  /// - Parameters:
  ///   - title: The name of the sweep.
  ///   - description: What it is about; may be empty.
  ///   - replicates: The keys over which cells are summarised.
  public func markdown(title: String, description: String, replicates: [String]) -> String {
    let shown = Self.shown.filter { key, _ in columns.contains { $0.key == key } }
    let head = axes + ["n"] + shown.map(\.1) + ["failed", "missing"]
    let body = cells.map { cell in
      cell.coordinates.map(\.description) + ["\(cell.count)"]
        + shown.map { scoreText($0.0, in: cell) } + ["\(cell.failed)", "\(cell.missing)"]
    }
    var text = "# \(title)\n\n"
    if !description.isEmpty { text += description + "\n\n" }
    text += Self.table([head] + body)
    text += """

      Means over \(replicates.joined(separator: ", ")) with 95 % bootstrap intervals in brackets. \
      Recalled: trials that recall the sequence, of those scored. \
      `>`: the horizon or criterion lay beyond the end of at least one trial, so the mean is a \
      lower bound.

      """
    return text
  }

  private func scoreText(_ key: String, in cell: SummaryCell) -> String {
    guard let summary = cell.summaries[key] else { return "–" }
    if key == "recalled" {
      return "\(Int((summary.mean * Double(summary.count)).rounded())) of \(summary.count)"
    }
    let bound = cell.censoredScores[key + "_censored", default: 0] > 0 ? "> " : ""
    let mean = bound + Decimals.short(summary.mean)
    guard let interval = summary.interval, key != "chance" else { return mean }
    return mean
      + " [\(Decimals.short(interval.lowerBound)), \(Decimals.short(interval.upperBound))]"
  }

  /// A Markdown table with columns of equal width; the first row is the head.
  private static func table(_ rows: [[String]]) -> String {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max()! }
    func line(_ fields: [String]) -> String {
      let padded = zip(fields, widths).map { field, width in
        String(repeating: " ", count: width - field.count) + field
      }
      return "| " + padded.joined(separator: " | ") + " |\n"
    }
    let rule =
      "|" + widths.map { String(repeating: "-", count: $0 + 1) + ":" }.joined(separator: "|")
      + "|\n"
    return line(rows[0]) + rule + rows.dropFirst().map(line).joined()
  }
}
