import Parameters
import Testing

@testable import Experiment
@testable import Report
@testable import SweepPlan

@Suite struct TableReferenceTests {
  /// If this fails, a table has a column that nobody explains, or lacks one that is.
  @Test("Every column of every table is documented, in the order of the table")
  func everyColumn() throws {
    var hand = HandMadeResults(grid: ["latent: [9, 10]", "sequence_length: [2]", "seed: [1, 2]"])
    hand.add(latent: 9, seed: 1, ["correlation": 0.5])
    let (_, results) = try hand.results()
    let summary = SummaryTable(results)
    let capacity = try #require(CapacityTable(results))
    let heads = [
      "trials.csv": results.trialTable, "summary.csv": summary.csv,
      "capacity.csv": capacity.csv, "costs.csv": results.costTable,
    ].mapValues { $0.conditions[0] }
    // The head of frontier.csv is made from its columns, and needs a search.
    #expect(Set(heads.keys).union(["frontier.csv"]) == Set(TableReference.all.map(\.file)))

    let scores = ScoreColumn.columns(for: [.recall]).map(\.key)
    let marks = ScoreColumn.columns(for: [.recall]).filter(\.marksCensoring).map(\.key)
    let axes = ["summary.csv": summary.axes, "capacity.csv": capacity.axes]
    for table in TableReference.all where table.file != "frontier.csv" {
      let statistics = table.columns.compactMap { column in
        column.name.hasPrefix("SCORE_") ? String(column.name.dropFirst(6)) : nil
      }
      let expected = table.columns.flatMap { column -> [String] in
        switch column.name {
        case "PARAMETER":
          return Parameter.all.filter { $0.applies(to: "elise") }.map(\.key)
        case "SCORE": return scores
        case "AXIS": return axes[table.file] ?? []
        case "SCORE_censored": return marks.sorted()
        case "SCORE_n":
          return scores.filter { !marks.contains($0) }.flatMap { score in
            statistics.dropFirst().map { "\(score)_\($0)" }
          }
        case let name where name.hasPrefix("SCORE_"): return []
        default: return [column.name]
        }
      }
      #expect(heads[table.file] == expected, "\(table.file)")
    }
  }

  @Test("Everything that has a name has a meaning") func everyMeaning() {
    let meanings =
      TableReference.all.flatMap { $0.columns.map(\.meaning) } + TableReference.all.map(\.rows)
      + ScoreColumn.all.map(\.meaning) + Parameter.all.map(\.meaning)
      + ScoreGroup.allCases.map(\.meaning)
    #expect(meanings.allSatisfy { $0.count > 3 && !$0.hasSuffix(".") })
  }
}
