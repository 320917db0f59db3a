/// The quality of one replay: every scored cycle, and what they come to.
///
/// A summary over the last cycles is missing where there are too few of them or one of them has no
/// score.
public struct ReplayScores: Equatable, Sendable {
  /// The score of one free replay cycle.
  public struct Cycle: Equatable, Sendable {
    /// Index of the cycle within the replay, nudged cycles counted.
    public let cycle: Int

    /// Correlation and squared error, at their best shifts and unshifted.
    public let match: CycleMatch

    /// Fraction of right notes at the correlation's shift; missing where there is none.
    public let noteAccuracy: Double?
  }

  /// The scored cycles: free, and followed by another cycle.
  public let cycles: [Cycle]

  /// Mean correlation of the last ``ReplayThresholds/summaryCycles`` scored cycles.
  public let correlation: Double?

  /// Mean squared error, averaged over the same cycles.
  public let meanSquaredError: Double?

  /// Slope of the unwrapped best shift, positive where the replay is slow [ms per cycle].
  public let drift: Double?

  /// Mean fraction of right notes over the last cycles.
  public let noteAccuracy: Double?

  /// Whether each of the last cycles reaches both thresholds, that of the correlation and that of
  /// the note accuracy.
  public let recalled: Bool?

  /// Free replay cycles until the correlation first falls below
  /// ``ReplayThresholds/horizonCorrelation``.
  public let horizon: Int?

  /// Whether the replay ended before that happened.
  public let horizonCensored: Bool?

  /// Summarises scored cycles.
  ///
  /// - Parameters:
  ///   - cycles: Every scored cycle from the first free one on, in order.
  ///   - samples: How many samples one cycle holds.
  ///   - sampleSpacing: Time from one sample to the next [ms].
  init(cycles: [Cycle], samples: Int, sampleSpacing: Double) {
    self.cycles = cycles
    let last = ReplayThresholds.summaryCycles
    correlation = Self.mean(of: cycles, last: last) { $0.match.correlation?.value }
    meanSquaredError = Self.mean(of: cycles, last: last) { $0.match.meanSquaredError?.value }
    noteAccuracy = Self.mean(of: cycles, last: last, \.noteAccuracy)
    recalled = Self.recalled(cycles)

    let points = cycles.compactMap { cycle in
      cycle.match.correlation.map { ReplayDrift.Point(cycle.cycle, $0.shift) }
    }
    drift = ReplayDrift.slope(of: points, samples: samples, sampleSpacing: sampleSpacing)

    let horizon = CensoredCount.horizon(cycles.map { $0.match.correlation?.value })
    self.horizon = horizon?.value
    horizonCensored = horizon?.isCensored
  }

  /// Mean correlation of the last `count` scored cycles; missing as the summaries are.
  public func meanCorrelation(last count: Int) -> Double? {
    Self.mean(of: cycles, last: count) { $0.match.correlation?.value }
  }

  /// Mean of a score over the last cycles, if there are as many and all have it.
  private static func mean(
    of cycles: [Cycle], last count: Int, _ score: (Cycle) -> Double?
  ) -> Double? {
    let values = cycles.suffix(count).compactMap(score)
    return count > 0 && values.count == count ? Moments(of: values).mean : nil
  }

  /// Whether each of the last cycles reaches both thresholds.
  private static func recalled(_ cycles: [Cycle]) -> Bool? {
    let verdicts = cycles.suffix(ReplayThresholds.summaryCycles).compactMap { cycle -> Bool? in
      guard let correlation = cycle.match.correlation, let accuracy = cycle.noteAccuracy
      else { return nil }
      return correlation.value >= ReplayThresholds.recalledCorrelation
        && accuracy >= ReplayThresholds.recalledNoteAccuracy
    }
    return verdicts.count == ReplayThresholds.summaryCycles ? verdicts.allSatisfy(\.self) : nil
  }
}
