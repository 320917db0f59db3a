import Experiment
import FoundationEssentials
import Journal
import MPI
import SweepPlan

/// Runs the pending trials of a plan over all ranks of a world, and writes the journal.
public struct SweepRun {
  /// The options of a run.
  public struct Options: Sendable {
    /// Compute threads of each rank.
    public var threads: Int
    /// Whether trials that failed or diverged run again.
    public var retryFailed: Bool
    /// The part of the plan that is run; nil for all of it.
    public var shard: Shard?
    /// The time at which the run ends even if it is not finished; nil for no limit.
    public var deadline: ContinuousClock.Instant?
    /// The version of the program, which continues only its own checkpoints.
    public var program = ""

    /// Creates options.
    public init(threads: Int, retryFailed: Bool = false) {
      self.threads = threads
      self.retryFailed = retryFailed
    }
  }

  /// The progress of a run, for a display.
  public struct Progress: Sendable {
    /// Trials that earlier runs have finished.
    public var before: Int
    /// Trials that this run has finished.
    public var done: Int
    /// Trials that failed or diverged in this run.
    public var failed: Int
    /// Trials of the whole plan.
    public var total: Int
    /// Whether outcomes decide how many trials there are, so that ``total`` is an upper bound.
    public var isTotalBound = false
    /// The part of this run's work whose cycles have been computed, in [0, 1].
    public var fraction: Double
    /// The growth of ``fraction`` in the last minutes [1/s]; nil if it is not known.
    public var pace: Double? = nil
    /// Time since the start of the run [s].
    public var elapsed: Double
    /// Expected time of this run by the cost model alone [s].
    public var modelled: Double
    /// The longest remaining time of a running trial [s].
    public var longest: Double

    /// Trials of the plan that have not ended.
    public var left: Int { total - before - done }

    /// Expected time until the end [s]: the remaining work at the pace of the last minutes, but no less
    /// than the longest trial needs.
    public var remaining: Double {
      let pace = pace ?? (elapsed > 0 ? fraction / elapsed : 0)
      return max(longest, pace > 0 ? (1 - fraction) / pace : modelled - elapsed, 0)
    }
  }

  /// The outcome of a run.
  public struct Outcome: Sendable {
    /// The journal with all finished trials.
    public var journal: JournalContents
    /// Trials that were finished before.
    public var before: Int
    /// Trials that this run finished, with any status.
    public var ran: Int
    /// Trials that this run left unfinished because it was asked to end; one for each search that
    /// has not ended.
    public var left: Int
    /// How often unfinished trials have saved a checkpoint.
    public var saves: Int
    /// Wall-clock time of the trials [s].
    public var seconds: Double
    /// Number of ranks.
    public var ranks: Int
    /// Compute threads over all ranks.
    public var threads: Int
    /// The time of all trials together [core-seconds].
    public var busySeconds: Double
    /// The time of the longest trial [s].
    public var longestSeconds: Double
    /// How long the coordinator's thread on rank 0 was awake [s].
    public var dispatchSeconds: Double
    /// The time from when the first thread ran out of work until the end [s].
    public var tailSeconds: Double
    /// The ranks that fell silent and were silent at the end. Other ranks have run their trials.
    public var lostRanks: [LostRank] = []
  }

  /// The interval at which progress is shown; computing it takes a while if many trials run.
  private static let showEvery = Duration.milliseconds(100)

  private let sweep: SweepFile
  private let plan: Plan
  private let folder: ResultFolder
  private let options: Options
  private let world: any Communicator
  private let execution: TrialExecution

  /// Prepares a run on rank 0.
  ///
  /// - Parameter folder: The result folder.
  public init(
    sweep: SweepFile, plan: Plan, folder: ResultFolder, options: Options, world: any Communicator
  ) {
    self.init(
      sweep: sweep, plan: plan, folder: folder, options: options, world: world,
      execution: .simulation)
  }

  /// Prepares a run whose trials are executed in another way than by simulation.
  package init(
    sweep: SweepFile, plan: Plan, folder: ResultFolder, options: Options, world: any Communicator,
    execution: TrialExecution
  ) {
    self.execution = execution
    self.sweep = sweep
    self.plan = plan
    self.folder = folder
    self.options = options
    self.world = world
  }

