import FoundationEssentials
import MPI
import Sweep

/// How many trials per second pass through coordinator, ranks and journal if they take no time.
///
/// The trials are those of a real sweep file and go the whole way: planned, ordered, assigned,
/// expanded on their rank, and written to the journal with a result of the usual size. Only their
/// simulation is left out.
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
  ///     stays there afterwards.
  ///   - threads: Compute threads of each rank.
  /// - Returns: What was measured, on rank 0; nil on the others.
  public func run(
    over world: any Communicator, folder: String, threads: Int = 1
  ) throws -> Outcome? {
    // Trials that fail say nothing about how long others take, which stay long ones by their
    // parameters.
    let execution = TrialExecution.nothing(
      isOneByOne ? .failed : .done, content: Array(Self.content.utf8))
    guard world.rank == 0 else {
      try SweepRun.follow(world, threads: threads, execution: execution)
      return nil
    }
    let sweep = try SweepFile(Array(file.utf8), path: "dispatch.yaml")
    let outcome = try SweepRun(
      sweep: sweep, plan: try Plan(sweep), folder: folder, options: .init(threads: threads),
      world: world, execution: execution
    ).lead(warn: { _ in }, show: { _ in })
    return Outcome(
      trials: outcome.ran, ranks: outcome.ranks, threads: outcome.threads,
      seconds: outcome.seconds, coordinatorSeconds: outcome.dispatchSeconds)
  }

  /// Measures in this process alone, with a journal in the folder for temporary files, which is
  /// removed.
  public func measuredInThisProcess() throws -> Outcome {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("elise-sweep-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    guard let outcome = try run(over: LocalCommunicator(), folder: folder) else {
      preconditionFailure("a world of one has a rank 0")
    }
    return outcome
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

  /// A result of the usual size.
  private static let content: String = {
    let scores = (10..<40).map { "\"score_number_\($0)\":0.\($0)46201738519264" }
    let parameters = (10..<46).map { "\"parameter_\($0)\":0.\($0)25" }
    return """
      {"cost":{"host":"node","rank":1,"seconds":0.001,"start":1785000000.123456,"steps":1},\
      "inputs":{},"parameters":{\(parameters.joined(separator: ","))},\
      "scores":{\(scores.joined(separator: ","))}}
      """
  }()
}
