@testable import Report
@testable import RunSupport
@testable import Runner
@testable import SweepPlan

extension TinySweep {
  /// The tables that a user gets from a run.
  struct Tables: Equatable {
    var trials: String
    var summary: String
    var markdown: String
    var latex: String
    /// Empty if there is nothing to compare.
    var contrasts: String
    var importance: String
  }

  /// Runs the sweep over local ranks, each in a thread of its own, and makes its tables.
  func run(
    ranks: Int = 1, threads: Int = 1, retryFailed: Bool = false, shard: Shard? = nil,
    deadline: ContinuousClock.Instant? = nil,
    isAskedToEnd: @escaping @Sendable (_ rank: Int) -> Bool = { _ in false }
  ) throws -> (outcome: SweepRun.Outcome, tables: Tables, warnings: [String]) {
    let (outcome, warnings) = try execute(
      ranks: ranks, threads: threads, retryFailed: retryFailed, shard: shard, deadline: deadline,
      isAskedToEnd: isAskedToEnd)
    let sweep = try sweep()
    let results = try SweepResults(
      scoreGroups: sweep.scoreGroups, plan: Plan(sweep), journal: outcome.journal)
    let summary = SummaryTable(results)
    let grid = GridCoordinates(results, summary)
    let tables = Tables(
      trials: results.trialTable, summary: summary.csv,
      markdown: summary.markdown(
        title: sweep.name, description: sweep.description, replicates: sweep.replicates),
      latex: summary.latex(title: sweep.name, replicates: sweep.replicates),
      contrasts: ContrastTable(grid)?.csv ?? "", importance: ImportanceTable(grid)?.csv ?? "")
    return (outcome, tables, warnings)
  }
}
