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

/// Mean and spread of one neuron's rates over every window of one cycle's length.
///
/// The window of shift `s` is the tail of the first cycle and the head of the second. Both are
/// built by adding samples only (Welford's update) and then joined (Chan's formula): taking
/// differences of running sums instead would lose a quiet window beside a lively one.
struct WindowMoments {
  /// Mean over the window, shape `[shift]`.
  private(set) var mean: [Double]

  /// Sum of the squared distances from ``mean``, shape `[shift]`.
  private(set) var sumOfSquares: [Double]

  /// 1, 1/2, 1/3, …: a division per sample would double the cost.
  private let inverse: [Double]

  /// Creates room for windows of `samples` samples.
  init(samples: Int) {
    mean = [Double](repeating: 0, count: samples)
    sumOfSquares = mean
    inverse = (0..<samples).map { 1 / Double($0 + 1) }
  }

  /// Works out the moments of every window.
  ///
  /// - Parameter rates: Two cycles of rates.
  /// - Complexity: O(samples), no allocation.
  mutating func update(_ rates: UnsafeBufferPointer<Double>) {
    let samples = mean.count
    precondition(rates.count >= 2 * samples)

    // The tail of the first cycle, longer by one sample in front each time.
    var running = 0.0
    var squares = 0.0
    for count in 0..<samples {
      let rate = rates[samples - 1 - count]
      Self.add(rate, inverse[count], &running, &squares)
      mean[samples - 1 - count] = running
      sumOfSquares[samples - 1 - count] = squares
    }

    // The head of the second, longer by one sample behind, joined to its tail.
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
