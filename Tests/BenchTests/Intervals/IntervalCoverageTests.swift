import Testing

@testable import Bench

@Suite struct IntervalCoverageTests {
  /// If this fails, an interval called 95 % lets chance pass for a finding. `interval-coverage` in
  /// Benchmarks simulates more samples.
  @Test("Bounded intervals hold", arguments: [3, 5, 10, 20])
  func bounded(units: Int) throws {
    for distribution in IntervalCoverage.Distribution.all {
      let simulated = try #require(
        IntervalCoverage(of: distribution, units: units, isBounded: true, samples: 150))
      #expect(simulated.coverage >= 0.93, "\(distribution): \(simulated.coverage)")
      #expect(simulated.width < 0.97)
    }
  }

  /// If this fails, the mean of the networks that recall looks more certain than it is.
  @Test("Widened percentiles hold from five units on", arguments: [5, 10, 20])
  func widened(units: Int) throws {
    for distribution in [IntervalCoverage.Distribution.beta, .normal] {
      let simulated = try #require(
        IntervalCoverage(of: distribution, units: units, isBounded: false, samples: 300))
      #expect(simulated.coverage >= 0.91, "\(distribution): \(simulated.coverage)")
      let bounded = try #require(
        IntervalCoverage(of: distribution, units: units, isBounded: true, samples: 300))
      #expect(simulated.width < bounded.width)
    }
    #expect(IntervalCoverage(of: .normal, units: 4, isBounded: false, samples: 1) == nil)
  }

  /// If this fails, *no difference* is said of levels that differ, or a difference is found where chance
  /// alone made one.
  @Test("Intervals of differences hold", arguments: [5, 10, 20])
  func differences(units: Int) throws {
    for distribution in IntervalCoverage.Distribution.differences {
      let simulated = try #require(
        IntervalCoverage(
          of: distribution, units: units, isBounded: distribution.canFail, samples: 300))
      #expect(
        simulated.coverage >= (distribution.canFail ? 0.93 : 0.89),
        "\(distribution): \(simulated.coverage)")
    }
    // A small difference between networks that recall is found.
    let small = IntervalCoverage(
      of: .normalDifference(-0.06), units: units, isBounded: false, samples: 300)
    #expect(try #require(small).excludesZero > 0.9)
  }
}
