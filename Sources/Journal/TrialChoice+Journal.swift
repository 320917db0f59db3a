import SweepPlan
import Synchronization

extension Plan {
  /// The progress of the searches or of the stages of this plan according to a journal; nil if all trials
  /// are run.
  ///
  /// - Parameters:
  ///   - scoreGroups: The score groups that a row must have to count.
  ///   - retryFailed: Whether trials that failed or diverged count as not run.
  /// - Throws: The errors of reading a row's content.
  package func choice(
    _ journal: JournalContents, scoreGroups: [ScoreGroup], retryFailed: Bool = false
  ) throws -> (any TrialChoice)? {
    func scores(_ key: String) throws -> [(status: TrialStatus, score: Double?)?] {
      try self.scores(key, journal, scoreGroups: scoreGroups, retryFailed: retryFailed)
    }
    if let searches {
      let criterion = searches.search.criterion
      return SearchState(
        searches,
        outcomes: try scores(criterion.column).map {
          $0.map { criterion.outcome($0.status, score: $0.score) }
        })
    }
    return try stages.map { stages in
      StageState(
        stages,
        scores: try scores(stages.request.scoreKey).map {
          $0.map { $0.status == .done ? $0.score ?? .nan : .nan }
        })
    }
  }

  /// The status and a score of each trial that has ended.
  private func scores(
    _ key: String, _ journal: JournalContents, scoreGroups: [ScoreGroup], retryFailed: Bool
  ) throws -> [(status: TrialStatus, score: Double?)?] {
    var trials: [Int] = []
    var rows: [JournalContents.Row] = []
    for (trial, id) in ids.enumerated() {
      guard let row = journal.rows[id],
        !journal.isPending(id, scoreGroups: scoreGroups, retryFailed: retryFailed)
      else { continue }
      trials.append(trial)
      rows.append(row)
    }
    let reader = TrialScoresReader([key])
    let found = Mutex([(status: TrialStatus, score: Double?)?](repeating: nil, count: count))
    try journal.forEachContent(of: rows) { [trials, rows] index, json in
      let score = try reader.read(json).scores[0]
      found.withLock { $0[trials[index]] = (rows[index].status, score.isNaN ? nil : score) }
    }
    return found.withLock { $0 }
  }
}
