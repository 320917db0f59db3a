import MPI
import Runner
import SweepPlan

/// Whether runs over some ranks take the time that `plan` foretells.
///
/// Trials wait instead of being simulated, so that there may be many more ranks than cores; all else
/// is real. They are those of a sweep over the size of networks and the length of sequences, like
/// `sweeps/scaling.yaml`, and take times in the proportions that the cost model gives them. What is
/// predicted comes from the simulation that `plan` uses.
public struct ScheduleBenchmark: Sendable {
  /// What was measured.
  public struct Outcome: Codable, Sendable {
    /// Trials that were run.
    public var trials: Int
    /// Ranks and compute threads over all of them.
    public var ranks: Int
    public var threads: Int
    /// What the shortest and the longest trial waited [s].
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

  /// Trials, as many as there are combinations of parameters times a number of seeds.
  public let trials: Int

  /// What all of them take together [core-seconds].
  public let coreSeconds: Double

  private static let latent = [15, 20, 30, 40, 60, 80]
  private static let lengths = [6, 10, 15, 25, 40, 60]
  private let seeds: Int

  /// Prepares a benchmark.
  ///
  /// - Parameter trials: How many there shall be at least.
  public init(trials: Int, coreSeconds: Double) {
    let conditions = Self.latent.count * Self.lengths.count
    seeds = (trials + conditions - 1) / conditions
    self.trials = conditions * seeds
    self.coreSeconds = coreSeconds
  }

  /// Measures over the ranks of a world. To be called on each of them.
  ///
  /// - Parameters:
  ///   - threads: Compute threads of each rank.
  ///   - coordinatorSeconds: What the coordinator takes for one trial, by which the run is predicted
  ///     [s].
  /// - Returns: What was measured, on rank 0; nil on the others.
  public func run(
    over world: any Communicator, threads: Int, coordinatorSeconds: Double
  ) throws -> Outcome? {
    var sweep = WaitingSweep(file: file)
    let plan = try sweep.plan().1
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

  /// What a trial of the sweep would take if it were simulated, roughly [s].
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
