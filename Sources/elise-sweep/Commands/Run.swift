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

      Exit codes: 0 all trials done, 1 some failed (tables are written), 2 wrong usage or sweep file
      (nothing has run), 70 internal error.
      """)

  static func run(_ arguments: ParsedArguments) throws -> Int32 {
    return try withWorld(onFailure: CommandLineTool.report) { world in
      let threads = try threads(arguments, world)
      guard world.rank == 0 else {
        try SweepRun.follow(world, threads: threads)
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
    let read = try SweepArguments(arguments, of: syntax.name)
    let (sweep, plan, folder) = (read.sweep, read.plan, read.folder)
    let quiet = arguments.has("quiet")
    try ResultFolder(folder).store(sweep)

    if !quiet {
      Console.note(
        "\(sweep.name): \(plan.count) trials over \(world.size) rank\(world.size == 1 ? "" : "s") "
          + "with \(threads) thread\(threads == 1 ? "" : "s") each, results in \(folder)")
    }
    var line = ProgressLine(isTerminal: Console.isTerminal)
    let outcome = try SweepRun(
      sweep: sweep, plan: plan, folder: folder,
      options: .init(threads: threads, retryFailed: arguments.has(SweepArguments.retryFailed.name)),
      world: world
    ).lead(warn: { Console.note("warning: " + $0) }, show: { if !quiet { line.show($0) } })
    if !quiet { line.finish() }

    let results = try SweepResults(tests: sweep.tests, plan: plan, journal: outcome.journal)
    let provenance = Provenance(
      version: Version.number, command: ["elise-sweep", "run"] + arguments.words, sweep: sweep,
      outcome: outcome, start: start)
    let tables = try ResultFolder(folder).writeTables(
      results, of: sweep, provenance: provenance)
    let warnings = try ResultFolder(folder).writeReport(
      results, of: sweep, tables: tables, journal: outcome.journal)
    for warning in tables.warnings + warnings { Console.note("warning: " + warning) }
    if !quiet {
      Console.print("\n" + tables.markdown)
      Console.note(closingLine(results, outcome, provenance, folder))
    }
    return results.count(.done) == plan.count ? ExitCode.done : ExitCode.someFailed
  }

  private static func closingLine(
    _ results: SweepResults, _ outcome: SweepRun.Outcome, _ provenance: Provenance,
    _ folder: String
  ) -> String {
    let failed = results.failed
    let parts = [
      "\(results.count(.done)) of \(results.rows.count) trials done",
      failed > 0 ? "\(failed) failed (see reason in \(folder)/trials.csv)" : nil,
      outcome.before > 0 ? "\(outcome.before) were finished before" : nil,
      outcome.ran > 0
        ? "\(outcome.ran) run in \(ProgressLine.duration(outcome.seconds))" : "nothing left to run",
      provenance.achievedText,
    ]
    return parts.compactMap { $0 }.joined(separator: ", ") + "; tables in \(folder)"
  }
}
