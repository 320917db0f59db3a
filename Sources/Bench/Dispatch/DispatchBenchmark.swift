import MPI
import SweepPlan

/// How many trials per second pass through coordinator, ranks and journal if they take no time.
///
/// The trials are those of a real sweep file and go the whole way; only their simulation is left out.
public struct DispatchBenchmark: Sendable {
  /// What was measured.
  public struct Outcome: Codable, Sendable {
    /// Trials that passed.
    public var trials: Int
    /// Ranks and compute threads over all of them.
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

  /// How many trials pass.
  public var trials: Int

  /// Whether each passes alone, as long trials do, or many together, as short ones do.
  public var isOneByOne: Bool

  /// Prepares a benchmark.
  public init(trials: Int = 100_000, isOneByOne: Bool = false) {
    self.trials = trials
    self.isOneByOne = isOneByOne
  }

  /// Measures over the ranks of a world. To be called on each of them.
  ///
  /// - Parameters:
  ///   - folder: Where the journal is written, which counts: the folder of real results is best. It
  ///     stays there afterwards; nil for one among temporary files that does not.
  ///   - threads: Compute threads of each rank.
  /// - Returns: What was measured, on rank 0; nil on the others.
  public func run(
    over world: any Communicator, folder: String? = nil, threads: Int = 1
  ) throws -> Outcome? {
    // Trials that fail say nothing about how long others take, which stay long ones by their
    // parameters.
    let sweep = WaitingSweep(file: file, status: isOneByOne ? .failed : .done)
    return try sweep.run(over: world, folder: folder, threads: threads).map {
      Outcome(
        trials: $0.ran, ranks: $0.ranks, threads: $0.threads, seconds: $0.seconds,
        coordinatorSeconds: $0.dispatchSeconds)
    }
  }

  /// What the coordinator takes for a trial that passes alone, measured in this process [s].
  public static func coordinatorSecondsPerTrial() throws -> Double {
    let benchmark = DispatchBenchmark(trials: 2_000, isOneByOne: true)
    // The least of several counts, since other work on the machine only ever adds.
    return try (0..<3).map { _ in
      guard let outcome = try benchmark.run(over: LocalCommunicator()) else {
        preconditionFailure("a world of one has a rank 0")
      }
      return outcome.coordinatorSecondsPerTrial
    }.min()!
  }

  private var file: String {
    """
    name: dispatch
    fixed:
      pattern: generated
      vocabulary: 13
      order: 3
      sequence_length: 25
      training_cycles: 100000
    grid:
      latent: [10, 20, 30, 50]
      seed: {from: 1, to: \((trials + 3) / 4)}
    """
  }
}
