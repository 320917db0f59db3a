import Experiment
import MPI
import NeuralCore
import SweepPlan

/// How a rank executes a trial.
package enum TrialExecution: Sendable {
  /// Simulates and scores the network, as every sweep does.
  case simulation
  /// Waits for a time that depends on the trial's parameters [s], and returns a fixed status and
  /// JSON result. This measures the cost of everything else.
  case waiting(@Sendable (ParameterSet) -> Double, TrialStatus, content: [UInt8])

  /// Executes a trial with the help of a team; returns its status, the score that decides which trials
  /// run next, and its JSON for the journal; nil if it left because of a stop request. Calls `didSave` after each
  /// checkpoint, and `didSimulate` with the steps so far after each cycle.
  typealias Executor =
    @Sendable (
      _ trial: Trial, _ team: WindowTeam, _ stopRequest: @escaping @Sendable () -> StopRequest,
      _ didSave: @escaping @Sendable () -> Void, _ didSimulate: @escaping @Sendable (Int) -> Void
    ) -> (status: TrialStatus, score: Double?, content: [UInt8])?

  /// The function that executes trials on a rank.
  ///
  /// - Parameter admission: Lets trials start while there is memory for them.
  func executor(_ setup: RankSetup, rank: Int, admission: TrialAdmission) -> Executor {
    switch self {
    case .simulation:
      let host = hostName()
      return { trial, team, stopRequest, didSave, didSimulate in
        var control = TrialControl(
          stopRequest: stopRequest, timeout: setup.sweep.trialTimeout,
          checkpoints: setup.checkpoints,
          didSave: didSave)
        control.requestInCycle = stopRequest
        control.team = team
        control.didSimulate = didSimulate
        let runner = TrialRunner(
          scoreGroups: setup.sweep.scoreGroups, files: setup.files, rank: rank, host: host,
          control: control)
        var parts: [MemoryShares.Part] = []
        var refusal: MemoryExceeded?
        do throws(MemoryExceeded) {
          guard
            let taken = try admission.admit(
              setup.memory(of: trial), isLeaving: { stopRequest() != .none })
          else { return nil }
          parts = taken
        } catch {
          refusal = error
        }
        let result = refusal.map { runner.refuse(trial, because: $0) } ?? runner.run(trial)
        withExtendedLifetime(parts) {}
        guard let (status, content) = result else { return nil }
        let sweep = setup.sweep
        let deciding = sweep.decidingScore.flatMap {
          $0.counted(content.scores[$0], recalled: content.scores.recalled)
        }
        do {
          return (status, deciding, try content.json())
        } catch {
          preconditionFailure("cannot encode a result: \(error)")
        }
      }
    case .waiting(let seconds, let status, let content):
      return { trial, _, _, _, _ in
        let seconds = seconds(trial.parameters)
        if seconds > 0 { WakeableSleep().sleep(for: .seconds(seconds)) }
        return (status, nil, content)
      }
    }
  }
}
