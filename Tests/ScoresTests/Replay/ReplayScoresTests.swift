import Testing

@testable import Scores

@Suite struct ReplayScoresTests {
  /// A trial is recalled only if melody and shape are right, each in every one of the last ten.
  @Test(arguments: [
    (0.9, 0.95, true), (0.89, 1, false), (1, 0.94, false), (0.91, 0.92, false),
  ])
  func recallNeedsCorrelationAndNotes(correlation: Double, accuracy: Double, recalled: Bool) {
    let worst = Self.cycle(12, correlation: correlation, accuracy: accuracy)
    let before = (3..<12).map { Self.cycle($0, correlation: 0.1, accuracy: 0.1) }
    let after = (13..<22).map { Self.cycle($0, correlation: 1, accuracy: 1) }
    #expect(Self.scores(before + [worst] + after).recalled == recalled)
    // An eleventh cycle pushes it out.
    let eleventh = Self.cycle(22, correlation: 1, accuracy: 1)
    #expect(Self.scores(before + [worst] + after + [eleventh]).recalled == true)
  }

  /// The summaries are means over the last ten cycles and over no others.
  @Test func summariesAreMeansOfTheLastTen() throws {
    let early = (3..<8).map { Self.cycle($0, correlation: 0, accuracy: 0, error: 9) }
    let late = (8..<18).map {
      Self.cycle($0, correlation: $0 < 13 ? 0.6 : 0.8, accuracy: 0.5, error: Double($0))
    }
    let scores = Self.scores(early + late)
    #expect(abs(try #require(scores.correlation) - 0.7) < 1e-12)
    #expect(abs(try #require(scores.meanCorrelation(last: 5)) - 0.8) < 1e-12)
    #expect(scores.noteAccuracy == 0.5)
    #expect(scores.meanSquaredError == 12.5)
    #expect(scores.horizon == 0)
    #expect(scores.horizonCensored == false)
  }

  /// One missing score makes a summary missing rather than a mean over fewer cycles.
  @Test func missingCycleMakesSummariesMissing() {
    var cycles = (3..<20).map { Self.cycle($0, correlation: 1, accuracy: 1) }
    cycles[12] = Self.cycle(15, correlation: nil, accuracy: nil)
    let scores = Self.scores(cycles)
    #expect(scores.correlation == nil)
    #expect(scores.noteAccuracy == nil)
    #expect(scores.recalled == nil)
    #expect(scores.meanSquaredError == 0.25)
    #expect(scores.meanCorrelation(last: 4) == 1)
    #expect(scores.drift == 0)
    #expect(scores.horizon == 12)
    #expect(scores.horizonCensored == true)
  }

  private static func scores(_ cycles: [ReplayScores.Cycle]) -> ReplayScores {
    ReplayScores(cycles: cycles, samples: 100, sampleSpacing: 0.2)
  }

  private static func cycle(
    _ cycle: Int, correlation: Double?, accuracy: Double?, error: Double = 0.25
  ) -> ReplayScores.Cycle {
    let curves = ShiftCurves(correlation: correlation.map { [$0] }, meanSquaredError: [error])
    return ReplayScores.Cycle(cycle: cycle, match: CycleMatch(curves), noteAccuracy: accuracy)
  }
}
