import Parameters
import Report
import SweepPlan

/// What `elise-sweep compare` prints.
struct ComparisonText {
  private let comparison: FolderComparison

  init(_ comparison: FolderComparison) { self.comparison = comparison }

  /// The most trials that are named in a list.
  private static let mostNamed = 5

  private var unequal: [FolderComparison.Match] {
    comparison.matches.filter { $0.differences?.isEmpty == false }
  }

  /// Whether all trials with the same identity have the same results.
  var isEqual: Bool { unequal.isEmpty }

  func text(width: Int) -> String {
    let matches = comparison.matches
    let (first, second) = (comparison.first, comparison.second)
    let both = matches.filter { $0.first != nil && $0.second != nil }
    let sides = [("A", first), ("B", second)].map { name, side in
      let count = matches.count { (name == "A" ? $0.first : $0.second) != nil }
      return (name, "\(side.folder), \(NumberText.counted(count, "trial"))")
    }
    let only = [
      named("only in A", matches.filter { $0.second == nil }.compactMap(\.first), first),
      named("only in B", matches.filter { $0.first == nil }.compactMap(\.second), second),
    ]
    let rows =
      sides + [("both", NumberText.counted(both.count, "trial") + equality(both))]
      + only.compactMap(\.self)
    let parts =
      [TextTable.twoColumns(rows, width: width)] + differences
      + [contrasts(width)].compactMap(\.self)
    return parts.joined(separator: "\n\n")
  }

  private func equality(_ both: [FolderComparison.Match]) -> String {
    let identical = both.count { $0.differences != nil }
    if identical == 0 { return "; their parameters differ" }
    let equal = identical - unequal.count
    return identical == both.count && equal == identical
      ? "; all results are equal, bit for bit"
      : "; \(NumberText.whole(identical)) with the same identity, of which \(NumberText.whole(equal)) "
        + "have equal results, bit for bit"
  }

  private func named(
    _ title: String, _ rows: [SweepResults.Row], _ side: FolderComparison.Side
  ) -> (String, String)? {
    guard !rows.isEmpty else { return nil }
    let names = rows.prefix(Self.mostNamed).map { $0.trial.name(in: side.results.plan) }
    let more = rows.count > names.count ? "; …" : ""
    return (
      title,
      shown(
        "\(NumberText.counted(rows.count, "trial")): \(names.joined(separator: "; "))", limit: 400)
        + more
    )
  }

  private var differences: [String] {
    guard !unequal.isEmpty else { return [] }
    let lines = unequal.prefix(Self.mostNamed).map { match in
      "  \(match.first!.trial.name(in: comparison.first.results.plan)):\n"
        + match.differences!.prefix(Self.mostNamed).map { "    " + $0 }.joined(separator: "\n")
    }
    return ["Different results, A against B:\n" + lines.joined(separator: "\n")]
  }

  /// The contrasts as a table with the columns that fit; nil if there is nothing to contrast.
  private func contrasts(_ width: Int) -> String? {
    func number(_ value: Double?) -> String { value.map { Decimals.significant($0, 3) } ?? "–" }
    if comparison.isSame { return nil }
    let rows = comparison.contrasts.flatMap { contrast in
      contrast.parts.map { part in
        (name: contrast.score.key + (part.isAmongRecalled ? ", both recall" : ""), part.differences)
      }
    }
    guard !rows.isEmpty else { return "No score is in both folders." }
    let all = rows.map(\.1)
    let columns: [(head: String, cells: [String])] = [
      ("score", rows.map(\.name)), ("pairs", all.map { "\($0.pairs)" }),
      ("B - A", all.map { number($0.difference) }),
      (
        "95 % interval",
        all.map { contrast in
          contrast.interval.map { "[\(number($0.lowerBound)), \(number($0.upperBound))]" } ?? "–"
        }
      ), ("B higher", all.map { $0.favours.map(NumberText.percent) ?? "–" }),
      ("p", all.map { number($0.p) }),
    ]
    func table(_ columns: [(head: String, cells: [String])]) -> String {
      TextTable.rightAligned(
        [columns.map(\.head)] + all.indices.map { row in columns.map { $0.cells[row] } })
    }
    let choices = [[], ["pairs"], ["pairs", "B higher"], ["pairs", "B higher", "p"]]
      .map { hidden in table(columns.filter { !hidden.contains($0.head) }) }
    let fitting =
      choices.first { $0.split(separator: "\n").allSatisfy { $0.count <= width } } ?? choices.last!
    let units = all.map(\.units).max()!
    let kind = comparison.unitKeys.isEmpty ? "unit" : comparison.unitKeys.joined(separator: ", ")
    let heading =
      "Means of B - A over \(NumberText.whole(units)) values of \(kind)"
      + (units < 2 ? "; intervals and p need more" : "") + ":"
    return TextTable.paragraphs(heading, width: width) + "\n" + fitting
  }
}
