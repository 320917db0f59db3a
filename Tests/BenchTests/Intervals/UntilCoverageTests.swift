import Testing

@testable import Bench

@Suite struct UntilCoverageTests {
  /// If this fails, a sweep that stops when it is precise states intervals that are too short.
  /// `interval-coverage` in Benchmarks simulates more conditions.
  @Test(arguments: [0.1, 0.3, 0.5, 0.8])
  func theReportedIntervalCoversTheTruth(p: Double) {
    for atMost in [100, 160] {
      let simulated = UntilCoverage(
        of: .recalled, probability: p, atMost: atMost, samples: 2_000)
      #expect(simulated.coverage >= 0.93, "\(p), \(atMost): \(simulated.coverage)")
      if p == 0.1 { #expect(simulated.stopped > 0.5 && simulated.networks < Double(atMost) * 0.9) }
    }
  }

  /// Resampling takes long without optimisation, so means are simulated for one p.
  @Test func theReportedIntervalOfAMeanCoversTheTruth() {
    let simulated = UntilCoverage(of: .correlation, probability: 0.3, atMost: 80, samples: 100)
    #expect(simulated.coverage >= 0.9, "\(simulated.coverage)")
  }
}
