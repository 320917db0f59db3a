import MPI
import Runner
import SweepPlan

/// Compares the time of runs with the prediction of `plan`.
///
/// Trials wait instead of being simulated, so there can be many more ranks than cores; all else is
/// real. The sweep varies the size of networks and the length of sequences, like
/// `sweeps/scaling.yaml`, and the waiting times have the proportions of the cost model. The
/// prediction comes from the simulation that `plan` uses.
public struct ScheduleBenchmark: Sendable {
  /// The measurements.
  public struct Outcome: Codable, Sendable {
    /// Number of trials.
    public var trials: Int
    /// Number of ranks, and of compute threads over all of them.
    public var ranks: Int
    public var threads: Int
    /// Time of the shortest and of the longest trial [s].
    public var shortest: Double
    public var longest: Double
    /// Wall-clock time [s].
    public var seconds: Double
    /// The prediction [s].
    public var predictedSeconds: Double
    /// How long the coordinator's thread was awake [s].
    public var coordinatorSeconds: Double
    /// The prediction [s].
    public var predictedCoordinatorSeconds: Double

    /// Measured over predicted time.
    public var ratio: Double { seconds / predictedSeconds }
  }

  /// Number of trials: a multiple of the number of conditions.
  public let trials: Int

  /// Time of all trials together [core-seconds].
  public let coreSeconds: Double

  private static let latent = [15, 20, 30, 40, 60, 80]
  private static let lengths = [6, 10, 15, 25, 40, 60]
  private let seeds: Int

  /// Prepares a benchmark.
  ///
  /// - Parameter trials: The least number of trials.
  public init(trials: Int, coreSeconds: Double) {
    let conditions = Self.latent.count * Self.lengths.count
    seeds = (trials + conditions - 1) / conditions
    self.trials = conditions * seeds
    self.coreSeconds = coreSeconds
  }

  /// Measures over the ranks of a world. Call it on each rank.
  ///
  /// - Parameters:
  ///   - threads: Compute threads of each rank.
  ///   - coordinatorSeconds: Time of the coordinator for one trial, for the prediction [s].
  /// - Returns: The measurements on rank 0; nil on the others.
  public func run(
    over world: any Communicator, threads: Int, coordinatorSeconds: Double
  ) throws -> Outcome? {
    var sweep = WaitingSweep(file: file)
    let plan = try sweep.plan()
    let times = (0..<plan.count).map { Self.guess(plan.trial(at: $0).parameters) }
    let pace = coreSeconds / times.reduce(0, +)
    sweep.seconds = { pace * Self.guess($0) }
    guard let outcome = try sweep.run(over: world, folder: nil, threads: threads) else {
      return nil
    }
    let predicted = Forecast.Schedule(
      plan, seconds: sweep.seconds, ranks: world.size, threads: threads,
      coordinatorSeconds: coordinatorSeconds)
    return Outcome(
      trials: outcome.ran, ranks: outcome.ranks, threads: outcome.threads,
      shortest: pace * times.min()!, longest: pace * times.max()!, seconds: outcome.seconds,
      predictedSeconds: predicted.seconds, coordinatorSeconds: outcome.dispatchSeconds,
      predictedCoordinatorSeconds: predicted.coordinatorLoad * predicted.seconds)
  }

  /// The approximate time of a trial if it were simulated [s].
  private static func guess(_ parameters: ParameterSet) -> Double {
    guard let request = parameters.patternRequest else {
      preconditionFailure("no generated pattern")
    }
    let pattern = PatternSize(visible: request.visible, notes: request.length)
    return CostModel().seconds(TrialShape(parameters, patterns: [pattern]))
  }

  private var file: String {
    """
    name: schedule
    fixed: {pattern: generated, vocabulary: 13, order: 3}
    grid:
      latent: \(Self.latent)
      sequence_length: \(Self.lengths)
      seed: {from: 1, to: \(seeds)}
    """
  }
}
