import Bench
import Foundation
import MPI

/// `elise-sweep bench`: how fast this machine learns, how fast it hands out trials, and whether runs
/// take as long as `plan` says.
enum BenchCommand: Command {
  static let syntax = CommandSyntax(
    name: "bench",
    summary: "measure the kernels against the machine's limit, and how fast trials are handed out",
    operand: nil,
    options: [
      CommandOption("quick", "fewer sizes and shorter schedules, under a minute"),
      CommandOption("threads", value: "N", "compute threads of each rank (default: 1)"),
      CommandOption("json", "all numbers as JSON, in seconds, bytes and operations per second"),
    ],
    details: """
      Competitors take turns and the shortest time counts, but other work on the machine still
      shows: leave it alone meanwhile. Only what stands in one table can be compared.

      Under `mpirun -n P elise-sweep bench` the kernels are left out, and trials go over P ranks.
      Those of the second part wait instead of computing, so there may be many more ranks, or threads,
      than cores; the times that they should take are those that `elise-sweep plan` would foretell.
      """,
    examples: [
      CommandExample("elise-sweep bench --quick", "kernels, and one rank"),
      CommandExample(
        "mpirun --oversubscribe -n 16 elise-sweep bench --threads 4",
        "how 64 threads are kept busy, and what plan would have said"),
    ])

  static func run(_ arguments: ParsedArguments) throws -> Int32 {
    let threads = try arguments.integer("threads", in: SweepArguments.threads) ?? 1
    let isQuick = arguments.has("quick")
    return try withWorld(onFailure: CommandLineTool.report) { world in
      let kernels =
        world is MPICommunicator
        ? nil
        : try KernelBenchmark.measured(isQuick ? .quick : .standard) { Console.note($0) }
      let schedules = schedules(world.size * threads, seconds: isQuick ? 1 : 3)
      let coordinatorSeconds =
        world.rank == 0 ? try DispatchBenchmark.coordinatorSecondsPerTrial() : 0
      guard let dispatch = try DispatchBenchmark().run(over: world, threads: threads) else {
        for schedule in schedules {
          _ = try schedule.run(
            over: world, threads: threads, coordinatorSeconds: coordinatorSeconds)
        }
        return ExitCode.done
      }
      let result = BenchResult(
        kernels: kernels, dispatch: dispatch,
        schedules: try schedules.compactMap {
          try $0.run(over: world, threads: threads, coordinatorSeconds: coordinatorSeconds)
        })
      Console.print(arguments.has("json") ? try result.json() : result.text)
      return ExitCode.done
    }
  }

  /// As many trials as `sweeps/scaling.yaml` has, and ones of five milliseconds on the mean.
  ///
  /// - Parameter seconds: How long they keep every thread waiting [s].
  private static func schedules(_ threads: Int, seconds: Double) -> [ScheduleBenchmark] {
    [720, Int(seconds * 200) * threads].map {
      ScheduleBenchmark(trials: $0, coreSeconds: seconds * Double(threads))
    }
  }
}
