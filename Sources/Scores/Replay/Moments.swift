/// Mean and sum of squares of a series of numbers.
struct Moments: Equatable, Sendable {
  /// Mean of the series; 0 for an empty series.
  let mean: Double

  /// Sum of the squared differences from ``mean``.
  let sumOfSquares: Double

  /// Number of values.
  let count: Int

  /// Computes the moments in two passes, which is accurate even if the spread is small relative to
  /// the mean.
  init(of values: some Collection<Double>) {
    let mean = values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
    self.mean = mean
    sumOfSquares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    count = values.count
  }

  /// Whether the standard deviation is below ``ReplayThresholds/constantDeviation``.
  var isConstant: Bool { sumOfSquares < Self.constantSumOfSquares(count: count) }

  /// The sum of squares below which a series of `count` values counts as constant.
  static func constantSumOfSquares(count: Int) -> Double {
    let deviation = ReplayThresholds.constantDeviation
    return Double(max(count, 1)) * deviation * deviation
  }
}

/// Mean and sum of squares of one neuron's rates over every window with the length of a cycle.
///
/// The window of shift `s` is the tail of the first cycle and the head of the second. Both are
/// computed by adding samples (Welford's update) and then combined (Chan's formula). Differences of
/// running sums would lose the accuracy of a window with small variance next to one with large
/// variance.
struct WindowMoments {
  /// Mean over the window, shape `[shift]`.
  private(set) var mean: [Double]

  /// Sum of the squared differences from ``mean``, shape `[shift]`.
  private(set) var sumOfSquares: [Double]

  /// 1, 1/2, 1/3, …, because a division per sample would double the cost.
  private let inverse: [Double]

  /// Allocates memory for windows of `samples` samples.
  init(samples: Int) {
    mean = [Double](repeating: 0, count: samples)
    sumOfSquares = mean
    inverse = (0..<samples).map { 1 / Double($0 + 1) }
  }

  /// Computes the moments of every window.
  ///
  /// - Parameter rates: The rates of two cycles.
  /// - Complexity: O(samples), no allocation.
  mutating func update(_ rates: UnsafeBufferPointer<Double>) {
    let samples = mean.count
    precondition(rates.count >= 2 * samples)

    // The tail of the first cycle, with one more sample at its start each time.
    var running = 0.0
    var squares = 0.0
    for count in 0..<samples {
      let rate = rates[samples - 1 - count]
      Self.add(rate, inverse[count], &running, &squares)
      mean[samples - 1 - count] = running
      sumOfSquares[samples - 1 - count] = squares
    }

    // The head of the second cycle, with one more sample at its end each time, combined with the
    // tail.
    running = 0
    squares = 0
    for shift in 1..<max(samples, 1) {
      Self.add(rates[samples + shift - 1], inverse[shift - 1], &running, &squares)
      let share = Double(shift) * inverse[samples - 1]
      let apart = running - mean[shift]
      sumOfSquares[shift] += squares + apart * apart * share * Double(samples - shift)
      mean[shift] += apart * share
    }
  }

  /// Adds one sample to a mean and a sum of squares.
  @inline(__always)
  private static func add(
    _ rate: Double, _ inverseCount: Double, _ mean: inout Double, _ squares: inout Double
  ) {
    let before = rate - mean
    mean += before * inverseCount
    squares += before * (rate - mean)
  }
}
