import Experiment
import Journal
import Runner
import SweepPlan

/// `elise-sweep plan`: predicts the time and memory of a sweep.
enum PlanCommand: Command {
  static let syntax = CommandSyntax(
    name: "plan",
    summary:
      "predict the time and memory of a sweep for several numbers of ranks, without running it",
    operand: SweepArguments.operand,
    options: [
      CommandOption(
        "ranks", value: "P", isRepeatable: true,
        "number of MPI ranks; may be repeated (default: 1, 2, 4, … while more ranks help)"),
      CommandOption("threads", value: "N", "compute threads of each rank (default: 1)"),
      SweepArguments.out, SweepArguments.retryFailed, SweepArguments.set,
      CommandOption("json", "print the prediction for scripts, as one JSON object"),
    ],
    details: """
      This command runs no trial and writes no file. It measures parts of trials on this machine,
      or uses the times of finished trials in the result folder. Then it simulates the run for each
      number of ranks, with the scheduler of a real run.

      The prediction assumes that all cores are as fast as this one and do nothing else. It does
      not include the launcher, which needs a second or more.
      """,
    lists: [
      (
        "Exit codes",
        [
          ("0", "the prediction is printed"), ("2", "wrong usage or a wrong sweep file"),
          ("70", "internal error"),
        ]
      )
    ],
    examples: [
      CommandExample("elise-sweep plan sweeps/size.yaml", "predictions for 1, 2, 4, … ranks"),
      CommandExample(
        "elise-sweep plan sweeps/size.yaml --ranks 96 --threads 2",
        "the prediction for a job with 96 ranks"),
    ])

  /// The largest number of ranks that is predicted by default.
  private static let mostRanks = 4096

  static func run(_ arguments: ParsedArguments) throws -> Int32 {
    let threads = try arguments.integer("threads", in: SweepArguments.threads) ?? 1
    let ranks = try arguments.integers("ranks", in: 1...1_000_000)
    let read = try SweepArguments(arguments, of: syntax.name)
    let journal = try read.folder.readJournal()
    for warning in journal.damageWarnings() { Console.note("warning: \(warning)") }
    let available = AvailableMemory.current(ranks: 1).least
    let forecast = try Forecast(
      read.sweep, plan: read.plan, journal: journal,
      ranks: ranks.isEmpty
        ? usualRanks(read.plan.searches?.count ?? read.plan.count, threads: threads) : ranks,
      threads: threads, retryFailed: arguments.has(SweepArguments.retryFailed.name),
      memory: available.bytes,
      coordinatorSeconds: try WaitingSweep.coordinatorSecondsPerTrial())
    if let (count, memory) = forecast.tooLarge {
      let (needed, allowed) = MemoryText.pair(memory.bytes, available.bytes)
      Console.note(
        "warning: this prediction leaves out \(NumberText.counted(count, "trial")) that can need "
          + "up to \(needed) of memory, because only \(allowed) are available "
          + "(\(available.source)); trials that do not fit into the memory of a run fail")
    }
    let (name, folder) = (read.sweep.name, read.folder.path)
    if arguments.has("json") {
      Console.print(
        json: ForecastRecord(forecast, name: name, folder: folder, threads: threads),
        isOneKeyPerLine: true)
    } else {
      Console.print(ForecastText(forecast, name: name, folder: folder, threads: threads).text)
    }
    return ExitCode.done
  }

  /// Powers of two until every trial has its own thread.
  static func usualRanks(_ trials: Int, threads: Int) -> [Int] {
    let powers = sequence(first: 1) { $0 < mostRanks && $0 * threads < trials ? 2 * $0 : nil }
    return Array(powers)
  }
}
