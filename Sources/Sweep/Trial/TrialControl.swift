/// What a trial heeds while it runs.
struct TrialControl: Sendable {
  /// Whether the run is ending, so that the trial shall save itself and leave.
  var isStopping: @Sendable () -> Bool = { false }

  /// The longest that a trial may take [s]; nil for any time.
  var timeout: Double?

  /// Where long trials save themselves; nil for nowhere.
  var checkpoints: CheckpointFolder?

  /// Called whenever the trial has saved itself.
  var didSave: @Sendable () -> Void = {}
}

/// A trial had no more time.
struct TrialTimeout: Error, CustomStringConvertible {
  /// What it was allowed [s].
  let allowed: Double

  var description: String { "took longer than trial_timeout, \(DurationText.text(allowed))" }
}

/// A trial left because the run is ending.
struct TrialInterruption: Error {}
