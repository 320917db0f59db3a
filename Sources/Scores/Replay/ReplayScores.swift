/// The scores of one replay: every scored cycle, and summaries.
///
/// Summaries over the last cycles are nil if there are too few cycles or one of them has no score.
///
/// - SeeAlso: docs/scores.md, *Replay*.
public struct ReplayScores: Equatable, Sendable {
  /// The scores of one free replay cycle.
  public struct Cycle: Equatable, Sendable {
    /// Index of the cycle within the replay, including nudged cycles.
    public let cycle: Int

    /// Correlation and squared error, at their best shifts and unshifted.
    public let match: CycleMatch

    /// Fraction of right notes at the shift of the correlation; nil without a correlation or notes.
    public let noteAccuracy: Double?

    /// The same among the notes in which the target sounds; nil if it never does.
    public var soundingAccuracy: Double?
  }

  /// The scored cycles: all free cycles except the last cycle.
  public let cycles: [Cycle]

  /// Mean correlation of the last ``ReplayThresholds/summaryCycles`` scored cycles.
  public let correlation: Double?

  /// Mean squared error, averaged over the same cycles.
  public let meanSquaredError: Double?

  /// Slope of the unwrapped best shift over cycles [ms per cycle]; positive if the replay is slow.
  public let drift: Double?

  /// Mean fraction of right notes over the same cycles.
  public let noteAccuracy: Double?

  /// Mean fraction of the sounding notes that are right, over the same cycles.
  public let soundingAccuracy: Double?

  /// Whether each of these cycles reaches the thresholds of the correlation and of the accuracy of
  /// sounding notes. The accuracy of all notes would count silence as right in silent notes. Without
  /// notes, the correlation alone decides.
  public let recalled: Bool?

  /// Number of free replay cycles until the correlation first falls below
  /// ``ReplayThresholds/horizonCorrelation``.
  public let horizon: Int?

  /// Whether the replay ended before that.
  public let horizonCensored: Bool?

  /// Summarises scored cycles.
  ///
  /// - Parameters:
  ///   - cycles: All scored cycles, in order.
  ///   - samples: Number of samples per cycle.
  ///   - sampleSpacing: Time between samples [ms].
  ///   - hasNotes: Whether the target has notes to score.
  init(cycles: [Cycle], samples: Int, sampleSpacing: Double, hasNotes: Bool = true) {
    self.cycles = cycles
    correlation = Self.mean(of: cycles) { $0.match.correlation?.value }
    meanSquaredError = Self.mean(of: cycles) { $0.match.meanSquaredError?.value }
    noteAccuracy = Self.mean(of: cycles, \.noteAccuracy)
    soundingAccuracy = Self.mean(of: cycles, \.soundingAccuracy)
    recalled = Self.recalled(cycles, hasNotes)

    let points = cycles.compactMap { cycle in
      cycle.match.correlation.map { ReplayDrift.Point(cycle.cycle, $0.shift) }
    }
    drift = ReplayDrift.slope(of: points, samples: samples, sampleSpacing: sampleSpacing)

    let horizon = CensoredCount.horizon(cycles.map { $0.match.correlation?.value })
    self.horizon = horizon?.value
    horizonCensored = horizon?.isCensored
  }

  /// Mean of a score over the last cycles; nil if there are too few or one has no score.
  private static func mean(of cycles: [Cycle], _ score: (Cycle) -> Double?) -> Double? {
    let values = cycles.suffix(ReplayThresholds.summaryCycles).compactMap(score)
    return values.count == ReplayThresholds.summaryCycles ? Moments(of: values).mean : nil
  }

  /// Whether each of the last cycles reaches both thresholds.
  private static func recalled(_ cycles: [Cycle], _ hasNotes: Bool) -> Bool? {
    let verdicts = cycles.suffix(ReplayThresholds.summaryCycles).compactMap { cycle -> Bool? in
      guard let correlation = cycle.match.correlation,
        let accuracy = hasNotes ? cycle.soundingAccuracy ?? cycle.noteAccuracy : 1
      else { return nil }
      return correlation.value >= ReplayThresholds.recalledCorrelation
        && accuracy >= ReplayThresholds.recalledNoteAccuracy
    }
    return verdicts.count == ReplayThresholds.summaryCycles ? verdicts.allSatisfy(\.self) : nil
  }
}

/// The drift of a replay relative to the target.
public enum ReplayDrift {
  /// Index of a scored cycle and its best shift [samples].
  public typealias Point = (cycle: Int, shift: Int)

  /// The slope of the best shift over cycles [ms per cycle]; positive if the replay is slow.
  ///
  /// - Parameters:
  ///   - points: Best shifts in ascending order of cycles, without cycles that have none.
  ///   - samples: Number of samples per cycle, where shifts wrap.
  ///   - sampleSpacing: Time from one sample to the next [ms].
  /// - Returns: The least-squares slope; missing for fewer than two points.
  public static func slope(of points: [Point], samples: Int, sampleSpacing: Double) -> Double? {
    guard points.count >= 2 else { return nil }
    let shifts = unwrapped(points.map(\.shift), samples: samples).map(Double.init)
    let cycles = points.map { Double($0.cycle) }
    let (meanCycle, meanShift) = (Moments(of: cycles).mean, Moments(of: shifts).mean)

    let products = zip(cycles, shifts).reduce(0) { sum, point in
      sum + (point.0 - meanCycle) * (point.1 - meanShift)
    }
    let squares = Moments(of: cycles).sumOfSquares
    return products / squares * sampleSpacing  // [ms per cycle]
  }

  /// Adds whole cycles to shifts so that adjacent shifts differ by at most half a cycle.
  ///
  /// A difference of exactly half a cycle counts as backward.
  static func unwrapped(_ shifts: [Int], samples: Int) -> [Int] {
    var result: [Int] = []
    for shift in shifts {
      guard let last = result.last else {
        result.append(shift)
        continue
      }
      let forward = (((shift - last) % samples) + samples) % samples
      result.append(last + (2 * forward >= samples ? forward - samples : forward))
    }
    return result
  }
}

/// The thresholds of the replay scores.
///
/// - SeeAlso: docs/scores.md, *Thresholds*.
public enum ReplayThresholds {
  /// Number of scored replay cycles, the last ones, in the summaries.
  public static let summaryCycles = 10

  /// Correlation that each of the last cycles must reach to count as recalled.
  ///
  /// It is not sufficient alone: two swapped notes of Für Elise still give a correlation of 0.91.
  public static let recalledCorrelation = 0.9

  /// Accuracy of the sounding notes that each of the last cycles must reach to count as recalled.
  public static let recalledNoteAccuracy = 0.95

  /// Correlation below which a free replay has lost the sequence.
  public static let horizonCorrelation = 0.5

  /// Unshifted correlation that a free test must reach to meet the criterion.
  public static let criterionCorrelation = 0.9

  /// Number of consecutive free tests that must meet the criterion.
  public static let criterionTests = 3

  /// Standard deviation below which a rate (in [0, 1]) counts as constant.
  public static let constantDeviation = 1e-6

  /// Difference of scores below which two shifts are equally good; the smallest such shift is used.
  ///
  /// Otherwise rounding would decide between the shifts of a pattern that repeats itself.
  public static let shiftTolerance = 1e-12
}
