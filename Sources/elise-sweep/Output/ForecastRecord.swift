import Runner
import SweepPlan

/// What `elise-sweep plan --json` prints: the facts of ``ForecastText``.
///
/// - Note: `slurm/submit` reads the numbers of the first level.
struct ForecastRecord: Encodable {
  /// The prediction for a number of ranks.
  struct Schedule: Encodable {
    let ranks: Int
    /// Compute threads over all ranks.
    let threads: Int
    /// Wall-clock time; with searches, at most [s].
    let seconds: Double
    /// The same at least; nil without searches [s].
    let secondsAtLeast: Double?
    /// The share of all threads' time that is spent in trials, in [0, 1].
    let busyFraction: Double
    /// The share of rank 0's time that is spent handing trials out, in [0, 1].
    let coordinatorFraction: Double
  }

  /// The searches of a sweep.
  struct Searches: Encodable {
    let key: String
    let count: Int
    let ended: Int
    /// The largest number of values that a search verifies beyond its frontier.
    let beyond: Int
  }

  /// The conditions that get replicates.
  struct Until: Encodable {
    let score: String
    let halfWidth: Double
    let atMost: Int
    let count: Int
    let ended: Int
  }

  let sweep: String
  let folder: String
  let scores: [String]
  let conditions: Int
  /// Trials of the full grid.
  let trials: Int
  /// Trials that are left to run; with searches, at most.
  let trialsLeft: Int
  let trialsLeftAtLeast: Int?
  let trialsFinished: Int
  let searches: Searches?
  let until: Until?
  let threadsPerRank: Int
  /// The times are nil if nothing is left to run.
  let trialSecondsShortest: Double?
  let trialSecondsLongest: Double?
  /// The time of all trials that are left; with searches, at most.
  let coreSeconds: Double?
  let coreSecondsAtLeast: Double?
  let memoryBytesPerRank: Int?
  /// Finished trials that the times are based on.
  let finishedTrialsMeasured: Int
  /// Networks that were timed in short runs on this machine.
  let networksMeasuredHere: Int
  /// The ranks that one coordinator serves.
  let coordinatorRanksAtMost: Int?
  let schedules: [Schedule]

  init(_ forecast: Forecast, name: String, folder: String, threads: Int) {
    let isPending = forecast.pending > 0
    let choice = forecast.choice
    sweep = name
    self.folder = folder
    scores = forecast.scoreGroups.map(\.rawValue)
    conditions = forecast.conditions
    trials = forecast.trials
    trialsLeft = forecast.pending
    trialsLeftAtLeast = choice?.left.lowerBound
    trialsFinished = choice?.finished ?? forecast.trials - forecast.pending
    var (searches, until): (Searches?, Until?) = (nil, nil)
    if let choice {
      switch choice.units {
      case .searches(let key, let beyond):
        searches = Searches(
          key: key, count: choice.count, ended: choice.ended, beyond: beyond)
      case .conditions(let target):
        until = Until(
          score: target.scoreKey, halfWidth: target.halfWidth, atMost: target.atMost,
          count: choice.count, ended: choice.ended)
      }
    }
    (self.searches, self.until) = (searches, until)
    threadsPerRank = threads
    trialSecondsShortest = isPending ? forecast.shortest : nil
    trialSecondsLongest = isPending ? forecast.longest : nil
    coreSeconds = isPending ? forecast.coreSeconds : nil
    coreSecondsAtLeast = isPending ? choice?.coreSeconds.lowerBound : nil
    memoryBytesPerRank = isPending ? forecast.memory : nil
    finishedTrialsMeasured = forecast.finishedTrials
    networksMeasuredHere = forecast.measuredNetworks
    coordinatorRanksAtMost = isPending ? forecast.saturation : nil
    schedules =
      isPending
      ? forecast.schedules.map {
        Schedule(
          ranks: $0.ranks, threads: $0.threads, seconds: $0.seconds,
          secondsAtLeast: $0.leastSeconds, busyFraction: $0.efficiency,
          coordinatorFraction: $0.coordinatorLoad)
      } : []
  }
}
