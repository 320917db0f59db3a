import FoundationEssentials
import Glibc
import NeuralCore
import SweepPlan

/// One attempt at a trial: its clock and its checkpoints.
package struct TrialAttempt {
  /// When it started [seconds since 1970, UTC].
  package let start = Date().timeIntervalSince1970

  /// How many steps have been simulated, those of earlier attempts included.
  package var steps = 0 { didSet { control.didSimulate(steps) } }

  /// How long this thread computed [s], earlier attempts included. Time in which the process was stopped, the
  /// machine slept, or others had the core does not count.
  package var seconds: Double { earlier + Self.threadSeconds() - begun }

  private let trial: TrialID
  private let control: TrialControl
  private let begun = Self.threadSeconds()
  private var earlier = 0.0
  private var lastSaved = 0.0
  /// The trial at the end of training, if it is worth a file and has not been saved.
  private var trained: TrialCheckpoint?

  /// The least work that is worth a file when the run ends [s].
  package static let worthSaving = 1.0
  /// This part of the interval between checkpoints is worth a file at the end of training [1].
  private static let worthSavingTrained = 0.05
  /// A network that is larger is saved at the end of training, rather than kept beside itself [bytes].
  private static let mostKept = 1 << 20

  package init(_ trial: Trial, _ control: TrialControl) {
    self.trial = trial.id
    self.control = control
  }

  /// The checkpoint of an earlier attempt without its network, and the learner that continues; nil if there
  /// is nothing that fits.
  package mutating func saved(of model: TrialModel) -> (TrialCheckpoint, any Learner)? {
    guard var saved = control.checkpoints?.load(trial),
      saved.freeTests.count == model.targets.count
    else { return nil }
    // Its arrays make room for the learner as soon as that has them.
    let state = LearnerState(saved.network)
    saved.network = [:]
    guard let learner = model.learner(continuing: state) else { return nil }
    steps = saved.steps
    earlier = saved.seconds
    lastSaved = saved.seconds
    return (saved, learner)
  }

  /// Leaves if the time is over or the run is ending.
  ///
  /// - Throws: ``TrialTimeout`` or ``TrialInterruption``.
  package func checkForStop() throws {
    if let timeout = control.timeout, seconds > timeout { throw TrialTimeout(allowed: timeout) }
    if control.stopRequest() != .none { throw TrialInterruption() }
  }

  /// The same between two training cycles, when the trial can be saved.
  ///
  /// - Parameters:
  ///   - checkpoint: Makes the checkpoint from the steps and seconds so far.
  ///   - isLast: Whether training is over. The rest of a trial cannot be saved, so this state is kept.
  package mutating func checkForStop(
    savingWith checkpoint: (Int, Double) -> TrialCheckpoint, isLast: Bool
  ) throws {
    if let folder = control.checkpoints {
      let unsaved = seconds - lastSaved
      if unsaved >= folder.interval * (isLast ? Self.worthSavingTrained : 1)
        || control.stopRequest() == .save && isWorthSaving(unsaved, folder)
      {
        save(checkpoint(steps, seconds))
      } else if isLast && isWorthSaving(unsaved, folder) {
        let last = checkpoint(steps, seconds)
        if last.size > Self.mostKept { save(last) } else { trained = last.kept() }
      }
    }
    try checkForStop()
  }

  /// Saves the state at the end of training if the run ends after it.
  package mutating func leave() {
    if let trained, control.stopRequest() == .save { save(trained) }
  }

  private func isWorthSaving(_ unsaved: Double, _ folder: CheckpointFolder) -> Bool {
    unsaved >= min(Self.worthSaving, folder.interval)
  }

  private mutating func save(_ checkpoint: TrialCheckpoint) {
    // A disk that is full, or that this node does not see, costs no more than the checkpoint.
    if (try? control.checkpoints?.save(checkpoint, of: trial)) != nil { control.didSave() }
    lastSaved = checkpoint.seconds
    trained = nil
  }

  /// The time that the calling thread has computed [s].
  private static func threadSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
  }

  /// Removes the checkpoint, since the trial is finished.
  package func forget() {
    control.checkpoints?.remove(trial)
  }
}

/// What a running trial is asked to do.
package enum StopRequest: Sendable {
  /// Nothing.
  case none
  /// Save a checkpoint if that is worthwhile, and stop: the run is ending.
  case save
  /// Stop: nobody needs the result.
  case discard
}

/// Stop and checkpoint controls of a trial.
package struct TrialControl: Sendable {
  /// Whether the trial must stop.
  package var stopRequest: @Sendable () -> StopRequest

  /// The longest that a trial may take [s]; nil for any time.
  package var timeout: Double?

  /// Where long trials save themselves; nil for nowhere.
  package var checkpoints: CheckpointFolder?

  /// Called whenever the trial has saved itself.
  package var didSave: @Sendable () -> Void

  /// Called after each cycle with the steps that have been simulated until then.
  package var didSimulate: @Sendable (Int) -> Void = { _ in }

  package init(
    stopRequest: @escaping @Sendable () -> StopRequest = { .none }, timeout: Double? = nil,
    checkpoints: CheckpointFolder? = nil, didSave: @escaping @Sendable () -> Void = {}
  ) {
    self.stopRequest = stopRequest
    self.timeout = timeout
    self.checkpoints = checkpoints
    self.didSave = didSave
  }
}

/// A trial had no more time.
package struct TrialTimeout: Error, CustomStringConvertible {
  /// The allowed time [s].
  package let allowed: Double

  package var description: String {
    "took longer than trial_timeout, \(DurationText.text(allowed))"
  }
}

/// A trial left because the run is ending.
package struct TrialInterruption: Error {}
