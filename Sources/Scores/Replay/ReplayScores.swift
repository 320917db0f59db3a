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
    correlation = Self.mean(of: cycles) { $0.match.correlation?.value }
    meanSquaredError = Self.mean(of: cycles) { $0.match.meanSquaredError?.value }
    noteAccuracy = Self.mean(of: cycles, \.noteAccuracy)
    recalled = Self.recalled(cycles)

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

/// How fast a replay runs away from the clock of the teacher that has left.
public enum ReplayDrift {
  /// A scored cycle's index, and the shift in samples at which it matches best.
  public typealias Point = (cycle: Int, shift: Int)

  /// The slope of the best shift over cycles, positive where the replay is slow [ms per cycle].
  ///
  /// - Parameters:
  ///   - points: Best shifts in ascending order of cycles; a cycle without one is left out.
  ///   - samples: How many samples one cycle holds: the shift wraps there.
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

  /// Adds whole cycles so that no shift is half a cycle or more away from the one before it.
  ///
  /// A step of exactly half a cycle is taken as backwards.
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

/// The numbers that turn replay quality into verdicts, in one place.
///
/// - SeeAlso: The shared page on scores, *Replay quality*.
public enum ReplayThresholds {
  /// How many of the last scored replay cycles the summary looks at.
  public static let summaryCycles = 10

  /// Correlation that each of the last cycles must reach to count as recalled.
  ///
  /// Not enough alone: swapping two notes of Für Elise still correlates .91.
  public static let recalledCorrelation = 0.9

  /// Note accuracy that each of the last cycles must reach to count as recalled.
  public static let recalledNoteAccuracy = 0.95

  /// Below this correlation a free replay has lost the sequence.
  public static let horizonCorrelation = 0.5

  /// Unshifted correlation that a free test must reach to meet the criterion.
  public static let criterionCorrelation = 0.9

  /// How many free tests in a row must meet the criterion.
  public static let criterionTests = 3

  /// Standard deviation below which a rate (in [0, 1]) counts as constant.
  public static let constantDeviation = 1e-6

  /// Shifts whose scores differ by less than this are equally good: the earliest is taken.
  ///
  /// Without it rounding would choose among the shifts of a pattern that repeats itself.
  public static let shiftTolerance = 1e-12
}
