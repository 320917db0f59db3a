import FoundationEssentials
import Parameters
import SweepPlan

extension ReportPage {
  /// The scores of the first columns, in their order.
  private static let principal = [
    "recalled", "correlation", "note_accuracy", "kappa", "sounding_accuracy", "recalled_bits",
    "robustness", "horizon", "cycles_to_criterion", "linear_memory_capacity",
  ]

  /// The conditions with the means of their scores, as in `summary.csv`.
  var conditionTable: String {
    let summary = tables.summary
    let measured = summary.columns.filter { column in
      summary.conditions.contains { $0.summaries[column.key] != nil }
    }
    let columns =
      Self.principal.compactMap { key in measured.first { $0.key == key } }
      + measured.filter { !Self.principal.contains($0.key) }
    let gaps: [(String, KeyPath<ConditionSummary, Int>)] = [
      ("failed", \.failed), ("missing", \.missing), ("censored", \.censored),
    ].filter { gap in summary.conditions.contains { $0[keyPath: gap.1] > 0 } }
    // Networks recall or they do not: first how many, and how well those replay.
    func heads(_ key: String) -> [String] {
      switch key {
      case "recalled": [key, "recalled 95 %", "if recalled"]
      case "correlation": [key, "correlation 95 %"]
      default: [key]
      }
    }
    func interval(_ summary: Summary?, _ decimals: Int) -> String {
      summary?.interval.map { Decimals.interval($0, decimals) } ?? "–"
    }
    func fields(_ key: String, _ condition: ConditionSummary) -> [String] {
      let summary = condition.summaries[key]
      let mean = summary.map {
        (condition.isBound(key) ? "> " : "") + Decimals.short($0.mean)
      }
      switch key {
      case "recalled":
        let replay = condition.amongRecalled["correlation"]
        return [
          mean ?? "–", interval(summary, 2),
          replay.map { Decimals.short($0.mean) + ($0.interval == nil ? "" : " " + interval($0, 3)) }
            ?? "–",
        ]
      case "correlation": return [mean ?? "–", interval(summary, 3)]
      default: return [mean ?? "–"]
      }
    }
    let head =
      summary.axes + ["n"] + gaps.map(\.0) + ["efficient"] + columns.flatMap { heads($0.key) }
    let rows = summary.conditions.prefix(Self.maximumRows).map { condition -> [String] in
      condition.coordinates.map { $0.text(digits: 6) } + ["\(condition.count)"]
        + gaps.map { "\(condition[keyPath: $0.1])" } + [condition.isEfficient == true ? "yes" : ""]
        + columns.flatMap { fields($0.key, condition) }
    }
    return HTML.paragraph(
      "Means over the trials of each condition, with 95 % intervals; summary.csv also has medians, "
        + "standard deviations and the intervals of all scores. Click a column head to sort."
        + Self.limited(summary.conditions.count, "conditions", "summary.csv"))
      + HTML.table("condition-table", head: head, rows)
      + HTML.folded(
        "Meaning of the columns",
        HTML.facts(
          columns.map(TableColumn.init).map { ($0.name, $0.meaning) }
            + [
              ("if recalled", "mean correlation of the networks that recall"),
              (
                "efficient",
                "the networks learned something, and no other condition has as high a mean \(summary.paretoScore) with as few "
                  + SummaryTable.paretoCost
              ),
            ]))
  }

  /// The paired differences, as in `contrasts.csv`.
  var contrastSection: String {
    guard let contrasts = tables.contrasts else { return "" }
    let rows = contrasts.contrasts.map { contrast in
      contrast.fields(level: { $0.text(digits: 6) }) { $0.map(Decimals.short) ?? "–" }
    }
    let head = TableReference.contrastColumns.map { column in
      column.name.hasSuffix("adjusted") ? "\(column.name) (Holm)" : column.name
    }
    return HTML.section(
      "contrasts", "Contrasts",
      HTML.paragraph(
        "Paired differences between trials that differ in one axis, and in the parameters that "
          + "follow from it (also), with 95 % intervals over units. p of the sign-flip test, with "
          + "Holm's correction over the contrasts of a score. "
          + "recalled_…: only the pairs in which both networks recall."
          + Self.limited(rows.count, "contrasts", "contrasts.csv"))
        + HTML.table("contrast-table", head: head, Array(rows.prefix(Self.maximumRows)))
        + HTML.folded(
          "Meaning of the columns",
          HTML.facts(TableReference.contrastColumns.map { ($0.name, $0.meaning) })))
  }

