import Foundation
import TestSupport
import Testing

@testable import Experiment
@testable import Journal
@testable import RunSupport
@testable import Runner
@testable import SweepPlan

@Suite struct ForecastTests {
  private static func forecast(
    _ tiny: TinySweep, ranks: [Int] = [1, 2], threads: Int = 1
  ) throws -> Forecast {
    let sweep = try tiny.sweep()
    return try Forecast(
      sweep, plan: try Plan(sweep),
      journal: try JournalReader.read(folder: tiny.resultFolder + "/journal"), ranks: ranks,
      threads: threads, coordinatorSeconds: 1e-5)
  }

  /// If this fails, a user learns of another sweep than what `run` would do.
  @Test func countsWhatIsToBeRun() throws {
    try withTemporaryFolder { folder in
      let tiny = TinySweep(folder: folder, seeds: "[1, 2, 3]")
      let forecast = try Self.forecast(tiny)
      #expect(forecast.trials == 6 && forecast.pending == 6)
      #expect(forecast.conditions == 2)
      #expect(forecast.scoreGroups == [.recall])
      #expect(forecast.measuredNetworks == 2 && forecast.finishedTrials == 0)
      #expect(forecast.shortest > 0 && forecast.shortest <= forecast.longest)
      #expect(forecast.schedules.map(\.ranks) == [1, 2])
      let one = forecast.schedules[0]
      #expect(one.seconds >= forecast.coreSeconds)
      #expect(one.seconds < forecast.coreSeconds + 0.01)
      #expect(forecast.memory > 1_000_000)
      #expect(forecast.saturation > 1)
      // Nothing was written.
      #expect(!FileManager.default.fileExists(atPath: tiny.resultFolder))
    }
  }

  /// If this fails, what is finished is paid for again in the forecast, or what it took is not used.
  @Test func finishedTrialsAreLeftOutAndLearnedFrom() throws {
    try withTemporaryFolder { folder in
      var tiny = TinySweep(folder: folder)
      let (outcome, _) = try tiny.execute()
      let all = try Self.forecast(tiny)
      #expect(all.trials == 4 && all.pending == 0)
      #expect(all.coreSeconds == 0)
      #expect(all.schedules.allSatisfy { $0.seconds == 0 && $0.efficiency == 1 })

      tiny.seeds = "[1, 2, 3]"
      let grown = try Self.forecast(tiny)
      #expect(grown.trials == 6 && grown.pending == 2)
      #expect(grown.finishedTrials == 4 && grown.measuredNetworks == 0)
      // Two more of what four took.
      let took = try outcome.journal.rows.values.reduce(0) {
        $0 + (try TrialRecord(outcome.journal.content(of: $1)).cost.seconds)
      }
      #expect(abs(grown.coreSeconds - took / 2) < 1e-9)
    }
  }

  /// If this fails, the row of a number of ranks counts its threads wrongly.
  @Test func threadsOfAllRanksWork() throws {
    try withTemporaryFolder { folder in
      let forecast = try Self.forecast(
        TinySweep(folder: folder, seeds: "{from: 1, to: 40}"), ranks: [3], threads: 4)
      let schedule = try #require(forecast.schedules.first)
      #expect(schedule.threads == 12)
      #expect(abs(schedule.bound - forecast.coreSeconds / 12) < 1e-9)
      #expect(schedule.seconds >= schedule.bound)
      #expect((0...1).contains(schedule.efficiency))
      #expect(
        abs(schedule.efficiency - forecast.coreSeconds / (schedule.seconds * 12)) < 1e-9)
    }
  }

  /// A short run must say what a long one takes, in which training is nearly all.
  ///
  /// If this fails, the forecast of long trials has nothing to do with them. The bounds are wide,
  /// because other tests run beside this one.
  @Test func trainingCountsByItsLength() throws {
    try withTemporaryFolder { folder in
      var tiny = TinySweep(folder: folder, networks: "latent: [40]", seeds: "[1]")
      let seconds = try [50_000, 800_000].map { cycles in
        tiny.trainingCycles = cycles
        return try Self.forecast(tiny).coreSeconds
      }
      #expect((4...64).contains(seconds[1] / seconds[0]), "\(seconds)")
    }
  }

  /// The battery has over a thousand cycles, and the trial a few dozen.
  ///
  /// If this fails, sweeps with robustness tests take much longer than predicted.
  @Test func testsCount() throws {
    try withTemporaryFolder { folder in
      var tiny = TinySweep(folder: folder)
      let recall = try Self.forecast(tiny).coreSeconds
      tiny.scores = "[recall, robustness]"
      #expect(try Self.forecast(tiny).coreSeconds > 2 * recall)
    }
  }
}
