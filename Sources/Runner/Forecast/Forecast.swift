import FoundationEssentials
import Glibc
import Journal
import SweepPlan

/// What a run of a sweep will take, foretold without running it.
public struct Forecast: Sendable {
  /// How a run over some ranks would go.
  public struct Schedule: Sendable, Equatable {
    /// Number of ranks.
    public var ranks: Int
    /// Compute threads over all ranks.
    public var threads: Int
    /// Wall-clock time of the trials [s]; with searches, at most.
    public var seconds: Double
    /// The same, at least, where searches decide how many trials there are; nil where nothing does.
    public var leastSeconds: Double? = nil
    /// No schedule can be faster [s].
    public var bound: Double
    /// The part of its time for which the coordinator is busy, in [0, 1].
    public var coordinatorLoad: Double

    /// The part of the threads' time that is spent on trials, in [0, 1].
    public var efficiency: Double
  }

  /// How many trials searches will run, and what that costs.
  public struct Searches: Sendable, Equatable {
    /// The parameter that is searched along.
    public var key: String
    /// How many searches there are.
    public var count: Int
    /// How many of them have ended.
    public var ended: Int
    /// Trials that they have come to and need not run.
    public var finished: Int
    /// Trials that are left to run, at least and at most.
    public var left: ClosedRange<Int>
    /// What those take [core-seconds].
    public var coreSeconds: ClosedRange<Double>
  }

  /// The sweep's searches; nil where it runs its whole grid.
  public var searches: Searches? = nil
  /// Trials of the sweep; with searches, those that there are to choose from.
  public var trials: Int
  /// Trials that have not been finished yet; with searches, at most.
  public var pending: Int
  /// Grid conditions: trials that differ in more than their replicates.
  public var conditions: Int
  /// What is measured on every trial.
  public var scoreGroups: [ScoreGroup]
  /// The shortest pending trial [s].
  public var shortest: Double
  /// The longest pending trial [s].
  public var longest: Double
  /// All pending trials together [core-seconds]; with searches, at most.
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
    let state = try SearchState(
      plan, journal: journal, scoreGroups: sweep.scoreGroups, retryFailed: retryFailed)
    let mayBeRun = state?.mayBeRun
    let lines = plan.lines { trial in
      mayBeRun?[trial]
        ?? journal.isPending(
          plan.ids[trial], scoreGroups: sweep.scoreGroups, retryFailed: retryFailed)
    }
    let calibration = try CostCalibration(
      lines, of: plan, scoreGroups: sweep.scoreGroups, journal: journal)
    let costs = lines.map { calibration.model.seconds($0.shape) }
    let searches = state.map { SearchForecast($0, of: plan, model: calibration.model) }
    let total =
      searches?.coreSeconds.upperBound
      ?? zip(lines, costs).reduce(0) { $0 + Double($1.0.numbers.count) * $1.1 }

    self.searches = searches?.summary
    trials = plan.count
    pending = searches?.left.upperBound ?? lines.reduce(0) { $0 + $1.numbers.count }
    conditions = plan.conditionCount
    scoreGroups = sweep.scoreGroups
    shortest = costs.min() ?? 0
    longest = costs.max() ?? 0
    coreSeconds = total
    memory = before + threads * max(0, ResidentMemory.peak - before)
    finishedTrials = calibration.finishedTrials
    measuredNetworks = calibration.measuredNetworks

    let messages = ScheduleSimulation.Messages(coordinator: coordinatorSeconds)
    let grid = ScheduleSimulation(lines: lines, model: calibration.model, messages: messages)
    let costliest = searches?.schedule(.costliest, messages)
    let cheapest = searches?.schedule(.cheapest, messages)
    let longestInARow = searches?.longestSearch ?? longest
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
  /// What a run that was played through came to.
  ///
  /// - Parameters:
  ///   - threads: Compute threads over all ranks.
  ///   - coreSeconds: What all trials take together.
  ///   - longest: What the longest trial takes, or the longest row of trials that wait for each other.
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

  /// Foretells a run of all trials of a plan that are known to take some times.
  ///
  /// - Parameters:
  ///   - seconds: What a trial with some parameters takes [s].
  ///   - threads: Compute threads of each rank.
  ///   - coordinatorSeconds: What the coordinator takes for one trial [s].
  package init(
    _ plan: Plan, seconds: (ParameterSet) -> Double, ranks: Int, threads: Int,
    coordinatorSeconds: Double
  ) {
    let lines = plan.lines { _ in true }
    var model = CostModel()
    var (total, longest) = (0.0, 0.0)
    for line in lines {
      let seconds = seconds(plan.trial(at: Int(line.numbers[0])).parameters)
      model.learn(line.shape, seconds: seconds)
      total += seconds * Double(line.numbers.count)
      longest = max(longest, seconds)
    }
    let outcome = ScheduleSimulation(
      lines: lines, model: model, messages: .init(coordinator: coordinatorSeconds)
    ).run(ranks: ranks, threads: threads)
    self.init(
      outcome, ranks: ranks, threads: ranks * threads, coreSeconds: total, longest: longest)
  }
}

/// How much memory this process has in use.
enum ResidentMemory {
  /// What it has in use now [bytes]; its peak where the system does not say.
  static var current: Int {
    guard let data = FileManager.default.contents(atPath: "/proc/self/statm"),
      let pages = String(decoding: data, as: UTF8.self).split(separator: " ").dropFirst().first
        .flatMap({ Int($0) })
    else { return peak }
    return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
  }

  /// The most that it ever had in use [bytes].
  static var peak: Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss * 1024
  }
}
