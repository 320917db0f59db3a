import Report

/// What `elise-sweep status --json` prints: the facts of ``StatusText``.
struct StatusRecord: Encodable {
  /// A run in progress, or one that was killed.
  struct Run: Encodable {
    /// `running`, `suspended`, `writing` (tables and figures) or `killed`.
    let state: String
    let host: String
    let ranks: Int
    /// Compute threads over all ranks.
    let threads: Int
    let shard: String?
    /// When the run began (ISO 8601, UTC).
    let start: String
    let secondsSinceUpdate: Double
    /// The part of this run's work that is done, in [0, 1].
    let fraction: Double
    let trialsPerSecond: Double
    /// Expected time until the end; nil unless the run is `running` [s].
    let remainingSeconds: Double?
  }

  /// The searches of a sweep, or its conditions that get replicates.
  struct Units: Encodable {
    let count: Int
    let ended: Int
    /// The searches that stopped at a failed trial; nil for conditions.
    let failed: Int?
    /// The searches that have found their frontier and wait for values beyond it; nil for conditions.
    let verifying: Int?
    /// Trials that they still run, at least and at most.
    let trialsLeftAtLeast: Int
    let trialsLeftAtMost: Int
  }

  /// Why trials failed.
  struct Reason: Encodable {
    let reason: String
    let trials: Int
  }

  let sweep: String
  let folder: String
  let trials: Int
  let done: Int
  let failed: Int
  let running: Int
  let pending: Int
  let savedHalfWay: Int
  let searches: Units?
  /// The conditions that get replicates.
  let until: Units?
  let runs: [Run]
  let secondsSinceLastResult: Double?
  let reasons: [Reason]
}
