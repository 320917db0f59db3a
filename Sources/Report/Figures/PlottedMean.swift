import Scores

/// Mean and interval of a score in a figure.
struct PlottedMean {
  let mean: Double
  let low: Double
  let high: Double

  /// The most values whose interval is found by resampling.
  static let maximumResampled = 200

  /// The mean of values with its 95 % interval: Wilson's for a yes-or-no score, else by bootstrap,
  /// and where there are many values by the normal distribution. Nil without values.
  init?(_ values: [Double], isFraction: Bool) {
    guard !values.isEmpty else { return nil }
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    self.mean = mean
    if isFraction {
      let interval = WilsonInterval(
        successes: values.count { $0 == 1 }, trials: values.count)!
      (low, high) = (interval.lower, interval.upper)
    } else if values.count > Self.maximumResampled {
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      let margin = 1.96 * (squares / (count - 1) / count).squareRoot()
      (low, high) = (mean - margin, mean + margin)
    } else {
      let interval = Summary(of: values)!.interval ?? mean...mean
      (low, high) = (interval.lowerBound, interval.upperBound)
    }
  }
}
