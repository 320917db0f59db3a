import NeuralCore
import Scores

/// What a score comes to over the trials of one condition.
public struct Summary: Equatable, Sendable {
  /// How many trials have the score.
  public let count: Int
  /// Mean; for a yes-or-no score the fraction of yes.
  public let mean: Double
  /// Standard deviation of the sample (n - 1); missing for fewer than two values.
  public let standardDeviation: Double?
  /// Median.
  public let median: Double
  /// 95 % bootstrap interval of the mean; missing for fewer than two values.
  public let interval: ClosedRange<Double>?

  /// How many resamples an interval is taken from.
  public static let resamples = 2000

  /// Summarises values; nil where there are none.
  ///
  /// The resamples come from a fixed stream, so that the same values give the same interval
  /// everywhere.
  ///
  /// - SeeAlso: Efron and Tibshirani (1993), An Introduction to the Bootstrap, percentile method.
  public init?(of values: [Double]) {
    guard !values.isEmpty else { return nil }
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    self.count = values.count
    self.mean = mean
    median = quantile(0.5, of: values)!
    guard values.count > 1 else {
      standardDeviation = nil
      interval = nil
      return
    }
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    standardDeviation = (squares / (count - 1)).squareRoot()

    // All resamples of equal values are equal.
    guard squares > 0 || values.contains(where: { $0 != values[0] }) else {
      interval = mean...mean
      return
    }
    let means = Resamples.of(values.count).means(of: values)
    interval = quantile(0.025, of: means)!...quantile(0.975, of: means)!
  }
}
