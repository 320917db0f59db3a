import Sweep

/// The trials of a plan with what the journal holds of them, sorted by parameters.
public struct SweepResults: Sendable {
  /// One trial of the plan.
  public struct Row: Sendable {
    /// The trial.
    public let trial: Trial
    /// How it ended; nil where it has not run.
    public let status: TrialStatus?
    /// Its results; nil where it has not run.
    public let content: TrialContent?

    /// A score; nil where it is missing.
    public func score(_ column: ScoreColumn) -> Double? { content?.scores[column.key] }
  }

  /// The plan.
  public let plan: Plan

  /// The columns of the tests that the sweep asks for, and of the resources.
  public let columns: [ScoreColumn]

  /// A row per trial of the plan, sorted by parameters.
  public let rows: [Row]

  /// Joins a plan with a journal. Rows of the journal that the plan does not ask for stay out.
  ///
  /// - Throws: What decoding a row's content throws.
  public init(tests: [SweepTest], plan: Plan, journal: JournalContents) throws {
    self.plan = plan
    columns = ScoreColumn.columns(for: tests)
    rows = try (0..<plan.count).map { index in
      let trial = plan.trial(at: index)
      guard let line = journal.rows[trial.id] else {
        return Row(trial: trial, status: nil, content: nil)
      }
      return Row(trial: trial, status: line.status, content: try TrialContent(line.content))
    }.sorted { ($0.trial.parameters, $0.trial.id) < ($1.trial.parameters, $1.trial.id) }
  }

  /// How many trials ended in a way.
  public func count(_ status: TrialStatus) -> Int { rows.count { $0.status == status } }

  /// How many trials ran but were not done.
  public var failed: Int { rows.count { $0.status.map { $0 != .done } ?? false } }

  /// How many trials have not run.
  public var missing: Int { rows.count { $0.status == nil } }
}
