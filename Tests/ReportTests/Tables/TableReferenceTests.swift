import Parameters
import Testing

@testable import Report
@testable import SweepPlan

/// A reader of a table looks a column up in docs/reference.md, which is made from ``TableReference``.
@Suite struct TableReferenceTests {
  private static func columns(of file: String) throws -> [String] {
    try #require(TableReference.all.first { $0.file == file }).columns.map(\.name)
  }

  /// If this fails, a column of a table is not documented, or a script that reads it breaks.
  @Test(arguments: [
    ("trials.csv", ["trial", "PARAMETER", "status", "reason", "SCORE"]),
    (
      "summary.csv",
      [
        "AXIS", "n", "failed", "missing", "censored", "pareto_efficient", "SCORE_censored",
        "SCORE_n",
        "SCORE_mean", "SCORE_sd", "SCORE_median", "SCORE_low", "SCORE_high", "precision",
      ]
    ),
    (
      "capacity.csv",
      [
        "AXIS", "size_measure", "size", "trials", "seeds", "capacity", "capacity_censored",
        "capacity_low", "capacity_low_censored", "capacity_high", "capacity_high_censored",
        "isotonic_capacity", "isotonic_capacity_censored", "exponent", "exponent_low",
        "exponent_high", "note", "precision",
      ]
    ),
    ("frontier.csv", ["AXIS", "ending", "KEY_met", "KEY_missed", "trials", "precision"]),
    ("costs.csv", ["trial", "rank", "host", "start", "seconds", "steps", "steps_per_second"]),
  ])
  func documentedColumns(file: String, names: [String]) throws {
    #expect(try Self.columns(of: file) == names)
    #expect(TableReference.all.count == 5)
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
