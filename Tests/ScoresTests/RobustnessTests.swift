import Testing

@testable import Scores

@Suite struct RobustnessKindTests {
  /// If this fails, areas under the curve are taken over severities out of order or from no
  /// disturbance at all.
  @Test(arguments: RobustnessKind.allCases)
  func severitiesAscend(kind: RobustnessKind) {
    #expect(kind.severities.count == 5)
    #expect(kind.severities[0] > 0)
    #expect(zip(kind.severities, kind.severities.dropFirst()).allSatisfy { $0 < $1 })
  }

  /// If this fails, more is lost than there is.
  @Test(arguments: [RobustnessKind.synapseLoss, .latentLoss])
  func lossesAreParts(kind: RobustnessKind) {
    #expect(kind.severities.allSatisfy { $0 <= 1 })
    #expect(kind.unit == nil)
  }

  /// If this fails, columns of published tables have other names than before.
  @Test func namesAreThoseOfTheColumns() {
    #expect(
      RobustnessKind.allCases.map(\.rawValue) == [
        "silence", "membrane_noise", "synapse_loss", "weight_noise", "latent_loss",
      ])
  }
}

/// With an unperturbed correlation of 0.875 and chance at 0.125 the quality is
/// `(correlation - 0.125) / 0.75`, which is exact for the numbers below.
@Suite struct RobustnessCurveTests {
  private static func curve(
    _ severities: [Double], _ correlations: [Double?]
  ) -> RobustnessCurve {
    RobustnessCurve(
      severities: severities, correlations: correlations, undisturbed: 0.875, chance: 0.125)
  }

  /// If this fails, networks that beat their own undisturbed replay, or fall below chance, shift
  /// the mean over all others.
  @Test func qualityIsClipped() {
    let curve = Self.curve([1, 2, 3, 4], [1, 0.6875, 0, -1])
    #expect(curve.severities == [0, 1, 2, 3, 4])
    #expect(curve.quality == [1, 1, 0.75, 0, 0])
  }

  /// If this fails, a network that a disturbance blew up counts as untouched, or not at all.
  @Test func missingCorrelationLeavesNothing() {
    #expect(Self.curve([1, 2], [nil, 0.875]).quality == [1, 0, 1])
  }

  /// 1 · 1 + 1 · 3/4 + 2 · 1/4 over 4: severities are not evenly spaced.
  ///
  /// If this fails, mild disturbances weigh more or less than their range.
  @Test func areaIsThatOfTheTrapezia() {
    #expect(Self.curve([1, 2, 4], [0.875, 0.5, 0.125]).robustness == 0.5625)
  }

  /// If this fails, the scale does not reach from 0 to 1.
  @Test func areaOfExtremes() {
    #expect(Self.curve([0.5, 8], [0.875, 0.875]).robustness == 1)
    // The area between severity 0 and the first severity counts half.
    #expect(Self.curve([0.5, 8], [0.125, nil]).robustness == 0.25 / 8)
  }

  /// From 1 to 2 and from 2 to 8 there are one and two octaves: 7/8 · 1/3 + 3/8 · 2/3.
  ///
  /// If this fails, the two largest severities decide a score that promises that each factor counts
  /// alike.
  @Test func areaOverTheLogarithmCountsFactors() {
    let area = Self.curve([1, 2, 8], [0.875, 0.6875, 0.125]).robustnessOverLog
    #expect(abs(area - (0.875 + 0.375 * 2) / 3) < 1e-12)
    #expect(Self.curve([0.1, 3, 7], [0.875, 0.875, 1]).robustnessOverLog == 1)
    #expect(Self.curve([0.1, 3, 7], [0.125, nil, 0]).robustnessOverLog == 0)
  }

  /// If this fails, the severity that a paper quotes is that of a tested point and not of the
  /// crossing.
  @Test(
    arguments: [
      // Quality 1, 3/4, 1/4.
      ([0.5, 1, 2], [0.875, 0.6875, 0.3125], 1.5),
      // The curve starts with all of the quality at no disturbance.
      ([2], [0.125], 1.0),
      ([2, 4], [nil, nil], 1.0),
      // One half at a tested point, less behind it.
      ([1, 2, 4], [0.875, 0.5, 0.125], 2.0),
    ] as [([Double], [Double?], Double)])
  func halfSeverityIsInterpolated(
    severities: [Double], correlations: [Double?], expected: Double
  ) {
    let half = Self.curve(severities, correlations).halfSeverity
    #expect(half == .init(value: expected, isCensored: false))
  }

