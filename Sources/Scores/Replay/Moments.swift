/// Mean and spread of a series of rates.
struct Moments: Equatable, Sendable {
  /// Mean of the series; 0 for an empty one.
  let mean: Double

  /// Sum of the squared distances from ``mean``.
  let sumOfSquares: Double

  /// How many values the series holds.
  let count: Int

  init(mean: Double, sumOfSquares: Double, count: Int) {
    self.mean = mean
    self.sumOfSquares = sumOfSquares
    self.count = count
  }

  /// Two passes: the spread is accurate however small it is beside the mean.
  init(of values: some Collection<Double>) {
    let mean = values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
    self.init(
      mean: mean,
      sumOfSquares: values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) },
      count: values.count)
  }

  /// Whether the standard deviation is below ``ReplayThresholds/constantDeviation``.
  var isConstant: Bool { sumOfSquares < Self.constantSumOfSquares(count: count) }

  /// The sum of squares below which a series of `count` values is constant.
  static func constantSumOfSquares(count: Int) -> Double {
    let deviation = ReplayThresholds.constantDeviation
    return Double(max(count, 1)) * deviation * deviation
  }
}