  /// Runs all pending trials. Call it on rank 0, and ``follow(_:threads:)`` on the others.
  ///
  /// - Parameters:
  ///   - isAskedToEnd: Whether the run must end now. Trials that have run for long save a
  ///     checkpoint.
  ///   - warn: Receives warnings for the user, for example of damage in the journal.
  ///   - ended: Called for each trial that has ended, once its line is in the journal.
  ///   - show: Called with the progress a few times a second, and at the end.
  public func lead(
    isAskedToEnd: @escaping () -> Bool = { false }, warn: (String) -> Void,
    ended: @escaping (FinishedTrial) -> Void = { _ in }, show: @escaping (Progress) -> Void
  ) throws -> Outcome {
    var journal = try folder.readJournal()
    for warning in journal.damageWarnings() { warn(warning) }
    if let strangers = try UnplannedRows(in: journal, of: plan) { warn(strangers.description) }
    let isOwn = options.shard.map(plan.members(of:))
    let choice = try plan.choice(
      journal, scoreGroups: sweep.scoreGroups, retryFailed: options.retryFailed
    ).map { ChoiceDispatch($0, of: plan, isOwn: isOwn) }
    let lines = plan.lines(
      where: { [journal] in
        (isOwn?[$0] ?? true)
          && (choice?.isPending($0)
            ?? journal.isPending(
              plan.ids[$0], scoreGroups: sweep.scoreGroups, retryFailed: options.retryFailed))
      }, chain: { choice?.chain($0) ?? 1 })
    let queue = TrialQueue(lines)
    let own = isOwn.map { $0.count(where: \.self) } ?? plan.count
    let before = choice?.before ?? own - queue.count
    var setup = RankSetup(sweep)
    setup.checkpoints = checkpoints()
    // Trials that are added later may be larger than those that wait now.
    let largest = plan.largestTrial(
      in: choice == nil ? lines : plan.lines { _ in true }, scoreGroups: sweep.scoreGroups)
    if let largest {
      setup.largestTrial = largest.bytes
      let available = AvailableMemory.current(ranks: world.nodeSize)
      TrialAdmission.warning(
        available, largest: largest, threads: options.threads, ranks: world.nodeSize
      ).map(warn)
    }
    _ = try RankSetup.share(setup, over: world)
    let writer = try JournalWriter(folder: folder.journal)
    var appended: [JournalContents.AppendedLine] = []
    appended.reserveCapacity(queue.count)
    let coordinator = Coordinator(
      communicator: world, queue: queue, message: { TrialMessage($0, of: plan) },
      deadline: options.deadline, followUp: { choice?.followUp($0) ?? [] },
      accept: { result in
        appended.append(
          JournalContents.AppendedLine(
            plan.ids[result.index], result.status, offset: try writer.append(result.line),
            length: result.line.count))
        ended(FinishedTrial(result))
      })
    var lastShown: ContinuousClock.Instant?
    let start = ContinuousClock.now
    var pace = RecentPace()
    func shallEnd() -> Bool {
      isAskedToEnd() || options.deadline.map { ContinuousClock.now >= $0 } ?? false
    }
    let awake = try RankLoop.run(
      communicator: world, worker: Self.worker(setup, world, options.threads, execution, warn),
      coordinator: coordinator, isAskedToEnd: shallEnd
    ) {
      try writer.flush()
      if let lastShown, !coordinator.isFinished, lastShown.duration(to: .now) < Self.showEvery {
        return
      }
      lastShown = .now
      let state = coordinator.progress
      let elapsed = start.duration(to: .now).inSeconds
      show(
        Progress(
          before: before, done: state.count,
          failed: state.count - state.finished[.done, default: 0],
          total: choice.map { before + state.count + $0.mostLeft } ?? own,
          isTotalBound: choice != nil,
          fraction: state.fraction, pace: pace.add(state.fraction, at: elapsed), elapsed: elapsed,
          modelled: queue.cost / Double(world.size * options.threads), longest: state.longest))
    }
    let times = coordinator.times
    let seconds = start.duration(to: .now).inSeconds
    try writer.close()
    try journal.add(appended, of: writer.path, JournalLayout(sweep.scoreGroups))
    let ran = coordinator.progress.count
    return Outcome(
      journal: journal, before: before, ran: ran,
      left: choice?.unfinished ?? queue.count - ran, saves: coordinator.saves, seconds: seconds,
      ranks: world.size, threads: coordinator.threadCount, busySeconds: times.busy,
      longestSeconds: times.longest,
      dispatchSeconds: awake.inSeconds, tailSeconds: times.tail, lostRanks: coordinator.lostRanks)
  }

