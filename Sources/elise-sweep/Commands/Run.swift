import FoundationEssentials
import Glibc
import MPI
import Report
import Sweep

/// `elise-sweep run`: does what is pending of a sweep and writes its tables.
enum Run: Command {
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
      """)

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
        throw UsageError("--max-time: found \(text), allowed is \(DurationText.allowed)")
      }
      return begun + .seconds(seconds)
    }
    options.program = "\(Version.number) \(Version.commit)"
    let read = try SweepArguments(arguments, of: syntax.name)
    let (sweep, plan, folder) = (read.sweep, read.plan, read.folder)
    let quiet = arguments.has("quiet")
    try read.openFolder()

    if !quiet {
      let work = plan.searches.map { "\($0.count) searches in \(plan.count) trials" }
      Console.note(
        "\(sweep.name): \(work ?? "\(plan.count) trials") over \(world.size) rank\(world.size == 1 ? "" : "s") "
          + "with \(threads) thread\(threads == 1 ? "" : "s") each, results in \(folder)"
          + (options.shard.map { ", shard \($0)" } ?? ""))
    }
    var line = ProgressLine(isTerminal: Console.isTerminal)
    let outcome = try SweepRun(
      sweep: sweep, plan: plan, folder: folder, options: options, world: world
    ).lead(
      isAskedToEnd: { StopSignal.hasCome }, warn: { Console.note("warning: " + $0) },
      show: { if !quiet { line.show($0) } })
    if !quiet { line.finish() }

    // Another shard may have finished meanwhile, and the last one writes the tables.
    let journal =
      options.shard == nil
      ? outcome.journal : try JournalReader.read(folder: folder + "/journal")
    let results = try SweepResults(tests: sweep.tests, plan: plan, journal: journal)
    let provenance = Provenance(
      version: Version.number, command: ["elise-sweep", "run"] + arguments.words, sweep: sweep,
      outcome: outcome, start: start)
    let state = ResultState(results)
    if outcome.left > 0 || options.shard != nil && state.missing > 0 {
      if outcome.left > 0, outcome.ran == 0, outcome.saves == 0, !StopSignal.hasCome {
        // Otherwise a job that starts itself again would do so for nothing.
        Console.note(
          "error: --max-time: found \(arguments.value("max-time") ?? "none"), in which no trial has "
            + "ended or come far enough to be saved; needed is time for some seconds of training, and "
            + "for the replay and the tests behind it, which are not saved half-way")
        return ExitCode.usage
      }
      if !quiet { Console.note(leavingLine(outcome, state, options.shard, folder)) }
      return outcome.left > 0 ? ExitCode.incomplete : ExitCode.done
    }
    let tables = try ResultFolder(folder).writeTables(
      results, of: sweep, provenance: provenance)
    let warnings = try ResultFolder(folder).writeReport(
      results, of: sweep, tables: tables, journal: journal)
    for warning in tables.warnings + warnings { Console.note("warning: " + warning) }
    if !quiet {
      Console.print("\n" + tables.markdown)
      Console.note(closingLine(results, outcome, provenance, folder))
    }
    return state.exitCode
  }

  /// The shard that the command line names, or else the environment.
  private static func shard(_ arguments: ParsedArguments) throws -> Shard? {
    guard let text = arguments.value("shard") else {
      return Shard(slurm: ProcessInfo.processInfo.environment)
    }
    guard let shard = Shard(text) else {
      throw UsageError(
        "--shard: found \(text), allowed is I/N, with I from 1 to N and N up to \(Shard.maximum)")
    }
    return shard
  }

  private static func leavingLine(
    _ outcome: SweepRun.Outcome, _ state: ResultState, _ shard: Shard?, _ folder: String
  ) -> String {
    if outcome.left > 0 {
      return
        "\(outcome.ran) run in \(ProgressLine.duration(outcome.seconds)), "
        + (state.searches == nil ? "\(outcome.left) left" : "\(outcome.left) searches not ended")
        + "; the same command goes on"
    }
    return "shard \(shard.map(\.description) ?? "") is done; of the sweep, \(state.text). When all "
      + "shards are done: elise-sweep merge \(folder) --out \(folder)"
  }

  private static func closingLine(
    _ results: SweepResults, _ outcome: SweepRun.Outcome, _ provenance: Provenance,
    _ folder: String
  ) -> String {
    let failed = results.failed
    let parts = [
      "\(results.count(.done)) of \(results.count) trials done",
      failed > 0 ? "\(failed) failed (see reason in \(folder)/trials.csv)" : nil,
      outcome.before > 0 ? "\(outcome.before) were finished before" : nil,
      outcome.ran > 0
        ? "\(outcome.ran) run in \(ProgressLine.duration(outcome.seconds))" : "nothing left to run",
      provenance.achievedText,
    ]
    return parts.compactMap { $0 }.joined(separator: ", ") + "; tables in \(folder)"
  }
}
