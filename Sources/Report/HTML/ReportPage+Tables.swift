import Experiment
import FoundationEssentials
import SweepPlan

extension ReportPage {
  /// The scores that come first.
  private static let principal = [
    "recalled", "correlation", "note_accuracy", "recalled_bits", "robustness", "horizon",
    "cycles_to_criterion", "linear_memory_capacity",
  ]

  /// The cells with the means of their scores, as in `summary.csv`.
  var cellTable: String {
    let summary = tables.summary
    let measured = summary.columns.filter { column in
      summary.cells.contains { $0.summaries[column.key] != nil }
    }
    let columns =
      Self.principal.compactMap { key in measured.first { $0.key == key } }
      + measured.filter { !Self.principal.contains($0.key) }
    let gaps: [(String, KeyPath<SummaryCell, Int>)] = [
      ("failed", \.failed), ("missing", \.missing), ("censored", \.censored),
    ].filter { gap in summary.cells.contains { $0[keyPath: gap.1] > 0 } }
    let head = summary.axes + ["n"] + gaps.map(\.0) + ["efficient"] + columns.map(\.key)
    let rows = summary.cells.prefix(Self.maximumRows).map { cell -> [String] in
      cell.coordinates.map { $0.text(digits: 6) } + ["\(cell.count)"]
        + gaps.map { "\(cell[keyPath: $0.1])" } + [cell.isEfficient == true ? "yes" : ""]
        + columns.map { column in
          guard let summary = cell.summaries[column.key] else { return "–" }
          let isBound = cell.censoredScores[column.key + "_censored", default: 0] > 0
          return (isBound ? "> " : "") + Self.number(summary.mean)
        }
    }
    return HTML.paragraph(
      "Means over the trials of each cell; summary.csv has medians, standard deviations and "
        + "intervals too. Click a head to sort."
        + Self.limited(summary.cells.count, "cells", "summary.csv"))
      + HTML.table("cell-table", head: head, rows)
      + HTML.folded(
        "What the columns mean",
        HTML.facts(
          columns.map(TableColumn.init).map { ($0.name, $0.meaning) }
            + [
              (
                "efficient",
                "no other cell has as high a mean \(summary.paretoScore) with as few "
                  + SummaryTable.paretoCost
              )
            ]))
  }

  /// The capacity frontier, as in `capacity.csv`.
  var capacitySection: String {
    guard let capacity = tables.capacity else { return "" }
    let lines = capacity.rows
    return HTML.section(
      "capacity", "Capacity",
      HTML.paragraph(
        "Length that half of the networks recall, by a logistic fit and by an isotonic one."
          + Self.limited(lines.count - 1, "sizes", "capacity.csv"))
        + HTML.table(
          "capacity-table", head: lines[0],
          lines.dropFirst().prefix(Self.maximumRows).map { $0.map(Self.rounded) }))
  }

  /// The trials with the principal scores, those that were not done first.
  var trialTable: String {
    let results = source.results
    let swept = results.plan.axes.map(\.key)
    let columns = Self.principal.compactMap { key in results.columns.first { $0.key == key } }
    let ended = [SweepResults.Row](results.rows.filter { $0.status != nil })
    let failed = ended.filter { $0.status != .done }
    let shown = (failed + ended.filter { $0.status == .done }).prefix(Self.maximumRows)
    let head =
      swept + ["status"] + columns.map(\.key) + ["seconds"] + (failed.isEmpty ? [] : ["reason"])
    let rows = shown.map { row -> [String] in
      let parameters = row.trial.parameters
      return swept.map { parameters[$0].text(digits: 6) } + [row.status?.rawValue ?? ""]
        + columns.map { column in
          guard let score = row.score(column) else { return "–" }
          return column.kind == .real ? Self.number(score) : column.text(score)
        } + [row.cost.map { Decimals.text($0.seconds, 1) } ?? ""]
        + (failed.isEmpty ? [] : [GnuplotText.shortened(row.reason ?? "", 120)])
    }
    return HTML.paragraph(
      "trials.csv has all columns, costs.csv where and how fast each trial ran."
        + (failed.isEmpty ? "" : " Trials that were not done come first.")
        + Self.limited(ended.count, "trials", "trials.csv"))
      + HTML.table("trial-table", head: head, rows)
  }

  /// `provenance.json`, flattened.
  var provenanceTable: String {
    guard let provenance,
      let object = try? JSONDecoder().decode(JSONValue.self, from: provenance)
    else { return HTML.paragraph("There is no provenance.json.") }
    return HTML.facts(object.flattened)
  }

  /// A sentence where a table is cut short.
  private static func limited(_ count: Int, _ what: String, _ file: String) -> String {
    count > maximumRows ? " The first \(maximumRows) of \(count) \(what); \(file) has all." : ""
  }

  /// A field with fewer digits, where it is a number.
  private static func rounded(_ field: String) -> String {
    Double(field).map(number) ?? field
  }

  /// A number with four significant digits.
  static func number(_ value: Double) -> String {
    let size = abs(value)
    if value == value.rounded() && size < 1e15 { return Decimals.text(value, 0) }
    if size >= 1000 { return Decimals.text(value, 0) }
    if size >= 100 { return Decimals.text(value, 1) }
    if size >= 10 { return Decimals.text(value, 2) }
    if size >= 1 { return Decimals.text(value, 3) }
    return size >= 1e-4 ? Decimals.text(value, 4) : Decimals.scientific(value, 2)
  }
}
