import Bench
import FoundationEssentials
import MPI
import Runner
import SweepPlan

/// `elise-sweep bench`: measures the kernels, the dispatch of trials, and the accuracy of `plan`.
enum BenchCommand: Command {
  static let syntax = CommandSyntax(
    name: "bench",
    summary: "measure the speed of the kernels and of the coordinator, and the accuracy of plan",
    operand: nil,
    options: [
      CommandOption("quick", "fewer sizes and shorter runs; takes less than a minute"),
      CommandOption("threads", value: "N", "compute threads of each rank (default: 1)"),
      CommandOption("json", "print JSON, in seconds, bytes and operations per second"),
    ],
    details: """
      Kernels are timed in turns, and the shortest time of each is shown. Other work on the machine
      changes the results, so stop it first. Compare only numbers of the same table.

      If the process may use several cores, networks are also computed by all of them together.

      `mpirun -n P elise-sweep bench` does not measure kernels. It runs trials over P ranks. These
      trials wait instead of computing, so there can be more threads than cores. The output compares
      the times of these runs with the predictions of `elise-sweep plan`.
      """,
    examples: [
      CommandExample("elise-sweep bench --quick", "kernels, and runs on one rank"),
      CommandExample(
        "mpirun --oversubscribe -n 16 elise-sweep bench --threads 4",
        "measured and predicted times of runs on 64 threads"),
    ])

  static func run(_ arguments: ParsedArguments) throws -> Int32 {
    let threads = try arguments.integer("threads", in: SweepArguments.threads) ?? 1
    let isQuick = arguments.has("quick")
    return try withWorld(onFailure: ExitCode.report) { world in
      let plan = isQuick ? KernelBenchmark.Plan.quick : .standard
      let cores = AvailableCores.current.count
      let isAlone = !(world is MPICommunicator)
      let kernels = isAlone ? try KernelBenchmark.measured(plan) { Console.note($0) } : nil
      let helping =
        isAlone && cores > 1
        ? try HelpingBenchmark.measured(plan, threads: cores) { Console.note($0) } : nil
      let schedules = schedules(world.size * threads, seconds: isQuick ? 1 : 3)
      let coordinatorSeconds =
        world.rank == 0 ? try WaitingSweep.coordinatorSecondsPerTrial() : 0
      guard let dispatch = try DispatchBenchmark().run(over: world, threads: threads) else {
        for schedule in schedules {
          _ = try schedule.run(
            over: world, threads: threads, coordinatorSeconds: coordinatorSeconds)
        }
        return ExitCode.done
      }
      let result = BenchResult(
        kernels: kernels, helping: helping, dispatch: dispatch,
        schedules: try schedules.compactMap {
          try $0.run(over: world, threads: threads, coordinatorSeconds: coordinatorSeconds)
        })
      Console.print(arguments.has("json") ? try result.json() : result.text)
      return ExitCode.done
    }
  }

  /// As many trials as `sweeps/scaling.yaml` has, and trials of five milliseconds on average.
  ///
  /// - Parameter seconds: The time that each thread waits [s].
  private static func schedules(_ threads: Int, seconds: Double) -> [ScheduleBenchmark] {
    [720, Int(seconds * 200) * threads].map {
      ScheduleBenchmark(trials: $0, coreSeconds: seconds * Double(threads))
    }
  }
}

/// The output of `elise-sweep bench`.
struct BenchResult: Encodable {
  /// The kernels; nil under an MPI launcher.
  var kernels: KernelBenchmark?
  /// Threads that compute a network together; nil under an MPI launcher, and on one core.
  var helping: HelpingBenchmark?
  /// Trials that take no time.
  var dispatch: DispatchBenchmark.Outcome
  /// Trials that wait.
  var schedules: [ScheduleBenchmark.Outcome]

  /// The JSON text.
  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }

  /// The text for people.
  var text: String {
    [kernels?.table, helping?.table, dispatchText, scheduleText].compactMap { $0 }.joined(
      separator: "\n\n")
  }

  private var dispatchText: String {
    "Trials that take no time, through coordinator and journal, on "
      + "\(NumberText.counted(dispatch.ranks, "rank")): "
      + "\(NumberText.whole(Int(dispatch.trialsPerSecond))) per second"
  }

  private var scheduleText: String {
    let threads = NumberText.counted(dispatch.threads, "thread")
    let head = [
      "trials", "one trial", "measured", "predicted", "ratio", "coordinator", "predicted",
    ]
    let rows = schedules.map { schedule in
      [
        NumberText.whole(schedule.trials),
        NumberText.fineDuration(schedule.shortest) + " to "
          + NumberText.fineDuration(schedule.longest),
        NumberText.fineDuration(schedule.seconds),
        NumberText.fineDuration(schedule.predictedSeconds), Decimals.text(schedule.ratio, 3),
        NumberText.percent(schedule.coordinatorSeconds / schedule.seconds),
        NumberText.percent(schedule.predictedCoordinatorSeconds / schedule.predictedSeconds),
      ]
    }
    return "Trials that wait instead of computing, on \(threads), and the prediction of plan:\n\n"
      + TextTable.rightAligned([head] + rows)
  }
}
