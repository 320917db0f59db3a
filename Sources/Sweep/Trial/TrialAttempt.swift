import FoundationEssentials
import NeuralCore

/// One attempt at a trial: its clock, and what it saves of itself on the way.
struct TrialAttempt {
  /// When it started [seconds since 1970, UTC].
  let start = Date().timeIntervalSince1970

  /// How many steps have been simulated, those of earlier attempts included.
  var steps = 0

  /// How long they took [s], earlier attempts included.
  var seconds: Double { earlier + begun.duration(to: .now).inSeconds }

  private let trial: TrialID
  private let control: TrialControl
  private let begun = ContinuousClock.now
  private var earlier = 0.0
  private var lastSaved = 0.0

  /// A trial that is younger than this part of the interval between checkpoints is not worth a file
  /// when the run ends [1].
  private static let worthSaving = 0.05

  init(_ assignment: TrialAssignment, _ control: TrialControl) {
    trial = assignment.id
    self.control = control
  }

  /// What an earlier attempt saved, and the network that continues from it; nil where there is
  /// nothing that fits.
  mutating func saved(of model: TrialModel) -> (TrialCheckpoint, any Learner)? {
    guard let saved = control.checkpoints?.load(trial),
      saved.freeTests.count == model.targets.count,
      let learner = model.learner(continuing: saved.network)
    else { return nil }
    steps = saved.steps
    earlier = saved.seconds
    lastSaved = saved.seconds
    return (saved, learner)
  }

  /// Leaves if the time is over or the run is ending.
  ///
  /// - Throws: ``TrialTimeout`` or ``TrialInterruption``.
  func heed() throws {
    if let timeout = control.timeout, seconds > timeout { throw TrialTimeout(allowed: timeout) }
    if control.isStopping() { throw TrialInterruption() }
  }

  /// The same between two training cycles, where the trial can be saved.
  ///
  /// - Parameters:
  ///   - checkpoint: Gives what is saved, from the steps and seconds so far.
  ///   - isLast: Whether training is over: what follows cannot be saved.
  mutating func heed(
    savingWith checkpoint: (Int, Double) -> TrialCheckpoint, isLast: Bool
  ) throws {
    if let folder = control.checkpoints {
      let seconds = seconds
      let isDue = seconds - lastSaved >= folder.interval
      let isEnd = isLast || control.isStopping()
      if isDue || isEnd && seconds - lastSaved >= Self.worthSaving * folder.interval {
        // A disk that is full, or that this node does not see, costs no more than the checkpoint.
        try? folder.save(checkpoint(steps, seconds), of: trial)
        lastSaved = seconds
      }
    }
    try heed()
  }

  /// Removes what was saved: the trial is finished.
  func forget() {
    control.checkpoints?.remove(trial)
  }
}