  /// The folder for checkpoints of long trials; nil if it cannot be created.
  private func checkpoints() -> CheckpointFolder? {
    let path = folder.checkpoints
    guard
      (try? FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true)) != nil
    else { return nil }
    return CheckpointFolder(path: path, program: options.program)
  }

  /// Works for the coordinator. Call it on every rank but 0.
  ///
  /// - Parameters:
  ///   - isAskedToEnd: Whether this rank was asked to end the run.
  ///   - warn: Receives warnings for the user.
  public static func follow(
    _ world: any Communicator, threads: Int, isAskedToEnd: @escaping () -> Bool = { false },
    warn: (String) -> Void = { _ in }
  ) throws {
    try follow(
      world, threads: threads, execution: .simulation, isAskedToEnd: isAskedToEnd, warn: warn)
  }

  /// Works for the coordinator, executing trials in another way than by simulation.
  package static func follow(
    _ world: any Communicator, threads: Int, execution: TrialExecution,
    isAskedToEnd: @escaping () -> Bool = { false }, warn: (String) -> Void = { _ in }
  ) throws {
    guard let setup = try RankSetup.share(nil, over: world) else { return }
    try RankLoop.run(
      communicator: world, worker: worker(setup, world, threads, execution, warn),
      coordinator: nil,
      isAskedToEnd: isAskedToEnd, tick: {})
  }

  /// Tells the other ranks, which ``follow(_:threads:)``, that there is nothing to do.
  public static func dismiss(_ world: any Communicator) throws {
    _ = try RankSetup.share(nil, over: world)
  }

  private static func worker(
    _ setup: RankSetup, _ world: any Communicator, _ threads: Int, _ execution: TrialExecution,
    _ warn: (String) -> Void
  ) throws -> Worker {
    let admission = TrialAdmission(
      .current(ranks: world.nodeSize), largest: setup.largestTrial, threads: threads,
      ranks: world.nodeSize, run: setup.runName)
    let execute = execution.executor(setup, rank: world.rank, admission: admission)
    let scoreGroups = Set(setup.sweep.scoreGroups)
    let worker = try Worker(communicator: world, threads: threads) {
      message, team, stopRequest, didSave, didSimulate in
      let trial = message.trial(in: setup.combinations)
      guard let (status, score, content) = execute(trial, team, stopRequest, didSave, didSimulate)
      else { return nil }
      let line = JournalLine(
        trial: trial.id, status: status, scoreGroups: scoreGroups, content: content)
      return (status, score, line.bytes)
    }
    if worker.threads < threads {
      warn(
        "\(worker.threads) of \(threads) threads could be started on rank \(world.rank); the limits of the "
          + "system (ulimit -u) allow no more")
    }
    return worker
  }
}

/// A trial that has just ended, for progress displays.
public struct FinishedTrial: Sendable {
  /// Its index in the plan.
  public let index: Int
  /// Its status.
  public let status: TrialStatus
  /// Its time [s].
  public let seconds: Double

  private let line: ArraySlice<UInt8>

  init(_ trial: ResultMessage) {
    index = trial.index
    status = trial.status
    seconds = trial.seconds
    line = trial.line
  }

  /// Its record in the journal. Reading it takes a while: if a run has many short trials, read only
  /// the few that matter.
  ///
  /// - Throws: The errors of `JSONDecoder`.
  public func content() throws -> TrialRecord {
    guard let line = JournalLine(line) else {
      preconditionFailure("the line of trial \(index) was damaged within this program")
    }
    return try TrialRecord(line.content)
  }
}
