import Testing

@testable import Scores

@Suite struct ReplayDriftTests {
  /// Two samples of .2 ms more each cycle: .4 ms per cycle, however often the shift wraps.
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
