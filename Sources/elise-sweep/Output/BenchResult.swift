import Bench
import Foundation

/// What `elise-sweep bench` prints.
struct BenchResult: Encodable {
  /// The kernels; nil where only trials were handed out.
  var kernels: KernelBenchmark?
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

  /// The whole text.
  var text: String {
    [kernels?.table, dispatchText, scheduleText].compactMap { $0 }.joined(separator: "\n\n")
  }

  private var dispatchText: String {
    "Trials that take no time, through coordinator and journal, over "
      + "\(ForecastText.counted(dispatch.ranks, "rank")): "
      + "\(ForecastText.number(Int(dispatch.trialsPerSecond))) a second"
  }

  private var scheduleText: String {
    let threads = ForecastText.counted(dispatch.threads, "thread")
    let head = ["trials", "one trial", "measured", "foretold", "ratio", "coordinator", "foretold"]
    let rows = schedules.map { schedule in
      [
        ForecastText.number(schedule.trials),
        "\(ForecastText.duration(schedule.shortest)) to \(ForecastText.duration(schedule.longest))",
        ForecastText.duration(schedule.seconds), ForecastText.duration(schedule.foretoldSeconds),
        String(format: "%.3f", schedule.ratio),
        ForecastText.percent(schedule.coordinatorSeconds / schedule.seconds),
        ForecastText.percent(schedule.foretoldCoordinatorSeconds / schedule.foretoldSeconds),
      ]
    }
    return "Trials that wait instead of computing, over \(threads), and what plan foretells:\n\n"
      + TextTable.rightAligned([head] + rows)
  }
}
