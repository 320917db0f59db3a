import Experiment
import Journal
import MPI
import NeuralCore
import SweepPlan

/// Runs finished trials again and compares the results bit by bit.
public struct Verification: Sendable {
  /// A trial that was run again.
  public struct Result: Sendable {
    /// The trial.
    public let trial: Trial
    /// The differences, as `key: journal against now`; empty if there are none.
    public let differences: [String]
  }

  private let plan: Plan
  private let journal: JournalContents
  private let runner: TrialRunner
  private let scoreGroups: [ScoreGroup]

  /// Which trials outcomes have chosen; nil if all trials are run.
  private let choice: (any TrialChoice)?

  /// Prepares to run trials of a plan again.
  ///
  /// - Parameter team: Threads that help the trials.
  /// - Throws: The errors of reading the journal.
  public init(
    sweep: SweepFile, plan: Plan, journal: JournalContents, team: WindowTeam? = nil
  ) throws {
    self.plan = plan
    choice = try plan.choice(journal, scoreGroups: sweep.scoreGroups)
    self.journal = journal
    scoreGroups = sweep.scoreGroups
    var control = TrialControl()
    control.team = team
    runner = TrialRunner(
      scoreGroups: sweep.scoreGroups, files: plan.texts, rank: 0, host: hostName(), control: control
    )
  }

  /// The indices of some finished trials, spread evenly over the plan; all if there are fewer.
  public func sample(_ count: Int) -> [Int] {
    let done = (0..<plan.count).filter { index in
      guard choice?.asksFor(index) ?? true, let row = journal.rows[plan.ids[index]] else {
        return false
      }
      return row.status == .done && row.scoreGroups.isSuperset(of: scoreGroups)
    }
    guard done.count > count else { return done }
    return (0..<count).map { done[(2 * $0 + 1) * done.count / (2 * count)] }
  }

  /// Runs one trial again.
  ///
  /// - Parameter index: Its index in the plan; one of a ``sample(_:)``.
  /// - Throws: The errors of reading the journal.
  public func check(_ index: Int) throws -> Result {
    let trial = plan.trial(at: index)
    guard let row = journal.rows[trial.id], let again = runner.run(trial) else {
      preconditionFailure("trial \(index) has no row")
    }
    let kept = try TrialRecord(journal.content(of: row))
    var differences: [String] = []
    if again.status != row.status {
      differences.append("status: \(row.status) against \(again.status)")
    }
    // The journal may hold more scores than are requested now.
    differences += kept.differences(
      from: again.content.scores, in: ScoreColumn.columns(for: scoreGroups))
    return Result(trial: trial, differences: differences)
  }
}
