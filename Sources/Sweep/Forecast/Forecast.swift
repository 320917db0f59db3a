import Glibc

/// What a run of a sweep will take, foretold without running it.
public struct Forecast: Sendable {
  /// How a run over some ranks would go.
  public struct Schedule: Sendable, Equatable {
    /// Number of ranks.
    public var ranks: Int
    /// Compute threads over all ranks.
    public var threads: Int
    /// Wall-clock time of the trials [s].
    public var seconds: Double
    /// No schedule can be faster [s].
    public var bound: Double
    /// The part of its time for which the coordinator is busy, in [0, 1].
    public var coordinatorLoad: Double

    /// The part of the threads' time that is spent on trials, in [0, 1].
    public var efficiency: Double
  }

  /// Trials of the sweep.
  public var trials: Int
  /// Trials that have not been finished yet.
  public var pending: Int
  /// Grid cells: trials that differ in more than their replicates.
  public var cells: Int
  /// What is measured on every trial.
  public var tests: [SweepTest]
  /// The shortest pending trial [s].
  public var shortest: Double
  /// The longest pending trial [s].
  public var longest: Double
  /// All pending trials together [core-seconds].
  public var coreSeconds: Double
  /// What a rank needs at most [bytes].
  public var memory: Int
  /// How many finished trials the times rest on.
  public var finishedTrials: Int
  /// How many networks were measured in short runs for them.
  public var measuredNetworks: Int
  /// The expected runs, as asked for.
  public var schedules: [Schedule]
  /// So many ranks with trials of the mean length keep one coordinator busy all the time.
  public var saturation: Int
}

extension Forecast {
  /// Foretells what the next run will do.
  ///
  /// - Parameters:
  ///   - journal: What earlier runs have finished.
  ///   - ranks: The numbers of ranks to foretell it for.
  ///   - threads: Compute threads of each rank.
  ///   - retryFailed: Whether trials that failed or diverged run again.
  ///   - coordinatorSeconds: What the coordinator takes for one trial [s].
  /// - Throws: ``JournalError``.
  public init(
    _ sweep: SweepFile, plan: Plan, journal: JournalContents, ranks: [Int], threads: Int,
    retryFailed: Bool = false, coordinatorSeconds: Double
  ) throws {
    let before = ResidentMemory.current
    let lines = plan.lines {
      journal.isPending(plan.ids[$0], tests: sweep.tests, retryFailed: retryFailed)
    }
    let calibration = try CostCalibration(lines, of: plan, tests: sweep.tests, journal: journal)
    let costs = lines.map { calibration.model.seconds($0.shape) }
    let total = zip(lines, costs).reduce(0) { $0 + Double($1.0.numbers.count) * $1.1 }

    trials = plan.count
    pending = lines.reduce(0) { $0 + $1.numbers.count }
    cells = plan.cellCount
    tests = sweep.tests
    shortest = costs.min() ?? 0
    longest = costs.max() ?? 0
    coreSeconds = total
    memory = before + threads * max(0, ResidentMemory.peak - before)
    finishedTrials = calibration.finishedTrials
    measuredNetworks = calibration.measuredNetworks

    let simulation = ScheduleSimulation(
      lines: lines, model: calibration.model,
      messages: .init(coordinator: coordinatorSeconds, latency: RankLoop.meanLatency))
    let longest = longest
    schedules = ranks.map { ranks in
      let outcome = simulation.run(ranks: ranks, threads: threads)
      let all = ranks * threads
      return Schedule(
        ranks: ranks, threads: all, seconds: outcome.seconds,
        bound: max(total / Double(all), longest),
        coordinatorLoad: outcome.seconds > 0 ? outcome.coordinatorSeconds / outcome.seconds : 0,
        efficiency: outcome.seconds > 0 ? total / (outcome.seconds * Double(all)) : 1)
    }
    let mean = pending > 0 ? total / Double(pending) : 0
    saturation = Int(mean / (coordinatorSeconds * Double(threads)))
  }
}
