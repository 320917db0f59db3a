import FoundationEssentials
import MPI
import NeuralCore

/// Runs what is pending of a plan over all ranks of a world, and journals it.
public struct SweepRun {
  /// How a run is carried out.
  public struct Options: Sendable {
    /// Compute threads of each rank.
    public var threads: Int
    /// Whether trials that failed or diverged run again.
    public var retryFailed: Bool

    /// Creates options.
    public init(threads: Int, retryFailed: Bool = false) {
      self.threads = threads
      self.retryFailed = retryFailed
    }
  }

  /// What a progress display needs.
  public struct Progress: Sendable {
    /// Trials that had been finished by earlier runs.
    public var before: Int
    /// Trials that this run has finished.
    public var done: Int
    /// Trials that failed or diverged in this run.
    public var failed: Int
    /// Trials of the whole plan.
    public var total: Int
    /// The part of this run's work that has been done, in [0, 1].
    public var fraction: Double
    /// Time since the start of the run [s].
    public var elapsed: Double
    /// Expected time of this run by the cost model alone [s].
    public var modelled: Double

    /// Expected time until the end [s].
    public var remaining: Double {
      fraction > 0 ? elapsed / fraction * (1 - fraction) : max(0, modelled - elapsed)
    }
  }

  /// What a run found and did.
  public struct Outcome: Sendable {
    /// The journal with everything that has been finished.
    public var journal: JournalContents
    /// Trials that were finished before.
    public var before: Int
    /// Trials that this run finished, whichever way.
    public var ran: Int
    /// Wall-clock time of the trials [s].
    public var seconds: Double
    /// Ranks and compute threads in all.
    public var ranks: Int
    /// Compute threads over all ranks.
    public var threads: Int
  }

  private let sweep: SweepFile
  private let plan: Plan
  private let journalFolder: String
  private let options: Options
  private let world: any Communicator

  /// Prepares a run on rank 0.
  ///
  /// - Parameter folder: The result folder.
  public init(
    sweep: SweepFile, plan: Plan, folder: String, options: Options, world: any Communicator
  ) {
    self.sweep = sweep
    self.plan = plan
    journalFolder = folder + "/journal"
    self.options = options
    self.world = world
  }

  /// Runs everything that is pending. To be called on rank 0, while the others
  /// ``follow(_:threads:)``.
  ///
  /// - Parameters:
  ///   - warn: Receives what a user should know of: damage in the journal.
  ///   - show: Called often with the progress.
  public func lead(
    warn: (String) -> Void, show: @escaping (Progress) -> Void
  ) throws -> Outcome {
    let known = try JournalReader.read(folder: journalFolder)
    for damage in known.damage { warn(damage.description) }
    let jobs = pending(known)
    let writer = try JournalWriter(folder: journalFolder)
    let setup = RankSetup(
      tests: sweep.tests,
      files: Dictionary(uniqueKeysWithValues: plan.texts.map { ("\($0)", $1) }))
    _ = try RankSetup.share(setup, over: world)

    let coordinator = Coordinator(
      communicator: world, jobs: jobs,
      assignment: { try TrialAssignment(plan.trial(at: $0)).bytes() },
      accept: { _, _, line in try writer.append(line) })
    let start = ContinuousClock.now
    let modelled =
      jobs.reduce(0) { $0 + $1.cost } / Double(world.size * options.threads)
    func elapsed() -> Double { start.duration(to: .now).inSeconds }
    try RankLoop.run(
      communicator: world, worker: Self.worker(setup, world, options.threads),
      coordinator: coordinator
    ) {
      let state = coordinator.progress
      show(
        Progress(
          before: plan.count - jobs.count, done: state.count,
          failed: state.count - state.finished[.done, default: 0], total: plan.count,
          fraction: state.totalCost > 0 ? state.finishedCost / state.totalCost : 1,
          elapsed: elapsed(), modelled: modelled))
    }
    let seconds = elapsed()
    try writer.close()
    return Outcome(
      journal: try JournalReader.read(folder: journalFolder), before: plan.count - jobs.count,
      ran: coordinator.progress.count, seconds: seconds, ranks: world.size,
      threads: coordinator.threadCount)
  }

  /// The trials that have no valid row yet, or that shall run again.
  private func pending(_ journal: JournalContents) -> [Coordinator.Job] {
    let model = CostModel()
    return (0..<plan.count).compactMap { index in
      let trial = plan.trial(at: index)
      if let row = journal.rows[trial.id], row.tests.isSuperset(of: sweep.tests),
        row.status == .done || !options.retryFailed
      {
        return nil
      }
      return Coordinator.Job(
        number: index,
        cost: model.seconds(trial.parameters, patterns: plan.patternSizes(of: trial)))
    }
  }

  /// Works for the coordinator. To be called on every rank but 0.
  public static func follow(_ world: any Communicator, threads: Int) throws {
    guard let setup = try RankSetup.share(nil, over: world) else { return }
    try RankLoop.run(
      communicator: world, worker: worker(setup, world, threads), coordinator: nil, tick: {})
  }

  /// Tells the other ranks, which ``follow(_:threads:)``, that there is nothing to do.
  public static func dismiss(_ world: any Communicator) throws {
    _ = try RankSetup.share(nil, over: world)
  }

  private static func worker(
    _ setup: RankSetup, _ world: any Communicator, _ threads: Int
  ) -> Worker {
    let runner = TrialRunner(
      tests: setup.tests, files: setup.fileTexts, rank: world.rank, host: hostName())
    return Worker(communicator: world, threads: threads) { assignment in
      do {
        let trial = try TrialAssignment(assignment)
        guard let (status, content) = runner.run(trial) else {
          preconditionFailure("nobody asked the trial to leave")
        }
        let line = JournalLine(
          trial: trial.id, status: status, tests: setup.tests, content: try content.json())
        return (status, line.bytes)
      } catch {
        preconditionFailure("a trial cannot be passed between ranks: \(error)")
      }
    }
  }
}
