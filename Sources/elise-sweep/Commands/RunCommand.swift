import Experiment
import FoundationEssentials
import Glibc
import Journal
import LinearAlgebra
import MPI
import Report
import Runner
import SweepPlan
import Synchronization

/// `elise-sweep run`: runs the pending trials of a sweep and writes its tables.
enum RunCommand: Command {
  static let syntax = CommandSyntax(
    name: "run",
    summary: "run a sweep, or continue it, and write its tables",
    operand: SweepArguments.operand,
    options: [
      SweepArguments.out,
      CommandOption(
        "threads", value: "N",
        "compute threads of each rank (default: one for each core that the rank may use; ranks on one machine share its cores)"
      ),
      CommandOption(
        "shard", value: "I/N",
        "run only shard I of N (default: the whole sweep, even in a task of a job array)"),
      CommandOption(
        "max-time", value: "T",
        "save trials and stop after this time, for example 55m; the next run continues"),
      SweepArguments.retryFailed,
      SweepArguments.set,
      CommandOption("quiet", "print errors and warnings only"),
      CommandOption("json", "print events for scripts, one JSON object per line"),
    ],
    details: """
      `mpirun -n P elise-sweep run SWEEP.yaml` distributes the trials over P ranks. Finished trials
      do not run again. Repeat the command to continue an interrupted run, or to run the new trials
      of an extended grid. The result folder holds report.html for a browser, figures/ (pictures
      need gnuplot), trials.csv, summary.csv, summary.md, summary.tex (for a paper), contrasts.csv
      (paired differences between levels), importance.csv (which parameter matters), cube.nc for
      xarray, costs.csv and provenance.json.

      SIGTERM, SIGINT, SIGHUP, SIGUSR1 and SIGUSR2 stop a run early. Trials that have run for a
      second or more are saved, and the next run continues them. All other trials start again.

      All shards of a sweep can use one result folder. The last shard writes the tables. To write
      them earlier, use `elise-sweep merge DIR --out DIR`.
      """,
    lists: [
      (
        "Exit codes",
        [
          ("0", "all trials are done"), ("1", "some trials failed; the tables are written"),
          ("2", "wrong usage or sweep file, or --max-time is too short to make progress"),
          ("3", "trials remain; repeat the command to continue"),
          ("70", "internal error, or results cannot be written"),
        ]
      ),
      (
        "Events of --json, each with \"event\" and \"time\"",
        [
          ("start", "sweep, folder, trials, scores, ranks, threads (of all ranks), shard"),
          ("trial", "trial, status, reason, seconds, parameters (the swept ones), scores"),
          (
            "progress",
            "finished, failed, trials, fraction (of the work), elapsed [s], remaining [s], "
              + "trials_per_second; every second"
          ),
          ("warning", "message"),
          (
            "end",
            "exit_code, done, failed, missing, ran, left, seconds, best_possible (shortest possible "
              + "time divided by the time of the run, at most 1), tables (whether they were written)"
          ),
        ]
      ),
    ],
    examples: [
      CommandExample(
        "elise-sweep run sweeps/quickstart.yaml", "all cores of this machine"),
      CommandExample(
        "mpirun -n 64 elise-sweep run sweeps/size.yaml", "64 ranks; slurm/ has scripts for Slurm"),
      CommandExample(
        "elise-sweep run sweeps/size.yaml --set precision=single --out results/size-single",
        "the same sweep with another parameter and its own result folder"),
      CommandExample(
        "elise-sweep run sweeps/size.yaml --json | jq 'select(.event == \"trial\") .scores.recalled'",
        "prints whether a trial recalls, as soon as it ends"),
    ])

  static func run(_ arguments: ParsedArguments) throws -> Int32 {
    StopSignal.listen()
    return try withWorld(onFailure: ExitCode.report) { world in
      let threads = try threads(arguments, world)
      guard world.rank == 0 else {
        try SweepRun.follow(
          world, threads: threads, isAskedToEnd: { StopSignal.hasCome },
          warn: { Console.note("warning: " + $0) })
        try world.barrier()
        return ExitCode.done
      }
      var (exitCode, lostRanks) = (ExitCode.usage, [LostRank]())
      do {
        (exitCode, lostRanks) = try lead(arguments, world, threads)
      } catch let error where ExitCode.isUsersError(error) {
        // The other ranks wait for their first message; this ends them quietly.
        try SweepRun.dismiss(world)
        Console.note("error: \(error)")
      }
      // Ranks that do not answer would be waited for until the network gives up.
      guard lostRanks.isEmpty, try world.barrier(within: .seconds(30)) else {
        world.end(exitCode: exitCode)
      }
      return exitCode
    }
  }

  private static func threads(
    _ arguments: ParsedArguments, _ world: any Communicator
  ) throws -> Int {
    if let threads = try? arguments.integer("threads", in: SweepArguments.threads) {
      return threads
    }
    let cores = AvailableCores.current
    return (world as? MPICommunicator).map { cores.share(ranks: $0.nodeSize, cores: $0.nodeCores) }
      ?? cores.count
  }

