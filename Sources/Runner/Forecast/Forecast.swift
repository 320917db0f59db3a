import FoundationEssentials
import Glibc
import Journal
import SweepPlan

/// Predicts the time and memory of a run of a sweep without running it.
public struct Forecast: Sendable {
  /// The prediction for a number of ranks.
  public struct Schedule: Sendable, Equatable {
    /// Number of ranks.
    public var ranks: Int
    /// Compute threads over all ranks.
    public var threads: Int
    /// Wall-clock time of the trials [s]; if outcomes decide which trials run, at most.
    public var seconds: Double
    /// The least wall-clock time, if outcomes decide how many trials there are; nil
    /// otherwise.
    public var leastSeconds: Double? = nil
    /// A lower bound for any schedule [s].
    public var bound: Double
    /// The fraction of time for which the coordinator is busy, in [0, 1].
    public var coordinatorLoad: Double

    /// The fraction of the threads' time that is spent on trials, in [0, 1].
    public var efficiency: Double
  }

  /// The number of trials that searches, or conditions that get replicates, will run, and their cost.
  public struct Choice: Sendable, Equatable {
    /// The searches or the conditions.
    public enum Units: Sendable, Equatable {
      /// Searches along a parameter, which verify a number of values beyond the frontier at most.
      case searches(key: String, beyond: Int)
      /// Conditions that get replicates.
      case conditions(PrecisionTarget)
    }
    public var units: Units
    /// The number of searches or conditions.
    public var count: Int
    /// The number of those that have ended.
    public var ended: Int
    /// The number of finished trials that they need.
    public var finished: Int
    /// The least and largest number of trials left to run.
    public var left: ClosedRange<Int>
    /// The time of those trials [core-seconds].
    public var coreSeconds: ClosedRange<Double>
  }

  /// The sweep's searches, or its conditions that get replicates; nil if it runs its whole grid.
  public var choice: Choice? = nil
  /// The number of trials of the sweep; if outcomes decide which run, of those to choose from.
  public var trials: Int
  /// The number of unfinished trials; if outcomes decide, the largest possible number.
  public var pending: Int
  /// The largest trial that does not fit into the memory, and the number of such trials, which are left
  /// out; nil if all fit.
  public var tooLarge: (count: Int, memory: TrialMemory)? = nil
  /// The number of conditions.
  public var conditions: Int
  /// The score groups that are measured on every trial.
  public var scoreGroups: [ScoreGroup]
  /// The time of the shortest pending trial [s].
  public var shortest: Double
  /// The time of the longest pending trial [s].
  public var longest: Double
  /// The time of all pending trials together [core-seconds]; if outcomes decide which trials run, at most.
  public var coreSeconds: Double
  /// The largest memory that a rank needs [bytes].
  public var memory: Int
  /// The number of finished trials that the times are based on.
  public var finishedTrials: Int
  /// The number of networks that were measured in short runs.
  public var measuredNetworks: Int
  /// The predictions for the requested numbers of ranks.
  public var schedules: [Schedule]
  /// The number of ranks that keep the coordinator busy all the time with trials of the mean
  /// length.
  public var saturation: Int
}

