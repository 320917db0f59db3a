import Experiment
import Journal
import Parameters
import SweepPlan
import Synchronization

/// The trials of a plan with their results from the journal, sorted by parameters.
///
/// A trial takes a few hundred bytes, because its parameters are computed when they are used.
public final class SweepResults: Sendable {
  public let plan: Plan

  /// The columns of the requested score groups and of the resources.
  let columns: [ScoreColumn]

  /// Which trials outcomes have chosen; nil if all trials are run.
  package let choice: (any TrialChoice)?

  /// The state of the searches; nil if the sweep has none.
  public var searches: SearchState? { choice as? SearchState }

  /// The state of the conditions that get replicates; nil if there are none.
  var stages: StageState? { choice as? StageState }

  /// The status of each trial of the plan and the index of its result; nil if it has not run.
  private let endings: [(status: TrialStatus, result: Int)?]

  private let results: [TrialScores]

  /// The index of each column in the scores of a result.
  private let indices: [String: Int]

  /// The indices of the trials in the plan, sorted by parameters; only of the trials that
  /// outcomes have chosen.
  private let order: [Int]

  /// Joins a plan with a journal.
  ///
  /// Rows of trials that are not in the plan, or that outcomes did not choose, are ignored, so
  /// that the tables do not depend on other sweeps in the same folder.
  ///
  /// - Throws: An error if a row cannot be read.
  public init(scoreGroups: [ScoreGroup], plan: Plan, journal: JournalContents) throws {
    self.plan = plan
    columns = ScoreColumn.columns(for: scoreGroups)
    let choice = try plan.choice(journal, scoreGroups: scoreGroups)
    self.choice = choice
    order = plan.sortedByParameters().filter { choice?.asksFor($0) ?? true }

    var rows: [JournalContents.Row] = []
    endings = plan.ids.enumerated().map { trial, id in
      guard choice?.asksFor(trial) ?? true, let row = journal.rows[id] else { return nil }
      rows.append(row)
      return (row.status, rows.count - 1)
    }
    // Recall is always measured, so its scores always exist.
    let keys = ScoreColumn.columns(for: scoreGroups + [.recall]).map(\.key)
    indices = Dictionary(uniqueKeysWithValues: keys.enumerated().map { ($1, $0) })
    let reader = TrialScoresReader(keys)
    let results = Mutex([TrialScores?](repeating: nil, count: rows.count))
    try journal.forEachContent(of: rows) { index, json in
      let result = try reader.read(json)
      results.withLock { $0[index] = result }
    }
    self.results = results.withLock { $0.map { $0! } }
  }

  /// The number of trials with a status.
  public func count(_ status: TrialStatus) -> Int { endings.count { $0?.status == status } }

  /// The number of trials that failed, diverged or timed out.
  public var failed: Int { endings.count { $0.map { $0.status != .done } ?? false } }

  /// The number of trials that have not run; only of those that outcomes have chosen.
  public var missing: Int { order.count { endings[$0] == nil } }

  /// The number of trials; only of those that outcomes have chosen.
  public var count: Int { order.count }
}

extension SweepResults {
  /// One trial of the plan.
  public struct Row: Sendable {
    fileprivate let sweep: SweepResults
    /// Its index in the plan.
    let number: Int

    /// The identity of the trial; cheaper than ``trial``.
    public var id: TrialID { sweep.plan.ids[number] }

    public var trial: Trial { sweep.plan.trial(at: number) }

    /// The status; nil if the trial has not run.
    public var status: TrialStatus? { sweep.endings[number]?.status }

    /// The reason why the trial is not done; nil if it is done or has not run.
    public var reason: String? { result?.reason }

    /// The cost; nil if the trial has not run.
    var cost: TrialCost? { result?.cost }

    /// A score of recall or of a requested score group, or a resource; nil if it is missing.
    func score(_ key: String) -> Double? {
      guard let result, let index = sweep.indices[key] else { return nil }
      let value = result.scores[index]
      return value.isNaN ? nil : value
    }

    func score(_ column: ScoreColumn) -> Double? { score(column.key) }

    /// The score as statistics use it: not that of a network that does not recall, if the score has no
    /// meaning for it.
    func counted(_ column: ScoreColumn) -> Double? {
      column.counted(score(column), recalled: score("recalled"))
    }

    private var result: TrialScores? {
      sweep.endings[number].map { sweep.results[$0.result] }
    }
  }

  /// The number of the unit of each row: its block, or else its replicate. Nil if all differ.
  func units(of rows: [Row]) -> [Int]? {
    var numbers: [[ParameterValue]: Int] = [:]
    let units = rows.map { row in
      let parameters = row.trial.parameters
      let unit = plan.unitKeys.map { parameters[$0] }
      let number = numbers[unit] ?? numbers.count
      numbers[unit] = number
      return number
    }
    return numbers.count == rows.count || plan.unitKeys.isEmpty ? nil : units
  }

  /// The summary of a score over rows with their units; nil if none has it.
  ///
  /// - Parameter isBounded: Whether the interval uses the range of the score. Among networks that
  ///   recall, scores are far from its lower end.
  func summary(
    of rows: [Row], _ units: [Int]?, _ column: ScoreColumn, isBounded: Bool = true
  ) -> Summary? {
    let scored = rows.indices.compactMap { index in
      rows[index].counted(column).map { (unit: units?[index], value: $0) }
    }
    return Summary(
      of: scored.map(\.value), units: units == nil ? nil : scored.map { $0.unit! },
      range: isBounded ? column.range : nil, isFraction: column.kind == .boolean)
  }

  /// A row per trial of the plan, sorted by parameters; only those that outcomes have chosen.
  public var rows: LazyMapCollection<[Int], Row> { order.lazy.map(row) }

  func row(_ number: Int) -> Row { Row(sweep: self, number: number) }
}
