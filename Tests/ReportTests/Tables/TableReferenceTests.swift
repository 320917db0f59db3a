import Parameters
import Testing

@testable import Experiment
@testable import Report
@testable import SweepPlan

/// A reader of a table looks a column up in docs/reference.md, which is made from ``TableReference``.
@Suite struct TableReferenceTests {
  /// If this fails, a table has a column that is not documented, or lacks one that is.
  @Test func writtenColumnsAreTheDocumentedOnes() throws {
    // A search along the length over several sizes and a further axis writes all tables.
    var hand = FrontierTableTests.hand()
    hand.grid.append("nudging: [0.5]")
    for index in hand.rows.indices { hand.rows[index].parameters["nudging"] = .real(0.5) }
    let (_, results) = try hand.results()
    // Only a sweep that adds replicates writes why it stopped.
    var until = ContrastTableTests.hand()
    until.extra = "until: {score: recalled, half_width: 0.1, at_most: 10}"
    let (_, staged) = try until.results()
    let written = [
      "trials.csv": results.trialTable, "summary.csv": SummaryTable(staged).csv,
      "capacity.csv": try #require(CapacityTable(results)).csv,
      "frontier.csv": try #require(FrontierTable(results)).csv, "costs.csv": results.costTable,
      "contrasts.csv": try #require(try ContrastTableTests.table(ContrastTableTests.hand())).csv,
      "importance.csv": try #require(
        try ImportanceTableTests.table(ContrastTableTests.hand())
      ).csv,
    ]
    #expect(Set(written.keys) == Set(TableReference.all.map(\.file)))
    let keys = [
      "PARAMETER": Parameter.all.map(\.key),
      "AXIS": ["latent", "seed", "sequence_length", "nudging"],
      "SCORE": ScoreColumn.all.map(\.key), "KEY": ["sequence_length"],
    ]
    for table in TableReference.all {
      let rows = try #require(written[table.file]).fields
      let head = rows[0]
      #expect(Set(head).count == head.count && rows.count > 1, "\(table.file)")
      #expect(rows.allSatisfy { $0.count == head.count }, "\(table.file)")
      let documented = table.columns.map { column -> Set<String> in
        guard let (word, keys) = keys.first(where: { column.name.contains($0.key) }) else {
          return [column.name]
        }
        return Set(keys.map { column.name.replacing(word, with: $0) })
      }
      let undocumented = head.filter { name in !documented.contains { $0.contains(name) } }
      #expect(undocumented.isEmpty, "\(table.file)")
      let firsts = documented.map { names in head.firstIndex(where: names.contains) }
      let missing = zip(table.columns, firsts).filter { $1 == nil }.map(\.0.name)
      #expect(missing.isEmpty, "\(table.file)")
      let found = firsts.compactMap(\.self)
      #expect(found == found.sorted(), "\(table.file) has another order than documented")
    }
  }

  /// If this fails, the page of the reference has an empty or a broken line.
  @Test func everyMeaningIsAPhrase() {
    let meanings =
      TableReference.all.flatMap { $0.columns.map(\.meaning) } + TableReference.all.map(\.rows)
      + ScoreColumn.all.map(\.meaning) + Parameter.all.map(\.meaning)
      + ScoreGroup.allCases.map(\.meaning)
    #expect(meanings.allSatisfy { $0.count > 3 && !$0.hasSuffix(".") && !$0.contains("|") })
  }
}
