import Testing

@testable import Scores

#if !DEBUG
  /// Scoring 100 cycles must stay small beside simulating them.
  @Suite struct ReplaySpeedTests {
    /// Für Elise, V = 13, T = 1250; 0.35 ms was measured with AVX-512.
    @Test func oneCycleTakesLessThanTwoMilliseconds() throws {
      let target = try Melody.fuerElise().target
      let produced = target.replayed(lag: 300)
      let best = (0..<50).map { _ in
        ContinuousClock().measure { _ = CycleMatch(produced, target) }
      }.min()
      print("one cycle scored in", try #require(best))
      #expect(try #require(best) < .milliseconds(2))
    }
  }
#endif
