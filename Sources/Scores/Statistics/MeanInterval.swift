import Glibc
import NeuralCore
import Synchronization

/// The interval of a mean over independent units.
///
/// Networks recall or they do not, so a score is 0 in some units and near 1 in the others. A sample
/// without a failure says little about rare failures, and its bootstrap says nothing. A score with a
/// range therefore has the *bounded* interval: the Dirichlet bootstrap of the sample with one further
/// unit, half of it at either end of the range, at the percentiles of ``BootstrapInterval``. It is to
/// means what Jeffreys' interval is to fractions. A score without a range has the percentiles of the
/// plain bootstrap from five units on; fewer say nothing.
///
/// - SeeAlso: Rubin (1981), The Bayesian bootstrap; docs/scores.md, *Interval of a mean*.
public enum MeanInterval {
  /// The fewest units of a score without a range that have an interval.
  public static let fewestUnits = 5

  /// The most units that are resampled; more have the normal approximation.
  public static let mostResampled = 200

  /// Computes the interval.
  ///
  /// - Parameters:
  ///   - values: The mean of each unit, finite.
  ///   - range: The range of the score; nil if it has none.
  /// - Returns: An interval that contains the mean; nil for too few units.
  public static func of(
    _ values: [Double], in range: ClosedRange<Double>?, level: IntervalLevel = .reported
  ) -> ClosedRange<Double>? {
    guard values.count >= (range == nil ? fewestUnits : 2) else { return nil }
    let mean = values.reduce(0, +) / Double(values.count)
    // All resamples of equal values are equal.
    if range == nil, values.allSatisfy({ $0 == values[0] }) { return mean...mean }
    let interval: ClosedRange<Double>
    let ends = range.map { bounds(of: values, $0) }
    if values.count > mostResampled {
      interval = normal(values, ends, level)
    } else if let ends {
      interval = BootstrapInterval.percentile(
        of: Resamples.of(values.count, isBounded: true).means(of: values + ends),
        units: values.count, level: level)
    } else {
      interval = BootstrapInterval.percentile(
        of: Resamples.of(values.count, isBounded: false).means(of: values), units: values.count,
        level: level)
    }
    return min(interval.lowerBound, mean)...max(interval.upperBound, mean)
  }

  /// The ends of a range. It is as wide below zero as above if a value is negative, as a correlation
  /// can be.
  private static func bounds(of values: [Double], _ range: ClosedRange<Double>) -> [Double] {
    let (lowest, highest) = (values.min()!, values.max()!)
    let lower = lowest < range.lowerBound ? min(-range.upperBound, lowest) : range.lowerBound
    return [lower, max(range.upperBound, highest)]
  }

  /// Mean and deviation of the same distributions, in closed form.
  private static func normal(
    _ values: [Double], _ ends: [Double]?, _ level: IntervalLevel
  ) -> ClosedRange<Double> {
    let count = Double(values.count + (ends == nil ? 0 : 1))
    let half = (ends ?? []).map { $0 / 2 }
    let mean = (values.reduce(0, +) + half.reduce(0, +)) / count
    func squares(_ values: [Double]) -> Double {
      values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }
    let variance = (squares(values) + squares(ends ?? []) / 2) / (count * (count - 1))
    let margin = level.normalQuantile * variance.squareRoot()
    let (low, high) = (mean - margin, mean + margin)
    guard let ends else { return low...high }
    return max(low, ends[0])...min(high, ends[1])
  }
}

/// The weights of the values in each resample, whose sum is one. They come from a fixed stream and are
/// the same for all samples of a size, so they are drawn once for the thousands of scores of a sweep.
final class Resamples: Sendable {
  static let count = 2000

  /// Shape `[resample, value]`; with ends, these are the last two values.
  private let weights: [Double]
  private let values: Int

  private struct Key: Hashable {
    let count: Int
    let isBounded: Bool
  }
  private static let known = Mutex<[Key: Resamples]>([:])
  /// The most weights that are kept in memory.
  private static let maximumKept = 20_000_000

  private init(_ key: Key) {
    var random = RandomStream(seed: 0, purpose: .bootstrap)
    values = key.count + (key.isBounded ? 2 : 0)
    var weights: [Double] = []
    weights.reserveCapacity(Self.count * values)
    for _ in 0..<Self.count {
      var row = [Double](repeating: 0, count: values)
      if key.isBounded {
        // Gamma(1) for each value, Gamma(1/2) for each end.
        for index in 0..<key.count { row[index] = -log(1 - random.uniform()) }
        for index in key.count..<values {
          let normal = random.normal()
          row[index] = normal * normal / 2
        }
      } else {
        for _ in 0..<key.count { row[random.integer(below: key.count)] += 1 }
      }
      let sum = row.reduce(0, +)
      weights += row.map { $0 / sum }
    }
    self.weights = weights
  }

  static func of(_ count: Int, isBounded: Bool) -> Resamples {
    let key = Key(count: count, isBounded: isBounded)
    if let found = known.withLock({ $0[key] }) { return found }
    let resamples = Resamples(key)
    known.withLock { known in
      let kept = known.values.reduce(0) { $0 + $1.weights.count }
      if kept + resamples.weights.count <= maximumKept { known[key] = resamples }
    }
    return resamples
  }

  func means(of values: [Double]) -> [Double] {
    precondition(values.count == self.values)
    return weights.withUnsafeBufferPointer { weights in
      values.withUnsafeBufferPointer { values in
        (0..<Self.count).map { row in
          var sum = 0.0
          let start = row * values.count
          for index in values.indices { sum += weights[start + index] * values[index] }
          return sum
        }
      }
    }
  }
}
