import Testing

@testable import Scores

/// Undisturbed .875 and chance .125 make a quality of `(correlation - .125) / .75`, which is exact
/// for the numbers below.
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
    // What lies between no disturbance and the first one counts by half.
    #expect(Self.curve([0.5, 8], [0.125, nil]).robustness == 0.25 / 8)
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
