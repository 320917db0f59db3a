import Foundation
import TestSupport
import Testing

@testable import Journal
@testable import RunSupport
@testable import Runner
@testable import SweepPlan

@Suite struct SearchForecastTests {
  private static func forecast(_ tiny: TinySweep) throws -> Forecast {
    let sweep = try tiny.sweep()
    return try Forecast(
      sweep, plan: try Plan(sweep),
      journal: try JournalReader.read(folder: tiny.resultFolder + "/journal"), ranks: [1, 2, 64],
      threads: 1, coordinatorSeconds: 1e-5)
  }

  /// Two searches over 1 to 9 thousand cycles.
  private static func forecast(beyond: Int) throws -> Forecast {
    try withTemporaryFolder { folder in
      let sweep = try SweepFile(
        Array(
          """
          name: tiny
          fixed: {pattern: tiny.txt, note_duration: 2, replay_cycles: 14}
          grid: {latent: [30], seed: [1, 2]}
          search: {training_cycles: {from: 1000, to: 9000, step: 1000}, beyond: \(beyond)}
          """.utf8), path: folder.path + "/none.yaml",
        source: InputFileSource([]) { role, path in
          try InputFile(role, path, bytes: Array(Fixtures.tinyPattern.utf8))
        })
      return try Forecast(
        sweep, plan: try Plan(sweep), journal: JournalContents(), ranks: [1, 2, 64], threads: 1,
        coordinatorSeconds: 1e-5)
    }
  }

  /// If this fails, a user reserves cores for less than it takes to verify the frontiers, or `plan` does not
  /// know that the values beyond them run at the same time.
  @Test func valuesBeyondTheFrontierCount() throws {
    let forecast = try Self.forecast(beyond: 2)
    let searches = try #require(forecast.choice)
    #expect(searches.left == 8...12 && forecast.pending == 12)
    // The costliest way is 5, 7, 6 and then 8, 9 thousand, the cheapest 5, 2, 1 and then 3, 7.
    let ratio = searches.coreSeconds.upperBound / searches.coreSeconds.lowerBound
    #expect((1.5...2.4).contains(ratio), "\(ratio)")
    let (one, two, many) = (forecast.schedules[0], forecast.schedules[1], forecast.schedules[2])
    #expect(abs(one.seconds - searches.coreSeconds.upperBound) < 0.05)
    #expect(abs(try #require(one.leastSeconds) - searches.coreSeconds.lowerBound) < 0.05)
    #expect(many.seconds < 0.9 * two.seconds && many.seconds > 0.99 * many.bound)
  }

  /// If this fails, a user reserves cores for the whole grid, or for less than the search takes.
  @Test func namesTheFewestAndTheMost() throws {
    let forecast = try Self.forecast(beyond: 0)
    let searches = try #require(forecast.choice)
    #expect(searches.count == 2 && searches.ended == 0 && searches.finished == 0)
    #expect(searches.left == 6...8)
    #expect(forecast.trials == 18 && forecast.pending == 8)
    #expect(searches.coreSeconds.upperBound == forecast.coreSeconds)
    // The cheapest way goes down, the costliest up: 5, 2, 1 thousand against 5, 7, 8, 9.
    let ratio = searches.coreSeconds.upperBound / searches.coreSeconds.lowerBound
    #expect((2...4).contains(ratio), "\(ratio)")
    let (one, two, many) = (
      forecast.schedules[0], forecast.schedules[1], forecast.schedules[2]
    )
    #expect(abs(one.seconds - searches.coreSeconds.upperBound) < 0.05)
    #expect(abs(try #require(one.leastSeconds) - searches.coreSeconds.lowerBound) < 0.05)
    #expect(abs(two.seconds - searches.coreSeconds.upperBound / 2) < 0.05)
    // Each search is one row of trials, whatever the number of ranks.
    #expect(abs(many.seconds - two.seconds) < 0.05)
  }

  /// If this fails, what searches have come to is paid for again, or a run keeps to another range.
  @Test func knowsHowFarSearchesHaveCome() throws {
    try withTemporaryFolder { folder in
      var tiny = TinySweep(folder: folder, seeds: "[1, 2, 3]")
      tiny.search =
        "{nudging: {from: 0.05, to: 0.95, points: 14}, criterion: correlation >= 0.185}"
      let before = try #require(try Self.forecast(tiny).choice)
      #expect(before.left == 24...36)
      let ran = try tiny.execute().outcome.ran
      #expect(before.left.contains(ran))
      let done = try Self.forecast(tiny)
      let after = try #require(done.choice)
      #expect(after.ended == 6 && after.finished == ran && after.left == 0...0)
      #expect(done.pending == 0 && done.coreSeconds == 0)
      tiny.seeds = "[1, 2, 3, 4]"
      let grown = try #require(try Self.forecast(tiny).choice)
      #expect(grown.ended == 6 && grown.count == 8 && grown.left == 8...12)
    }
  }
}
