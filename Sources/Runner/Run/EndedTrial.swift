import Experiment
import Journal
import SweepPlan

/// A trial that has just ended, for whoever watches a run.
public struct EndedTrial: Sendable {
  /// Its number in the plan.
  public let number: Int
  /// How it ended.
  public let status: TrialStatus
  /// How long it took [s].
  public let seconds: Double

  private let line: ArraySlice<UInt8>

  init(_ trial: ResultMessage) {
    number = trial.number
    status = trial.status
    seconds = trial.seconds
    line = trial.line
  }

  /// What the journal holds of it. Reading it takes a while: a run with many short trials should ask
  /// for the few that matter.
  ///
  /// - Throws: What `JSONDecoder` throws.
  public func content() throws -> TrialContent {
    guard let line = JournalLine(line) else {
      preconditionFailure("the line of trial \(number) was damaged within this program")
    }
    return try TrialContent(line.content)
  }
}
