import Bench
import Foundation

/// `elise-sweep bench`: how fast this machine learns.
enum BenchCommand: Command {
  static let syntax = CommandSyntax(
    name: "bench",
    summary: "measure the kernels against the reference kernel and the machine's limit",
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
    let result = try KernelBenchmark.measured(arguments.has("quick") ? .quick : .standard) {
      Console.note($0)
    }
    if arguments.has("json") {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
      Console.print(String(decoding: try encoder.encode(result), as: UTF8.self))
    } else {
      Console.print(result.table)
    }
    return ExitCode.done
  }
}
