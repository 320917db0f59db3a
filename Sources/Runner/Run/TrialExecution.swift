import Experiment
import MPI
import SweepPlan

/// What a rank does with a trial.
package enum TrialExecution: Sendable {
  /// Simulates and scores the network, as every sweep does.
  case simulation
  /// Waits for as long as this says of a trial's parameters [s], and says that the trial has ended
  /// with this JSON as its result: that shows what all else costs.
  case waiting(@Sendable (ParameterSet) -> Double, TrialStatus, content: [UInt8])

  /// Executes a trial; gives how it ended, what that says to the sweep's search, if it has one, and
  /// the JSON of what the journal shall hold; nil where it left because `isLeaving` said so. Calls
  /// `didSave` whenever the trial has saved itself.
  typealias Executor =
    @Sendable (
      _ trial: Trial, _ isLeaving: @escaping @Sendable () -> Bool,
      _ didSave: @escaping @Sendable () -> Void
    ) -> (status: TrialStatus, outcome: SearchOutcome?, content: [UInt8])?

  /// What executes trials on a rank.
  func executor(_ setup: RankSetup, rank: Int) -> Executor {
    switch self {
    case .simulation:
      let host = hostName()
      return { trial, isLeaving, didSave in
        let control = TrialControl(
          isStopping: isLeaving, timeout: setup.trialTimeout, checkpoints: setup.checkpoints,
          didSave: didSave)
        let runner = TrialRunner(
          tests: setup.tests, files: setup.files, rank: rank, host: host, control: control)
        guard let (status, content) = runner.run(trial) else { return nil }
        let outcome = setup.criterion.map {
          $0.outcome(status, score: content.scores[$0.column])
        }
        do {
          return (status, outcome, try content.json())
        } catch {
          preconditionFailure("a result is no JSON: \(error)")
        }
      }
    case .waiting(let seconds, let status, let content):
      return { trial, _, _ in
        let seconds = seconds(trial.parameters)
        if seconds > 0 { Bell().wait(for: .seconds(seconds)) }
        return (status, nil, content)
      }
    }
  }
}