extension Forecast {
  /// Predicts the next run.
  ///
  /// - Parameters:
  ///   - journal: The results of earlier runs.
  ///   - ranks: The numbers of ranks for which it is predicted.
  ///   - threads: Compute threads of each rank.
  ///   - retryFailed: Whether trials that failed or diverged run again.
  ///   - memory: The memory for one trial [bytes].
  ///   - coordinatorSeconds: Time of the coordinator for one trial [s].
  /// - Throws: ``JournalError``.
  public init(
    _ sweep: SweepFile, plan: Plan, journal: JournalContents, ranks: [Int], threads: Int,
    retryFailed: Bool = false, memory available: Double = .infinity, coordinatorSeconds: Double
  ) throws {
    let before = ResidentMemory.current
    let state = try plan.choice(
      journal, scoreGroups: sweep.scoreGroups, retryFailed: retryFailed)
    let mayBeRun = state?.mayBeRun
    var lines = plan.lines { trial in
      mayBeRun?[trial]
        ?? journal.isPending(
          plan.ids[trial], scoreGroups: sweep.scoreGroups, retryFailed: retryFailed)
    }
    let large = lines.filter {
      plan.memory(of: plan.trial(at: Int($0.indices[0])), scoreGroups: sweep.scoreGroups).bytes
        > available
    }
    if let largest = plan.largestTrial(in: large, scoreGroups: sweep.scoreGroups) {
      tooLarge = (large.reduce(0) { $0 + $1.indices.count }, largest)
      let trials = Set(large.flatMap(\.indices))
      lines.removeAll { trials.contains($0.indices[0]) }
    }
    let calibration = try CostCalibration(
      lines, of: plan, scoreGroups: sweep.scoreGroups, journal: journal)
    let costs = lines.map { calibration.model.seconds($0.shape) }
    let choice = state.map { ChoiceForecast($0, of: plan, model: calibration.model) }
    let total =
      choice?.summary.coreSeconds.upperBound
      ?? zip(lines, costs).reduce(0) { $0 + Double($1.0.indices.count) * $1.1 }

    self.choice = choice?.summary
    trials = plan.count
    pending = choice?.summary.left.upperBound ?? lines.reduce(0) { $0 + $1.indices.count }
    conditions = plan.conditionCount
    scoreGroups = sweep.scoreGroups
    shortest = costs.min() ?? 0
    longest = costs.max() ?? 0
    coreSeconds = total
    let running = min(threads, pending)
    let helping = lines.map {
      HelpedSpeed.bytes($0.shape.network, trials: running, threads: threads)
    }
    memory = before + running * max(0, ResidentMemory.peak - before) + (helping.max() ?? 0)
    finishedTrials = calibration.finishedTrials
    measuredNetworks = calibration.measuredNetworks

    let messages = ScheduleSimulation.Messages(coordinator: coordinatorSeconds)
    var grid = ScheduleSimulation(lines: lines, model: calibration.model, messages: messages)
    var costliest = choice?.schedule(.costliest, messages)
    var cheapest = choice?.schedule(.cheapest, messages)
    grid.isHelped = true
    costliest?.isHelped = true
    cheapest?.isHelped = true
    let speed = zip(lines, costs).max { $0.1 < $1.1 }.map {
      HelpedSpeed.speed($0.0.shape.network, threads: threads)
    }
    let longestInARow = (choice?.longestInARow ?? longest) / (speed ?? 1)
    schedules = ranks.map { ranks in
      var schedule = Schedule(
        costliest?.run(ranks: ranks, threads: threads)
          ?? grid.nearOutcome(ranks: ranks, threads: threads),
        ranks: ranks, threads: ranks * threads,
        coreSeconds: total, longest: longestInARow)
      schedule.leastSeconds = cheapest?.run(ranks: ranks, threads: threads).seconds
      return schedule
    }
    let mean = pending > 0 ? total / Double(pending) : 0
    saturation = Int(mean / (coordinatorSeconds * Double(threads)))
  }
}

extension Forecast.Schedule {
  /// The prediction from a simulated run.
  ///
  /// - Parameters:
  ///   - threads: Compute threads over all ranks.
  ///   - coreSeconds: The time of all trials together.
  ///   - longest: The time of the longest trial, or of the longest chain of trials that wait for
  ///     each other.
  init(
    _ outcome: ScheduleSimulation.Outcome, ranks: Int, threads: Int, coreSeconds: Double,
    longest: Double
  ) {
    self.ranks = ranks
    self.threads = threads
    seconds = outcome.seconds
    bound = max(coreSeconds / Double(threads), longest)
    coordinatorLoad = seconds > 0 ? outcome.coordinatorSeconds / seconds : 0
    efficiency = seconds > 0 ? coreSeconds / (seconds * Double(threads)) : 1
  }

  /// Predicts a run of all trials of a plan whose times are known.
  ///
  /// - Parameters:
  ///   - seconds: The time of a trial with given parameters [s].
  ///   - threads: Compute threads of each rank.
  ///   - coordinatorSeconds: Time of the coordinator for one trial [s].
  package init(
    _ plan: Plan, seconds: (ParameterSet) -> Double, ranks: Int, threads: Int,
    coordinatorSeconds: Double
  ) {
    let lines = plan.lines { _ in true }
    var model = CostModel()
    var (total, longest) = (0.0, 0.0)
    for line in lines {
      let seconds = seconds(plan.trial(at: Int(line.indices[0])).parameters)
      model.learn(line.shape, seconds: seconds)
      total += seconds * Double(line.indices.count)
      longest = max(longest, seconds)
    }
    let outcome = ScheduleSimulation(
      lines: lines, model: model, messages: .init(coordinator: coordinatorSeconds)
    ).run(ranks: ranks, threads: threads)
    self.init(
      outcome, ranks: ranks, threads: ranks * threads, coreSeconds: total, longest: longest)
  }
}

/// The memory that this process uses.
enum ResidentMemory {
  /// The memory in use now [bytes]; the peak if the system does not report it.
  static var current: Int {
    guard let data = FileManager.default.contents(atPath: "/proc/self/statm"),
      let pages = String(decoding: data, as: UTF8.self).split(separator: " ").dropFirst().first
        .flatMap({ Int($0) })
    else { return peak }
    return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
  }

  /// The peak memory in use [bytes].
  static var peak: Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss * 1024
  }
}
