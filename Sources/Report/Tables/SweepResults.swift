import Experiment
import Journal
import SweepPlan
import Synchronization

/// The trials of a plan with what the journal holds of them, sorted by parameters.
///
/// A trial takes a few hundred bytes: its parameters are made when asked for.
public struct SweepResults: Sendable {
  /// The plan.
  public let plan: Plan

  /// The columns of the tests that the sweep asks for, and of the resources.
  public let columns: [ScoreColumn]

  /// Where the sweep's searches stand; nil where it runs its whole grid.
  public let searches: SearchState?

  private let storage: Storage

  /// What rows share.
  fileprivate final class Storage: Sendable {
    let plan: Plan
    /// By the trial's number, how it ended and where its result is.
    let endings: [(status: TrialStatus, result: Int)?]
    let results: [TrialResult]
    /// The place of a column in the scores of a result.
    let places: [String: Int]

    init(
      plan: Plan, endings: [(status: TrialStatus, result: Int)?], results: [TrialResult],
      keys: [String]
    ) {
      self.plan = plan
      self.endings = endings
      self.results = results
      places = Dictionary(uniqueKeysWithValues: keys.enumerated().map { ($1, $0) })
    }
  }

  /// The numbers of the trials in the plan, sorted by parameters; with searches, of those alone that
  /// they have come to.
  private let order: [Int]

  /// Joins a plan with a journal. Rows of the journal that the plan does not ask for stay out, and
  /// with searches those that they do not come to: tables depend on nothing that ran for another
  /// sweep.
  ///
  /// - Throws: What reading a row's content throws.
  public init(tests: [SweepTest], plan: Plan, journal: JournalContents) throws {
    self.plan = plan
    columns = ScoreColumn.columns(for: tests)
    let searches = try SearchState(plan, journal: journal, tests: tests)
    self.searches = searches
    order = plan.sortedByParameters().filter { searches?.asksFor($0) ?? true }

    var rows: [JournalContents.Row] = []
    let endings = plan.ids.enumerated().map { trial, id -> (status: TrialStatus, result: Int)? in
      guard searches?.asksFor(trial) ?? true, let row = journal.rows[id] else { return nil }
      rows.append(row)
      return (row.status, rows.count - 1)
    }
    // Every test rests on recall, so its scores are always there.
    let keys = ScoreColumn.columns(for: tests + [.recall]).map(\.key)
    storage = Storage(
      plan: plan, endings: endings, results: try Self.results(of: rows, keys, journal),
      keys: keys)
  }

  /// Reads the results of some rows.
  private static func results(
    of rows: [JournalContents.Row], _ keys: [String], _ journal: JournalContents
  ) throws -> [TrialResult] {
    let reader = TrialResultReader(keys)
    let results = Mutex([TrialResult?](repeating: nil, count: rows.count))
    try journal.forEachContent(of: rows) { index, json in
      let result = try reader.read(json)
      results.withLock { $0[index] = result }
    }
    return results.withLock { $0.map { $0! } }
  }

  /// How many trials ended in a way.
  public func count(_ status: TrialStatus) -> Int { storage.endings.count { $0?.status == status } }

  /// How many trials ran but were not done.
  public var failed: Int { storage.endings.count { $0.map { $0.status != .done } ?? false } }

  /// How many trials have not run; with searches, those that have to be run next.
  public var missing: Int { order.count { storage.endings[$0] == nil } }

  /// How many trials there are; with searches, how many they have come to.
  public var count: Int { order.count }
}

extension SweepResults {
  /// One trial of the plan.
  public struct Row: Sendable {
    fileprivate let storage: Storage
    /// Its number in the plan.
    let number: Int

    /// The identity of the trial, which is found faster than the trial.
    public var id: TrialID { storage.plan.ids[number] }

    /// The trial.
    public var trial: Trial { storage.plan.trial(at: number) }

    /// How it ended; nil where it has not run.
    public var status: TrialStatus? { storage.endings[number]?.status }

    /// Why it was not done; nil where it was, or has not run.
    public var reason: String? { result?.reason }

    /// What it took; nil where it has not run.
    public var cost: TrialCost? { result?.cost }

    /// A score; nil where it is missing.
    public func score(_ column: ScoreColumn) -> Double? { score(column.key) }

    /// A score of recall, of the tests that the sweep asks for, or a resource; nil where it is
    /// missing.
    public func score(_ key: String) -> Double? {
      guard let result, let place = storage.places[key] else { return nil }
      let value = result.scores[place]
      return value.isNaN ? nil : value
    }

    private var result: TrialResult? {
      storage.endings[number].map { storage.results[$0.result] }
    }
  }

  /// A row per trial of the plan, sorted by parameters; with searches, per trial that they have come
  /// to.
  public var rows: LazyMapCollection<[Int], Row> {
    order.lazy.map { [storage] in Row(storage: storage, number: $0) }
  }

  /// The row of a trial of the plan.
  func row(_ number: Int) -> Row { Row(storage: storage, number: number) }
}
