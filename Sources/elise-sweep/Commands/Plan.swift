import Bench
import Experiment
import Journal
import Runner
import SweepPlan

/// `elise-sweep plan`: says what a run of a sweep will take.
enum PlanCommand: Command {
  static let syntax = CommandSyntax(
    name: "plan",
    summary: "say what a sweep will take, on how many ranks, without running it",
    operand: SweepArguments.operand,
    options: [
      CommandOption(
        "ranks", value: "P",
        "number of MPI ranks to foretell; may be repeated (default: 1, 2, 4, … while it helps)"),
      CommandOption("threads", value: "N", "compute threads of each rank (default: 1)"),
      SweepArguments.out, SweepArguments.retryFailed, SweepArguments.set,
    ],
    details: """
      Nothing is run and nothing is written. How long trials take is measured in a few short ones on
      this machine, or taken from those that the result folder holds; then the coordinator's own
      decisions are played through for each number of ranks. The times are those of the trials alone,
      on cores as fast as this one: the launcher needs a second or more besides.

      Exit codes: 0, or 2 for wrong usage or a wrong sweep file.
      """,
    examples: [
      CommandExample("elise-sweep plan sweeps/size.yaml", "on 1, 2, 4, … ranks"),
      CommandExample(
        "elise-sweep plan sweeps/size.yaml --ranks 96 --threads 2", "on the ranks of a job"),
    ])

  /// The most ranks that are foretold unless asked for.
  private static let mostRanks = 4096

  static func run(_ arguments: ParsedArguments) throws -> Int32 {
    let threads = try arguments.integer("threads", in: SweepArguments.threads) ?? 1
    let ranks = try arguments.integers("ranks", in: 1...1_000_000)
    let read = try SweepArguments(arguments, of: syntax.name)
    let journal = try JournalReader.read(folder: read.folder + "/journal")
    for damage in journal.damage { Console.note("warning: \(damage)") }
    let forecast = try Forecast(
      read.sweep, plan: read.plan, journal: journal,
      ranks: ranks.isEmpty
        ? usualRanks(read.plan.searches?.count ?? read.plan.count, threads: threads) : ranks,
      threads: threads, retryFailed: arguments.has(SweepArguments.retryFailed.name),
      coordinatorSeconds: try DispatchBenchmark.coordinatorSecondsPerTrial())
    Console.print(
      ForecastText(forecast, name: read.sweep.name, folder: read.folder, threads: threads).text)
    return ExitCode.done
  }

  /// Powers of two up to where every trial has a thread of its own.
  static func usualRanks(_ trials: Int, threads: Int) -> [Int] {
    let powers = sequence(first: 1) { $0 < mostRanks && $0 * threads < trials ? 2 * $0 : nil }
    return Array(powers)
  }
}
