import Journal
import SweepPlan

extension FrontierTable {
  /// What `summary.md` says of the searches: a row per combination of all axes but the searched one
  /// and the replicates.
  var markdown: String {
    let cells = Dictionary(grouping: units) { unit in
      cellKeys.map { unit.coordinates[axes.firstIndex(of: $0)!] }
    }
    let telling = TellingAxes(Array(cells.keys), axes: cellKeys.count)
    let head = telling(cellKeys) + ["searches", "median", "lowest", "highest", "not ended"]
    let body = cells.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { key, units in
      let ended = units.filter(\.isEnded).sorted { $0.place < $1.place }
      let ends = ended.isEmpty ? [] : [ended[(ended.count - 1) / 2], ended[0], ended.last!]
      return telling(key).map { SummaryTable.escaped($0.description) } + ["\(units.count)"]
        + (ends.isEmpty ? ["–", "–", "–"] : ends.map(text)) + ["\(units.count - ended.count)"]
    }
    let furthest = search.met == .below ? "largest" : "smallest"
    return """

      ## Frontier along \(search.key)

      \(SummaryTable.table([head] + body))
      The \(furthest) \(search.key) at which a network meets the criterion, \(search.criterion); \
      frontier.csv has each search.
      `≥`, `≤`: met as far as was tried; `<`, `>`: not met by any value.
      These searches chose the trials of the table above: it does not tell how many networks meet the \
      criterion.

      """
  }

  /// Where one search ended.
  private func text(_ unit: Unit) -> String {
    let isBelow = search.met == .below
    switch (unit.met, unit.missed) {
    case (let met?, nil): return (isBelow ? "≥ " : "≤ ") + met.description
    case (nil, let missed?): return (isBelow ? "< " : "> ") + missed.description
    default: return unit.met?.description ?? "–"
    }
  }
}
