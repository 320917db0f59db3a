import Glibc

/// The probability with which an interval contains the truth.
public struct IntervalLevel: Hashable, Sendable {
  /// The quantile of the standard normal distribution at the upper end.
  let normalQuantile: Double

  /// 95 %, as all tables state it.
  public static let reported = IntervalLevel(normalQuantile: 1.959_963_984_540_054)

  /// 98.7 %: if a sample grows until this interval is narrow enough, and it is looked at up to five
  /// times, the reported interval still contains the truth about as often as it should.
  public static let whileLooking = IntervalLevel(normalQuantile: 2.483_769_293_250_535)
}

/// The score interval of a fraction.
///
/// With `k` successes in `n` trials and `z` of the level, 1.96 for 95 %, the ends are
///
///     (k + z²/2 ∓ z √(k (n − k) / n + z²/4)) / (n + z²)
///
/// Unlike the Wald interval it does not shrink to a point if all trials agree.
///
/// - SeeAlso: Wilson (1927), Probable inference, the law of succession, and statistical inference;
///   docs/scores.md, *Fractions: Wilson interval*.
public struct WilsonInterval: Equatable, Sendable {
  /// The lower end; 0 if no trial succeeded.
  public let lower: Double

  /// The upper end; 1 if no trial failed.
  public let upper: Double

  /// Computes the interval; nil without trials.
  public init?(successes: Int, trials: Int, level: IntervalLevel = .reported) {
    precondition((0...max(trials, 0)).contains(successes), "no more successes than trials")
    guard trials > 0 else { return nil }
    let (k, n) = (Double(successes), Double(trials))
    let squared = level.normalQuantile * level.normalQuantile
    let centre = k + squared / 2
    let margin = level.normalQuantile * (k * (n - k) / n + squared / 4).squareRoot()
    // At k = 0 and k = n the end is exact; rounding would shift it away from 0 or 1.
    lower = successes == 0 ? 0 : (centre - margin) / (n + squared)
    upper = successes == trials ? 1 : (centre + margin) / (n + squared)
  }
}

/// The percentile interval of a bootstrap, widened for a small number of units.
///
/// Resampling `n` units underestimates the spread by √((n − 1)/n) and ignores the heavier tails of
/// Student's t. Percentiles at
///
///     Φ(−√(n / (n − 1)) t₀.₉₇₅,ₙ₋₁)
///
/// on either side (1.6 % for twenty units) instead of 2.5 % correct both at the level of 95 %. On simulated sweeps of
/// twenty seeds with a random effect these intervals contained the truth in 92 to 95 % of cases,
/// plain percentile and BCa intervals in 90 to 93 %; with five seeds in 90 to 94 %, against 83 to
/// 86 %.
///
/// - SeeAlso: Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapter 13; Hesterberg
///   (2015), What teachers should know about the bootstrap, 5.3, for the wider percentiles.
enum BootstrapInterval {
  /// The fraction of resamples that lies beyond either end.
  ///
  /// - Parameter units: Number of resampled units, at least two.
  static func tail(units: Int, level: IntervalLevel = .reported) -> Double {
    precondition(units >= 2, "one unit cannot be resampled")
    let (n, freedom) = (Double(units), Double(units - 1))
    let deviate = (n / freedom).squareRoot() * studentQuantile(freedom: freedom, level: level)
    return 0.5 * erfc(deviate / 2.0.squareRoot())
  }

  /// The interval between the order statistics at ``tail(units:)`` from either end.
  ///
  /// There is no interpolation, because values may be infinite.
  ///
  /// - Parameters:
  ///   - values: At least one value, in any order, without NaN.
  ///   - units: Number of resampled units, at least two.
  static func percentile(
    of values: [Double], units: Int, level: IntervalLevel = .reported
  ) -> ClosedRange<Double> {
    let last = Double(values.count - 1)
    let outside = tail(units: units, level: level)
    let lower = Int((outside * last).rounded(.down))
    let upper = Int(((1 - outside) * last).rounded(.up))
    return values.orderStatistic(lower)...values.orderStatistic(upper)
  }

  /// The quantile of Student's t at the upper end, by expansion around the normal quantile.
  ///
  /// The error is below 0.2 % for five or more degrees of freedom (Abramowitz and Stegun 1964,
  /// 26.7.5). For fewer the result is too small, but the interval then includes all resamples
  /// anyway.
  static func studentQuantile(freedom: Double, level: IntervalLevel = .reported) -> Double {
    let z = level.normalQuantile
    let (z3, z5, z7) = (z * z * z, z * z * z * z * z, z * z * z * z * z * z * z)
    let first = (z3 + z) / 4
    let second = (5 * z5 + 16 * z3 + 3 * z) / 96
    let third = (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / 384
    return z + (first + (second + third / freedom) / freedom) / freedom
  }
}
