import MPI
import Runner

/// Measures how many trials per second pass through coordinator, ranks and journal if the trials
/// themselves take no time.
public struct DispatchBenchmark: Sendable {
  /// The measurements.
  public struct Outcome: Codable, Sendable {
    /// Number of trials.
    public var trials: Int
    /// Number of ranks, and of compute threads over all of them.
    public var ranks: Int
    public var threads: Int
    /// Wall-clock time [s].
    public var seconds: Double
    /// How long the coordinator's thread was awake [s].
    public var coordinatorSeconds: Double

    /// Trials per second.
    public var trialsPerSecond: Double { Double(trials) / seconds }
    /// Time of the coordinator for each trial [s].
    public var coordinatorSecondsPerTrial: Double { coordinatorSeconds / Double(trials) }
  }

  /// Number of trials.
  public var trials: Int

  /// Whether each trial is sent alone, as long trials are, or together with many others, as short
  /// ones are.
  public var isOneByOne: Bool

  /// Prepares a benchmark.
  public init(trials: Int = 100_000, isOneByOne: Bool = false) {
    self.trials = trials
    self.isOneByOne = isOneByOne
  }

  /// Measures over the ranks of a world. Call it on each rank.
  ///
  /// - Parameters:
  ///   - folder: The folder for the journal, which is kept: use the folder of real results, since
  ///     the file system affects the time. Nil for a temporary folder that is removed afterwards.
  ///   - threads: Compute threads of each rank.
  /// - Returns: The measurements on rank 0; nil on the others.
  public func run(
    over world: any Communicator, folder: String? = nil, threads: Int = 1
  ) throws -> Outcome? {
    let sweep = WaitingSweep(trials: trials, isOneByOne: isOneByOne)
    return try sweep.run(over: world, folder: folder, threads: threads).map {
      Outcome(
        trials: $0.ran, ranks: $0.ranks, threads: $0.threads, seconds: $0.seconds,
        coordinatorSeconds: $0.dispatchSeconds)
    }
  }
}
