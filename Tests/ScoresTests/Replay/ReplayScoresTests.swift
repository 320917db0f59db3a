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

  /// If this fails, a replay that misses sounding notes is recalled because silent notes are right.
  @Test func recallCountsSoundingNotes() {
    func scores(sounding: Double) -> ReplayScores {
      Self.scores(
        (3..<13).map { number in
          var cycle = Self.cycle(number, correlation: 0.95, accuracy: 0.97)
          cycle.soundingAccuracy = sounding
          return cycle
        })
    }
    #expect(scores(sounding: 0.9).recalled == false)
    #expect(scores(sounding: 0.95).recalled == true)
    #expect(scores(sounding: 0.9).soundingAccuracy.map { abs($0 - 0.9) < 1e-12 } == true)
    #expect(scores(sounding: 0.9).noteAccuracy.map { abs($0 - 0.97) < 1e-12 } == true)
  }

  /// The summaries are means over the last ten cycles and over no others.
  @Test func summariesAreMeansOfTheLastTen() throws {
    let early = (3..<8).map { Self.cycle($0, correlation: 0, accuracy: 0, error: 9) }
    let late = (8..<18).map {
      Self.cycle($0, correlation: $0 < 13 ? 0.6 : 0.8, accuracy: 0.5, error: Double($0))
    }
    let scores = Self.scores(early + late)
    #expect(abs(try #require(scores.correlation) - 0.7) < 1e-12)
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

@Suite struct ReplayDriftTests {
  /// Two samples of 0.2 ms more each cycle: 0.4 ms per cycle, even if the shift wraps.
  @Test func steadyLagAcrossTheWrap() throws {
    let points = (3..<60).map { ReplayDrift.Point($0, (2 * $0 + 90) % 100) }
    let slope = ReplayDrift.slope(of: points, samples: 100, sampleSpacing: 0.2)
    #expect(abs(try #require(slope) - 0.4) < 1e-12)
  }

  /// A replay that runs early shows as a shift of nearly a cycle; its drift is negative.
  @Test func earlyReplayDriftsBackwards() throws {
    let points: [ReplayDrift.Point] = [(3, 1), (4, 98), (5, 95), (6, 92)]
    let slope = ReplayDrift.slope(of: points, samples: 100, sampleSpacing: 1)
    #expect(abs(try #require(slope) - -3) < 1e-12)
  }

  @Test func unwrapsByLessThanHalfACycle() {
    #expect(ReplayDrift.unwrapped([0, 49, 98, 47], samples: 100) == [0, 49, 98, 147])
    #expect(ReplayDrift.unwrapped([0, 50], samples: 100) == [0, -50])
    #expect(ReplayDrift.unwrapped([2, 0, 10, 8], samples: 11) == [2, 0, -1, -3])
    #expect(ReplayDrift.unwrapped([], samples: 10).isEmpty)
  }

  /// (0, 0), (1, 0), (2, 3): slope 3/2 by hand; a missing cycle keeps the others' places.
  @Test func leastSquaresByHand() throws {
    let bent: [ReplayDrift.Point] = [(0, 0), (1, 0), (2, 3)]
    let slope = ReplayDrift.slope(of: bent, samples: 100, sampleSpacing: 1)
    #expect(abs(try #require(slope) - 1.5) < 1e-12)
    let gap: [ReplayDrift.Point] = [(0, 0), (1, 2), (4, 8)]
    let overGap = ReplayDrift.slope(of: gap, samples: 100, sampleSpacing: 1)
    #expect(abs(try #require(overGap) - 2) < 1e-12)
  }

  @Test func needsTwoCycles() {
    #expect(ReplayDrift.slope(of: [], samples: 10, sampleSpacing: 1) == nil)
    #expect(ReplayDrift.slope(of: [(3, 1)], samples: 10, sampleSpacing: 1) == nil)
  }
}