  /// Which parameters matter, as in `importance.csv`: a row per source, a column per score.
  var importanceSection: String {
    guard let importance = tables.importance else { return "" }
    let scores = importance.scores
    var sources: [String] = []
    for name in scores.flatMap({ $0.parts.map(\.name) }) where !sources.contains(name) {
      sources.append(name)
    }
    let rows = sources.map { source in
      [source]
        + scores.map { score in
          score.parts.first { $0.name == source }.map { Decimals.text($0.part.share, 3) } ?? "–"
        }
    }
    let parts = scores.filter { !$0.part.isEmpty }.map { ($0.column.key, $0.part) }
    return HTML.section(
      "importance", "Importance",
      HTML.paragraph(
        "Shares of the variance of each score that each axis, each pair of axes and the other "
          + "interactions explain; replicates: within conditions. importance.csv also has the shares "
          + "without the bias of small samples.")
        + HTML.table("importance-table", head: ["source"] + scores.map(\.column.key), rows)
        + (parts.isEmpty
          ? "" : HTML.folded("Complete parts of the grid that are analysed", HTML.facts(parts))))
  }

  /// The capacity frontier, as in `capacity.csv`.
  var capacitySection: String {
    guard let capacity = tables.capacity else { return "" }
    let lines = capacity.rows
    return HTML.section(
      "capacity", "Capacity",
      HTML.paragraph(
        "Length that half of the networks recall, from a logistic fit and from an isotonic fit."
          + Self.limited(lines.count - 1, "sizes", "capacity.csv"))
        + HTML.table(
          "capacity-table", head: lines[0],
          lines.dropFirst().prefix(Self.maximumRows).map { fields in
            fields.map { Double($0).map(Decimals.short) ?? $0 }
          }))
  }

  /// The trials with the principal scores, trials that are not done first.
  var trialTable: String {
    let results = source.results
    let swept = results.plan.axes.map(\.key)
    let columns = Self.principal.compactMap { key in results.columns.first { $0.key == key } }
    let ended = [SweepResults.Row](results.rows.filter { $0.status != nil })
    let failed = ended.filter { $0.status != .done }
    let shown = (failed + ended.filter { $0.status == .done }).prefix(Self.maximumRows)
    // Enough characters of an ID to name its trial.
    let ids = results.plan.ids.map(\.description)
    let letters = stride(from: 8, to: 32, by: 4).first { letters in
      Set(ids.map { $0.prefix(letters) }).count == ids.count
    }
    let head =
      ["trial"] + swept + ["status"] + columns.map(\.key) + ["seconds"]
      + (failed.isEmpty ? [] : ["reason"])
    let rows = shown.map { row -> [String] in
      let parameters = row.trial.parameters
      return [String(row.trial.id.description.prefix(letters ?? 32))]
        + swept.map { parameters[$0].text(digits: 6) } + [row.status?.rawValue ?? ""]
        + columns.map { column in
          guard let score = row.score(column) else { return "–" }
          let mark = row.score(column.key + "_censored") == 1 ? "> " : ""
          return mark + (column.kind == .real ? Decimals.short(score) : column.text(score))
        } + [row.cost.map { Decimals.text($0.seconds, 1) } ?? ""]
        + (failed.isEmpty ? [] : [GnuplotText.shortened(row.reason ?? "", 120)])
    }
    return HTML.paragraph(
      "trials.csv has all columns; costs.csv has the rank, host and speed of each trial. "
        + "elise-sweep train --from DIR --trial TRIAL trains the network of a row again."
        + (failed.isEmpty ? "" : " Trials that are not done come first.")
        + Self.limited(ended.count, "trials", "trials.csv"))
      + HTML.table("trial-table", head: head, rows)
  }

  /// `provenance.json`, flattened.
  var provenanceTable: String {
    guard let provenance,
      let object = try? JSONDecoder().decode(FlatJSON.self, from: provenance)
    else { return HTML.paragraph("There is no provenance.json.") }
    return HTML.facts(object.values)
  }

  /// A sentence for a table that is cut short.
  private static func limited(_ count: Int, _ what: String, _ file: String) -> String {
    count > maximumRows ? " The first \(maximumRows) of \(count) \(what); \(file) has all." : ""
  }
}

/// Any JSON value, for display.
private struct FlatJSON: Decodable {
  /// The values with their paths of keys, sorted.
  let values: [(path: String, text: String)]

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    func decode<Value: Decodable>(_ type: Value.Type) -> Value? { try? container.decode(type) }
    func flat(_ text: String) -> [(path: String, text: String)] { [("", text)] }
    if container.decodeNil() {
      values = flat("none")
    } else if let value = decode(Bool.self) {
      values = flat("\(value)")
    } else if let value = decode(Int.self) {
      values = flat("\(value)")
    } else if let value = decode(Double.self) {
      values = flat(ParameterValue.real(value).description)
    } else if let value = decode(String.self) {
      values = flat(value)
    } else if let list = decode([FlatJSON].self) {
      values = flat(list.flatMap(\.values).map(\.text).joined(separator: " "))
    } else {
      values = try container.decode([String: FlatJSON].self).sorted { $0.key < $1.key }
        .flatMap { key, value in
          value.values.map { ($0.isEmpty ? key : "\(key) · \($0)", $1) }
        }
    }
  }
}
