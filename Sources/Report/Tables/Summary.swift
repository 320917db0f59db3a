import NeuralCore
import Scores
import Synchronization

/// Statistics of a score over the trials of one condition.
struct Summary: Equatable, Sendable {
  let count: Int
  /// For a yes-or-no score the fraction of yes.
  let mean: Double
  /// That of the sample (n - 1); missing for fewer than two values.
  let standardDeviation: Double?
  let median: Double
  /// 95 % bootstrap interval of the mean; missing for fewer than two values.
  let interval: ClosedRange<Double>?

  static let resamples = 2000

  /// Summarises values; nil if there are none.
  ///
  /// The resamples come from a fixed random stream: the same values always give the same interval.
  ///
  /// - SeeAlso: Efron and Tibshirani (1993), An Introduction to the Bootstrap, percentile method.
  init?(of values: [Double]) {
    guard let mean = values.mean else { return nil }
    count = values.count
    self.mean = mean
    median = quantile(0.5, of: values)!
    guard values.count > 1 else {
      standardDeviation = nil
      interval = nil
      return
    }
    let squares = values.squaredDeviations(from: mean)
    standardDeviation = (squares / Double(count - 1)).squareRoot()

    // All resamples of equal values are equal.
    guard squares > 0 || values.contains(where: { $0 != values[0] }) else {
      interval = mean...mean
      return
    }
    let means = Resamples.of(values.count).means(of: values)
    interval = quantile(0.025, of: means)!...quantile(0.975, of: means)!
  }
}

extension [Double] {
  var mean: Double? { isEmpty ? nil : reduce(0, +) / Double(count) }

  /// The sum of the squared deviations from a value.
  fileprivate func squaredDeviations(from value: Double) -> Double {
    reduce(0) { $0 + ($1 - value) * ($1 - value) }
  }
}

/// The values that each bootstrap resample takes. They are the same for all samples of a size, so
/// that they are drawn once for the thousands of scores of a sweep.
final class Resamples: Sendable {
  private let count: Int
  /// Indices in the sample, a row per resample.
  private let indices: [Int32]

  private static let known = Mutex<[Int: Resamples]>([:])
  /// The most draws that are kept in memory for one size.
  private static let maximumKept = 4_000_000

  private init(_ count: Int) {
    var random = RandomStream(seed: 0, purpose: .bootstrap)
    self.count = count
    indices = (0..<count * Summary.resamples).map { _ in Int32(random.integer(below: count)) }
  }

  static func of(_ count: Int) -> Resamples {
    if let found = known.withLock({ $0[count] }) { return found }
    let resamples = Resamples(count)
    if resamples.indices.count <= maximumKept { known.withLock { $0[count] = resamples } }
    return resamples
  }

  func means(of values: [Double]) -> [Double] {
    precondition(values.count == count)
    return indices.withUnsafeBufferPointer { indices in
      values.withUnsafeBufferPointer { values in
        (0..<Summary.resamples).map { row in
          var sum = 0.0
          for index in row * count..<(row + 1) * count { sum += values[Int(indices[index])] }
          return sum / Double(count)
        }
      }
    }
  }
}

/// Mean and interval of a score in a figure.
struct PlottedMean {
  let mean: Double
  let low: Double
  let high: Double

  /// The most values for which the interval is found by resampling.
  static let maximumResampled = 200

  /// The mean of values with its 95 % interval: Wilson's for a yes-or-no score, else by bootstrap, or
  /// by the normal distribution for many values. Nil without values.
  init?(_ values: [Double], isFraction: Bool) {
    guard let mean = values.mean else { return nil }
    self.mean = mean
    if isFraction {
      let interval = WilsonInterval(
        successes: values.count { $0 == 1 }, trials: values.count)!
      (low, high) = (interval.lower, interval.upper)
    } else if values.count > Self.maximumResampled {
      let count = Double(values.count)
      let variance = values.squaredDeviations(from: mean) / (count - 1)
      let margin = 1.96 * (variance / count).squareRoot()
      (low, high) = (mean - margin, mean + margin)
    } else {
      let interval = Summary(of: values)!.interval ?? mean...mean
      (low, high) = (interval.lowerBound, interval.upperBound)
    }
  }
}
