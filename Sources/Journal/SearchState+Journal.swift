import SweepPlan
import Synchronization

extension SearchState {
  /// The state of a plan's searches according to a journal; nil if the plan has none.
  ///
  /// - Parameters:
  ///   - tests: The score groups that a row must have to count.
  ///   - retryFailed: Whether trials that failed or diverged count as not run.
  /// - Throws: The errors of reading a row's content.
  public init?(
    _ plan: Plan, journal: JournalContents, scoreGroups: [ScoreGroup], retryFailed: Bool = false
  ) throws {
    guard let units = plan.searches else { return nil }
    var trials: [Int] = []
    var rows: [JournalContents.Row] = []
    for (trial, id) in plan.ids.enumerated() {
      guard let row = journal.rows[id],
        !journal.isPending(id, scoreGroups: scoreGroups, retryFailed: retryFailed)
      else { continue }
      trials.append(trial)
      rows.append(row)
    }
    let criterion = units.search.criterion
    let reader = TrialScoresReader([criterion.column])
    let outcomes = Mutex([SearchOutcome?](repeating: nil, count: plan.count))
    try journal.forEachContent(of: rows) { [trials, rows] index, json in
      let score = try reader.read(json).scores[0]
      let outcome = criterion.outcome(rows[index].status, score: score.isNaN ? nil : score)
      outcomes.withLock { $0[trials[index]] = outcome }
    }
    self.init(units, outcomes: outcomes.withLock { $0 })
  }
}