  private static func lead(
    _ arguments: ParsedArguments, _ world: any Communicator, _ threads: Int
  ) throws -> (exitCode: Int32, lostRanks: [LostRank]) {
    _ = try arguments.integer("threads", in: SweepArguments.threads)
    let start = Date().timeIntervalSince1970
    let begun = ContinuousClock.now
    var options = SweepRun.Options(
      threads: threads, retryFailed: arguments.has(SweepArguments.retryFailed.name))
    options.shard = try shard(arguments)
    options.deadline = try arguments.value("max-time").map { text in
      guard let seconds = DurationText.seconds(text) else {
        throw UsageError("--max-time: got \(text); expected \(DurationText.allowed)")
      }
      return begun + .seconds(seconds)
    }
    options.program = "\(Version.number) \(Version.commit)"
    let read = try SweepArguments(arguments, of: syntax.name)
    let (sweep, plan, folder) = (read.sweep, read.plan, read.folder)
    let display = try display(arguments)
    try read.openFolder()
    let heading = RunHeading(
      sweep: sweep, plan: plan, folder: folder, ranks: world.size, threads: threads,
      shard: options.shard,
      arrayTask: RunHeading.arrayTask(ProcessInfo.processInfo.environment))
    let sign = RunningFile.Writer(heading, start: start)
    defer { sign.remove() }
    display.begin(heading)
    ConcurrentRuns(heading).warning.map(display.warn)
    AvailableCores.current.warning(threads: threads, isLaunched: world is MPICommunicator)
      .map(display.warn)
    let outcome = try SweepRun(
      sweep: sweep, plan: plan, folder: folder, options: options, world: world
    ).lead(
      isAskedToEnd: { StopSignal.hasCome }, warn: display.warn, ended: display.ended,
      show: {
        display.show($0)
        sign.show($0)
      })
    display.finish()
    if !outcome.lostRanks.isEmpty {
      display.warn(
        "lost ranks, which do not answer: "
          + outcome.lostRanks.map(\.description).joined(separator: ", ")
          + "; the other ranks have run the trials of these ranks, and the job ends")
    }

    // Another shard may have finished meanwhile, and the last one writes the tables.
    let journal =
      options.shard == nil
      ? outcome.journal : try folder.readJournal()
    let results = try SweepResults(scoreGroups: sweep.scoreGroups, plan: plan, journal: journal)
    let provenance = Provenance(
      program: Provenance.Program(
        mpi: MPILibrary.version, linearAlgebra: LAPACKLibrary.description),
      host: hostName(), command: ["elise-sweep", "run"] + arguments.words, sweep: sweep,
      start: start, outcome: outcome)
    let state = ResultState(results)
    if let limit = arguments.value("max-time"), outcome.left > 0, outcome.ran == 0,
      outcome.saves == 0, !StopSignal.hasCome
    {
      // A job that restarts itself would otherwise do so for ever.
      Console.note(
        "error: --max-time: got \(limit), but no trial ended or could be saved in this time; "
          + "expected time for some seconds of training, and for the replay and tests of a trial, "
          + "which cannot be saved half-way")
      return (ExitCode.usage, outcome.lostRanks)
    }
    func end(_ exitCode: Int32, _ markdown: String?) -> (Int32, [LostRank]) {
      display.end(
        RunEnding(
          outcome: outcome, state: state, exitCode: exitCode, folder: folder,
          saved: folder.savedTrials,
          shard: options.shard, provenance: provenance, markdown: markdown))
      return (exitCode, outcome.lostRanks)
    }
    if outcome.left > 0 { return end(ExitCode.incomplete, nil) }
    if options.shard != nil && state.missing > 0 { return end(ExitCode.done, nil) }
    let (tables, warnings) = try folder.writeResults(
      results, of: sweep, journal: journal, provenance: provenance.json())
    for warning in warnings { display.warn(warning) }
    return end(state.exitCode, tables.console)
  }

  private static func display(_ arguments: ParsedArguments) throws -> any RunDisplay {
    switch (arguments.has("quiet"), arguments.has("json")) {
    case (true, true): throw UsageError("run: got --quiet and --json; expected only one of them")
    case (true, false): QuietDisplay()
    case (false, true): JSONDisplay()
    case (false, false): TextDisplay()
    }
  }

  private static func shard(_ arguments: ParsedArguments) throws -> Shard? {
    guard let text = arguments.value("shard") else { return nil }
    guard let shard = Shard(text) else {
      throw UsageError(
        "--shard: got \(text); expected I/N, with I from 1 to N and N up to \(Shard.maximum)")
    }
    return shard
  }
}

/// Signals that stop a run early: from a batch system before its time limit, from Ctrl-C, or from a
/// dropped connection. They only set a flag; the run then saves its trials and ends.
enum StopSignal {
  private static let received = Atomic<Int32>(0)

  /// Whether one has arrived.
  static var hasCome: Bool { received.load(ordering: .relaxed) != 0 }

  /// Handles the signals from now on. A second Ctrl-C ends the program at once.
  static func listen() {
    // Initialises the flag before the first signal, since a handler must not.
    received.store(0, ordering: .relaxed)
    for number in [SIGTERM, SIGINT, SIGHUP, SIGUSR1, SIGUSR2] {
      let before = signal(number) { number in
        StopSignal.received.store(number, ordering: .relaxed)
        if number == SIGINT { signal(SIGINT, SIG_DFL) }
      }
      // `nohup` ignores SIGHUP, and the run must continue then.
      let wasIgnored = unsafeBitCast(before, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
      if number == SIGHUP && wasIgnored { signal(SIGHUP, SIG_IGN) }
    }
  }
}
