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
      try self.scores(
        ScoreColumn.named(key)!, journal, scoreGroups: scoreGroups, retryFailed: retryFailed)
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

  /// The status and the score of each trial that has ended, as choices use it.
  ///
  /// - Throws: ``JournalError/lacks(column:place:)`` for a row of an earlier version, which did not
  ///   measure it. Taken for a missing score, it would be an answer that no network gave.
  private func scores(
    _ column: ScoreColumn, _ journal: JournalContents, scoreGroups: [ScoreGroup],
    retryFailed: Bool
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
    let companions = column.addedTogether
    let reader = TrialScoresReader([column.key, ScoreTable.shared.recalled.key] + companions)
    typealias Ending = (status: TrialStatus, score: Double?)
    let found = Mutex((endings: [Ending?](repeating: nil, count: count), earlier: Int?.none))
    try journal.forEachContent(of: rows) { [trials, rows] index, json in
      let scores = try reader.read(json).scores.map { $0.isNaN ? nil : $0 }
      let status = rows[index].status
      let isEarlier =
        status == .done && !companions.isEmpty && scores.dropFirst(2).allSatisfy { $0 == nil }
      let score = column.counted(scores[0], recalled: scores[1])
      found.withLock {
        $0.endings[trials[index]] = (status, score)
        if isEarlier { $0.earlier = min($0.earlier ?? index, index) }
      }
    }
    return try found.withLock {
      if let row = $0.earlier {
        throw JournalError.lacks(column: column.key, place: journal.path(of: rows[row]))
      }
      return $0.endings
    }
  }
}
