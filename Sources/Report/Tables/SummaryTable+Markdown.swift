import Sweep

extension SummaryTable {
  /// The scores that `summary.md` shows, with the heads of their columns and the decimals of the
  /// numbers in them, the same down a column.
  private static let shown = [
    (key: "recalled", head: "recalled", decimals: 0),
    (key: "correlation", head: "correlation", decimals: 3),
    (key: "note_accuracy", head: "note accuracy", decimals: 3),
    (key: "mean_squared_error", head: "squared error", decimals: 5),
    (key: "horizon", head: "horizon", decimals: 1),
    (key: "cycles_to_criterion", head: "cycles to criterion", decimals: 0),
    (key: "chance", head: "chance", decimals: 3),
    (key: "denoising_gain", head: "denoising gain", decimals: 3),
    (key: "recalled_bits", head: "bits", decimals: 1),
    (key: "linear_memory_capacity", head: "linear memory", decimals: 1),
    (key: "robustness", head: "robustness", decimals: 3),
  ]

  /// `summary.md`: the cells as a table that reads well in a terminal and renders as Markdown.
  ///
  /// - Parameters:
  ///   - title: The name of the sweep.
  ///   - description: What it is about; may be empty.
  ///   - replicates: The keys over which cells are summarised.
  public func markdown(title: String, description: String, replicates: [String]) -> String {
    let shown = Self.shown.filter(isShown)
    let gaps = [("failed", cells.map(\.failed)), ("missing", cells.map(\.missing))]
      .filter { $0.1.contains { $0 > 0 } }
    let marksEfficient =
      Set(cells.compactMap { $0.summaries[Self.paretoCost]?.mean }).count > 1
    let head =
      axes + ["n"] + shown.map(\.head) + gaps.map(\.0) + (marksEfficient ? ["efficient"] : [])
    let body = cells.enumerated().map { index, cell in
      cell.coordinates.map { Self.escaped($0.description) } + ["\(cell.count)"]
        + shown.map { scoreText($0.key, $0.decimals, in: cell) } + gaps.map { "\($0.1[index])" }
        + (marksEfficient ? [cell.isEfficient == true ? "*" : ""] : [])
    }
    var text = "# \(title)\n\n"
    if !description.isEmpty { text += description + "\n\n" }
    text += Self.table([head] + body)
    text += """

      Means over \(replicates.joined(separator: ", ")), with 95 % bootstrap intervals in brackets; \
      summary.csv has all statistics.
      `recalled`: trials that recall the sequence, of those scored.
      `chance`: the correlation that the same notes reach in a random order.
      `>`: at least one trial ended before its horizon or criterion, so the mean is a lower bound.

      """
    if shown.contains(where: { $0.key == "robustness" }) {
      text += "`robustness`: of the trials that recall undisturbed, as many as are named.\n"
    }
    if marksEfficient {
      text +=
        "`efficient`: no other cell reaches as high a mean \(paretoScore) with as few "
        + "\(Self.paretoCost).\n"
    }
    return text
  }

  /// Whether a score has a column: one that was asked for, or that some trial has where few do.
  private func isShown(_ score: (key: String, head: String, decimals: Int)) -> Bool {
    guard columns.contains(where: { $0.key == score.key }) else { return false }
    return score.key != "denoising_gain" || cells.contains { $0.summaries[score.key] != nil }
  }

  /// A text that stays within one field of a Markdown table.
  static func escaped(_ text: String) -> String {
    text.split(omittingEmptySubsequences: false) { $0.isNewline }.joined(separator: " ")
      .split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
  }

  private func scoreText(_ key: String, _ decimals: Int, in cell: SummaryCell) -> String {
    func text(_ value: Double) -> String { Decimals.text(value, decimals) }
    guard let summary = cell.summaries[key] else { return "–" }
    if key == "recalled" {
      return "\(Int((summary.mean * Double(summary.count)).rounded())) of \(summary.count)"
    }
    if key == "robustness" {
      return "\(text(summary.mean)) (\(summary.count) of \(cell.count))"
    }
    let bound = cell.censoredScores[key + "_censored", default: 0] > 0 ? "> " : ""
    let mean = bound + text(summary.mean)
    // These two say how to read the others; their intervals would only make the table wider.
    guard let interval = summary.interval, !["chance", "mean_squared_error"].contains(key) else {
      return mean
    }
    return mean + " [\(text(interval.lowerBound)), \(text(interval.upperBound))]"
  }

  /// A Markdown table with columns of equal width; the first row is the head.
  static func table(_ rows: [[String]]) -> String {
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