  /// If this fails, a network that was never brought down looks as if it had been.
  @Test(arguments: [[0.875, 0.875], [0.6875, 0.5], [0.5, 0.5]])
  func halfSeverityIsCensoredAtTheLargest(correlations: [Double]) {
    let half = Self.curve([1, 8], correlations).halfSeverity
    #expect(half == .init(value: 8, isCensored: true))
  }

  /// Quality 1, 1/4, 1, 0: it falls below one half twice.
  ///
  /// If this fails, a network that recovers by luck at a larger severity counts as sturdier.
  @Test func firstCrossingCounts() {
    let half = Self.curve([1, 2, 3], [0.3125, 0.875, 0.125]).halfSeverity
    #expect(!half.isCensored)
    #expect(abs(half.value - 2.0 / 3) < 1e-15)
  }
}

@Suite struct RecoveryTests {
  /// Good cycles reach nine tenths of 0.5.
  private static func cycles(_ correlations: [Double?]) -> CensoredCount {
    Recovery.cycles(correlations, undisturbed: 0.5)
  }

  /// If this fails, networks that limp back for a cycle or two count as recovered.
  @Test(
    arguments: [
      ([0.5, 0.5, 0.5, 0.5, 0.5], CensoredCount(0)),
      // Exactly nine tenths are enough.
      ([0.1, 0.45, 0.45, 0.45, 0.45, 0.45, 0.1], CensoredCount(1)),
      // Four in a row, one bad cycle, five in a row.
      ([0.5, 0.5, 0.5, 0.5, 0.44, 0.5, 0.5, 0.5, 0.5, 0.5], CensoredCount(5)),
      // Four at the end say nothing of a fifth.
      ([0.1, 0.1, 0.5, 0.5, 0.5, 0.5], CensoredCount(6, isCensored: true)),
      ([0.1, 0.2, 0.1, 0.2, 0.1, 0.2], CensoredCount(6, isCensored: true)),
      // A cycle without correlation is none that is good.
      ([0.5, 0.5, nil, 0.5, 0.5, 0.5, 0.5, 0.5], CensoredCount(3)),
      ([0.5, 0.5, 0.5, 0.5, nil], CensoredCount(5, isCensored: true)),
      // A network that diverged has no cycles.
      ([], CensoredCount(0, isCensored: true)),
    ] as [([Double?], CensoredCount)])
  func firstOfFiveInARow(correlations: [Double?], expected: CensoredCount) {
    #expect(Self.cycles(correlations) == expected)
  }

  /// If this fails, the phase of replays that never came back, which is arbitrary, enters the mean.
  @Test func phasesOfRecoveredReplaysAreAveraged() {
    let never = CensoredCount(19, isCensored: true)
    func mean(_ runs: [(CensoredCount, Int?)]) -> Double? {
      Recovery.meanPhaseShift(
        runs.map { (recovery: $0.0, shift: $0.1) }, twin: 10, samples: 100)
    }
    let recovered = mean([(CensoredCount(2), 20), (never, 60), (CensoredCount(3), 90)])
    #expect(abs((recovered ?? 0) - 0.15) < 1e-12)
    #expect(mean([(CensoredCount(2), nil), (CensoredCount(2), 10)]) == 0)
    #expect(mean([(never, 60)]) == nil && mean([]) == nil)
  }

  /// If this fails, a replay half a cycle late is also half a cycle early, and means are wrong.
  @Test(
    arguments: [
      (0, 0, 0), (10, 0, 0.1), (0, 10, -0.1), (49, 0, 0.49), (51, 0, -0.49), (99, 0, -0.01),
      (0, 99, 0.01), (50, 0, -0.5), (0, 50, -0.5), (75, 25, -0.5), (30, 80, -0.5),
    ])
  func phaseShiftWraps(shift: Int, twin: Int, expected: Double) {
    let found = Recovery.phaseShift(shift, twin: twin, samples: 100)
    #expect(abs(found - expected) < 1e-12)
  }

  @Test(arguments: [1, 2, 3, 7, 200, 1_250])
  func phaseShiftStaysInOneCycle(samples: Int) {
    for shift in 0..<samples {
      for twin in [0, samples / 3, samples - 1] {
        let found = Recovery.phaseShift(shift, twin: twin, samples: samples)
        #expect((-0.5..<0.5).contains(found), "\(shift) against \(twin) of \(samples)")
      }
    }
  }
}
