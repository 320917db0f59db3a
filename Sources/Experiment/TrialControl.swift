import SweepPlan

/// What a trial heeds while it runs.
package struct TrialControl: Sendable {
  /// Whether the run is ending, so that the trial shall save itself and leave.
  package var isStopping: @Sendable () -> Bool

  /// The longest that a trial may take [s]; nil for any time.
  package var timeout: Double?

  /// Where long trials save themselves; nil for nowhere.
  package var checkpoints: CheckpointFolder?

  /// Called whenever the trial has saved itself.
  package var didSave: @Sendable () -> Void

  package init(
    isStopping: @escaping @Sendable () -> Bool = { false }, timeout: Double? = nil,
    checkpoints: CheckpointFolder? = nil, didSave: @escaping @Sendable () -> Void = {}
  ) {
    self.isStopping = isStopping
    self.timeout = timeout
    self.checkpoints = checkpoints
    self.didSave = didSave
  }
}

/// A trial had no more time.
package struct TrialTimeout: Error, CustomStringConvertible {
  /// What it was allowed [s].
  package let allowed: Double

  package var description: String {
    "took longer than trial_timeout, \(DurationText.text(allowed))"
  }
}

/// A trial left because the run is ending.
package struct TrialInterruption: Error {}
