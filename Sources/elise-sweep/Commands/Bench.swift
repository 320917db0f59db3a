import Bench
import Foundation

/// `elise-sweep bench`: how fast this machine learns, and hands out trials.
enum BenchCommand: Command {
  static let syntax = CommandSyntax(
    name: "bench",
    summary: "measure the kernels against the machine's limit, and how fast trials are handed out",
    operand: nil,
    options: [
      CommandOption("quick", "a few sizes, under a minute"),
      CommandOption("json", "all numbers as JSON, in seconds, bytes and operations per second"),
    ],
    details: """
      Competitors take turns and the shortest time counts, but other work on the machine still
      shows: leave it alone meanwhile. Only what stands in one table can be compared.
      """)

  static func run(_ arguments: ParsedArguments) throws -> Int32 {
    let kernels = try KernelBenchmark.measured(arguments.has("quick") ? .quick : .standard) {
      Console.note($0)
    }
    let dispatch = try DispatchBenchmark().measuredInThisProcess()
    if arguments.has("json") {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
      let result = Result(kernels: kernels, dispatch: dispatch)
      Console.print(String(decoding: try encoder.encode(result), as: UTF8.self))
    } else {
      Console.print(kernels.table + "\n\n" + text(dispatch))
    }
    return ExitCode.done
  }

  /// What `--json` prints.
  private struct Result: Encodable {
    var kernels: KernelBenchmark
    var dispatch: DispatchBenchmark.Outcome
  }

  /// How many trials that take no time were handed out and kept.
  static func text(_ dispatch: DispatchBenchmark.Outcome) -> String {
    "Trials that take no time, through coordinator and journal: "
      + "\(ForecastText.number(Int(dispatch.trialsPerSecond))) a second"
  }
}
