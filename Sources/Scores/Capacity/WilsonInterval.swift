/// The 95 % score interval of a fraction.
///
/// With `k` successes in `n` trials and `z = 1.96`, the ends are
///
///     (k + z²/2 ∓ z √(k (n − k) / n + z²/4)) / (n + z²)
///
/// Unlike the textbook interval it does not shrink to a point where all trials agree.
///
/// - SeeAlso: Wilson (1927), Probable inference, the law of succession, and statistical inference.
public struct WilsonInterval: Equatable, Sendable {
  /// The lower end; 0 where nothing succeeded.
  public let lower: Double

  /// The upper end; 1 where nothing failed.
  public let upper: Double

  /// The 97.5th percentile of the standard normal distribution.
  static let normalQuantile = 1.959_963_984_540_054

  /// Computes the interval; missing for no trials.
  public init?(successes: Int, trials: Int) {
    precondition((0...max(trials, 0)).contains(successes), "no more successes than trials")
    guard trials > 0 else { return nil }
    let (k, n) = (Double(successes), Double(trials))
    let squared = Self.normalQuantile * Self.normalQuantile
    let centre = k + squared / 2
    let margin = Self.normalQuantile * (k * (n - k) / n + squared / 4).squareRoot()
    // At k = 0 and k = n the end is exact; rounding would leave it beside 0 or 1.
    lower = successes == 0 ? 0 : (centre - margin) / (n + squared)
    upper = successes == trials ? 1 : (centre + margin) / (n + squared)
  }
}
