import Experiment
import FoundationEssentials
import Glibc
import Journal
import LinearAlgebra
import MPI
import Report
import Runner
import SweepPlan

/// `elise-sweep run`: does what is pending of a sweep and writes its tables.
enum RunCommand: Command {
  static let syntax = CommandSyntax(
    name: "run",
    summary: "run a sweep, or what is still pending of it, and write its tables",
    operand: SweepArguments.operand,
    options: [
      SweepArguments.out,
      CommandOption(
        "threads", value: "N",
        "compute threads of each rank (default: 1 under an MPI launcher, else all cores)"),
      CommandOption(
        "shard", value: "I/N",
        "run only shard I of N (default: what SLURM_ARRAY_TASK_ID and its like say, else all)"),
      CommandOption(
        "max-time", value: "T",
        "save and leave after this time, for example 55m; whatever is left runs next time"),
      SweepArguments.retryFailed,
      SweepArguments.set,
      CommandOption("quiet", "no progress and no table, only errors"),
      CommandOption("json", "events for scripts: one JSON object in each line of standard output"),
    ],
    details: """
      Under `mpirun -n P elise-sweep run SWEEP.yaml` the trials are spread over P ranks. Finished
      trials are kept: the same command continues a run that was interrupted, and does only what is
      new of a grid that has grown. The result folder then holds report.html, which opens in a
      browser, figures/ (drawn by gnuplot where it is installed), trials.csv, summary.csv, summary.md,
      cube.nc for xarray, costs.csv and provenance.json.

      SIGTERM, SIGINT, SIGUSR1 and SIGUSR2 end a run early: long trials save themselves, short ones run
      again next time. Shards of one sweep share a result folder; the last of them writes the tables,
      or `elise-sweep merge DIR --out DIR` does.

      Exit codes: 0 all trials done, 1 some failed (tables are written), 2 wrong usage or sweep file
      (nothing has run), 3 trials are left: run the same command again, 70 internal error.

      --json tells of each event in a line of its own, with "event" and "time" in it:
      start     sweep, folder, trials, scores, ranks, threads (of all ranks), shard
      trial     trial, status, reason, seconds, parameters (the swept ones), scores
      progress  finished, failed, trials, fraction (of the work), elapsed, remaining [s],
                trials_per_second; every second
      warning   message
      end       exit_code, done, failed, missing, ran, left, seconds, best_possible (schedule over
                this one, at most 1), tables (whether they were written)
      """,
    examples: [
      CommandExample(
        "elise-sweep run sweeps/quickstart.yaml", "all cores of this machine"),
      CommandExample(
        "mpirun -n 64 elise-sweep run sweeps/size.yaml", "64 ranks; under Slurm see slurm/"),
      CommandExample(
        "elise-sweep run sweeps/size.yaml --set precision=single --out results/size-single",
        "the same sweep with another parameter, into a folder of its own"),
      CommandExample(
        "elise-sweep run sweeps/size.yaml --json | jq 'select(.event == \"trial\") .scores.recalled'",
        "what each trial came to, as it ends"),
    ])

  static func run(_ arguments: ParsedArguments) throws -> Int32 {
    StopSignal.listen()
    return try withWorld(onFailure: CommandLineTool.report) { world in
      let threads = try threads(arguments, world)
      guard world.rank == 0 else {
        try SweepRun.follow(world, threads: threads) { StopSignal.hasCome }
        return ExitCode.done
      }
      do {
        return try lead(arguments, world, threads)
      } catch let error where CommandLineTool.isUsersError(error) {
        // The other ranks wait for their first message; they shall end quietly.
        try SweepRun.dismiss(world)
        Console.note("error: \(error)")
        return ExitCode.usage
      }
    }
  }

  private static func threads(
    _ arguments: ParsedArguments, _ world: any Communicator
  ) throws -> Int {
    let launched = world is MPICommunicator
    return (try? arguments.integer("threads", in: SweepArguments.threads))
      ?? (launched ? 1 : ProcessInfo.processInfo.activeProcessorCount)
  }

  private static func lead(
    _ arguments: ParsedArguments, _ world: any Communicator, _ threads: Int
  ) throws -> Int32 {
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
      shard: options.shard)
    let sign = RunningFile.Writer(heading, start: start)
    defer { sign.remove() }
    display.begin(heading)
    let outcome = try SweepRun(
      sweep: sweep, plan: plan, folder: folder, options: options, world: world
    ).lead(
      isAskedToEnd: { StopSignal.hasCome }, warn: display.warn, ended: display.ended,
      show: {
        display.show($0)
        sign.show($0)
      })
    display.finish()

    // Another shard may have finished meanwhile, and the last one writes the tables.
    let journal =
      options.shard == nil
      ? outcome.journal : try JournalReader.read(folder: folder + "/journal")
    let results = try SweepResults(scoreGroups: sweep.scoreGroups, plan: plan, journal: journal)
    let provenance = Provenance(
      program: Provenance.Program(
        version: Version.number, mpi: MPILibrary.version,
        linearAlgebra: LAPACKLibrary.description ?? "unknown"),
      host: hostName(), command: ["elise-sweep", "run"] + arguments.words, sweep: sweep,
      run: Provenance.Run(
        ranks: outcome.ranks, threads: outcome.threads, trials: outcome.ran,
        trialsBefore: outcome.before, start: start, seconds: outcome.seconds,
        busySeconds: outcome.busySeconds, longestSeconds: outcome.longestSeconds,
        dispatchSeconds: outcome.dispatchSeconds, tailSeconds: outcome.tailSeconds))
    let state = ResultState(results)
    if let limit = arguments.value("max-time"), outcome.left > 0, outcome.ran == 0,
      outcome.saves == 0, !StopSignal.hasCome
    {
      // Otherwise a job that starts itself again would do so for nothing.
      Console.note(
        "error: --max-time: got \(limit), in which no trial has "
          + "ended or come far enough to be saved; expected time for some seconds of training, and "
          + "for the replay and the tests behind it, which are not saved half-way")
      return ExitCode.usage
    }
    func end(_ exitCode: Int32, _ markdown: String?) -> Int32 {
      display.end(
        RunEnding(
          outcome: outcome, state: state, exitCode: exitCode, folder: folder,
          shard: options.shard, provenance: provenance, markdown: markdown))
      return exitCode
    }
    if outcome.left > 0 { return end(ExitCode.incomplete, nil) }
    if options.shard != nil && state.missing > 0 { return end(ExitCode.done, nil) }
    let tables = try ResultFolder(folder).writeTables(
      results, of: sweep, provenance: provenance)
    let warnings = try ResultFolder(folder).writeReport(
      results, of: sweep, tables: tables, journal: journal)
    for warning in tables.warnings + warnings { display.warn(warning) }
    return end(state.exitCode, tables.console)
  }

  private static func display(_ arguments: ParsedArguments) throws -> any RunDisplay {
    switch (arguments.has("quiet"), arguments.has("json")) {
    case (true, true): throw UsageError("run: --quiet and --json exclude each other")
    case (true, false): QuietDisplay()
    case (false, true): JSONDisplay()
    case (false, false): TextDisplay()
    }
  }

  /// The shard that the command line names, or else the environment.
  private static func shard(_ arguments: ParsedArguments) throws -> Shard? {
    guard let text = arguments.value("shard") else {
      return Shard(slurm: ProcessInfo.processInfo.environment)
    }
    guard let shard = Shard(text) else {
      throw UsageError(
        "--shard: got \(text); expected I/N, with I from 1 to N and N up to \(Shard.maximum)")
    }
    return shard
  }
}
