import FoundationEssentials
import Glibc
import NeuralCore
import SweepPlan

/// One attempt at a trial: its clock and its checkpoints.
package final class TrialAttempt {
  /// When it started [seconds since 1970, UTC].
  package let start = Date().timeIntervalSince1970

  /// How many steps have been simulated, those of earlier attempts included.
  package private(set) var steps = 0 { didSet { control.didSimulate(steps) } }

  /// How long this thread computed [s], earlier attempts included. Time in which the process was stopped, the
  /// machine slept, or others had the core does not count.
  package var seconds: Double { earlier + Self.threadSeconds() - begun }

  /// The same with the time of the threads that have helped in this attempt [core-seconds]; nil if none
  /// has.
  package var coreSeconds: Double? {
    guard let team = control.team, team.helpersSeconds > helpedBefore else { return nil }
    return seconds + team.helpersSeconds - helpedBefore
  }

  private let trial: TrialID
  private let control: TrialControl
  private let begun = TrialAttempt.threadSeconds()
  private let helpedBefore: Double
  private var earlier = 0.0
  private var lastSaved = 0.0
  /// When the time was last compared with the timeout within a cycle.
  private var lastLook = ContinuousClock.now
  /// The time of the latest cycle of training or replay [s].
  private var cycleSeconds = 0.0
  /// The cycle that runs; nil while nothing can be saved.
  private var running: Running?
  /// The trial at the end of training, if it is worth a file and has not been saved.
  private var trained: TrialCheckpoint?

  /// The least work that is worth a file when the run ends [s].
  package static let worthSaving = 1.0
  /// This part of the interval between checkpoints is worth a file at the end of training [1].
  private static let worthSavingTrained = 0.05
  /// A network that is larger is saved at the end of training, rather than kept beside itself [bytes].
  private static let mostKept = 1 << 20

  /// How often a cycle reads the clock of its thread, which costs more than other clocks.
  private static let looks = Duration.milliseconds(10)
  /// When the run ends, a cycle may go on for this time, so that its trial can be saved [s].
  private static let longestWait = 10.0

  /// The time between two checkpoints if a cycle takes longer than that [s].
  private static let shortInterval = 60.0

  /// A cycle of training or replay that runs.
  private struct Running {
    /// Whether the trial can be saved when the cycle ends.
    var canBeSaved: Bool
    /// The steps before the cycle.
    var before: Int
    /// Steps of the task in one step of the learner.
    var stepLength: Int
    let start = ContinuousClock.now

    /// The time since its start [s].
    var seconds: Double { start.duration(to: .now) / .seconds(1) }
  }

  package init(_ trial: Trial, _ control: TrialControl) {
    self.trial = trial.id
    self.control = control
    helpedBefore = control.team?.helpersSeconds ?? 0
  }

  /// The checkpoint of an earlier attempt without its network, and the learner that continues; nil if there
  /// is nothing that fits.
  package func saved(of model: TrialModel) -> (TrialCheckpoint, any Learner)? {
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

  /// The control of the cycles of this trial.
  package var ofCycles: CycleControl {
    CycleControl(
      team: control.team,
      checkForStop: { [self] in try checkForStop(step: $0, of: $1) },
      checkAfterCycle: { [self] in try checkForStop() })
  }

  /// Begins a cycle of training or replay.
  ///
  /// - Parameter stepLength: Steps of the task in one step of the learner.
  package func begin(_ cycle: Cycle, stepLength: Int) {
    running = Running(
      canBeSaved: cycle.phase == .training, before: steps, stepLength: stepLength)
  }

  /// Ends a cycle of training or replay.
  ///
  /// - Parameter count: Its number of steps of the task.
  package func end(steps count: Int) {
    guard let running else { return }
    steps = running.before + count / running.stepLength
    cycleSeconds = running.seconds
    self.running = nil
  }

  /// The same as ``checkForStop()`` within a cycle. At the end of the run, a cycle may go on for
  /// some seconds if its trial can be saved after it.
  private func checkForStop(step: Int, of count: Int) throws {
    if let running { steps = running.before + step / running.stepLength }
    if control.timeout != nil, lastLook.duration(to: .now) > Self.looks {
      lastLook = .now
      try checkTime()
    }
    switch control.requestInCycle() {
    case .none: return
    case .discard: throw TrialInterruption()
    case .save:
      guard let running, running.canBeSaved, let folder = control.checkpoints,
        isWorthSaving(seconds - lastSaved, folder)
      else { throw TrialInterruption() }
      guard running.seconds * Double(count - step) <= Self.longestWait * Double(step) else {
        throw TrialInterruption()
      }
    }
  }

  private func checkTime() throws {
    if let timeout = control.timeout, seconds > timeout { throw TrialTimeout(allowed: timeout) }
  }

  /// Leaves if the time is over or the run is ending.
  ///
  /// - Throws: ``TrialTimeout`` or ``TrialInterruption``.
  package func checkForStop() throws {
    try checkTime()
    if control.stopRequest() != .none { throw TrialInterruption() }
  }

  /// The same between two training cycles, when the trial can be saved.
  ///
  /// - Parameters:
  ///   - checkpoint: Makes the checkpoint from the steps and seconds so far.
  ///   - isLast: Whether training is over. The rest of a trial cannot be saved, so this state is kept.
  package func checkForStop(
    savingWith checkpoint: (Int, Double) -> TrialCheckpoint, isLast: Bool
  ) throws {
    if let folder = control.checkpoints {
      let unsaved = seconds - lastSaved
      if unsaved >= interval(folder) * (isLast ? Self.worthSavingTrained : 1)
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
  package func leave() {
    if let trained, control.stopRequest() == .save { save(trained) }
  }

  /// The time between two checkpoints [s]. A trial that would leave in the middle of its cycles is
  /// saved more often, since it then loses what it has done since its latest checkpoint.
  private func interval(_ folder: CheckpointFolder) -> Double {
    cycleSeconds > Self.longestWait ? min(folder.interval, Self.shortInterval) : folder.interval
  }

  private func isWorthSaving(_ unsaved: Double, _ folder: CheckpointFolder) -> Bool {
    unsaved >= min(Self.worthSaving, folder.interval)
  }

  private func save(_ checkpoint: TrialCheckpoint) {
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
  /// Whether the trial must stop. Called after each cycle.
  package var stopRequest: @Sendable () -> StopRequest

  /// The same within a cycle, after each window of steps.
  package var requestInCycle: @Sendable () -> StopRequest = { .none }

  /// The longest that a trial may take [s]; nil for any time.
  package var timeout: Double?

  /// Where long trials save themselves; nil for nowhere.
  package var checkpoints: CheckpointFolder?

  /// The threads that help the trial; nil for none.
  package var team: WindowTeam?

  /// Called whenever the trial has saved itself.
  package var didSave: @Sendable () -> Void

  /// Called several times in each cycle with the steps that have been simulated until then.
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
