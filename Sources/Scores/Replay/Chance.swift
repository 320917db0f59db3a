/// The chance level: the correlation of the target with its own notes in a random order.
///
/// Even an unrelated replay correlates at *some* shift; scores are compared with this level. For
/// Für Elise the mean is about 0.16 and the 95th percentile about 0.24.
///
/// - SeeAlso: docs/scores.md, *Chance: `chance`, `chance_95`*.
public struct Chance: Equatable, Sendable {
  /// Number of permuted targets.
  public static let permutations = 200

  /// Mean of the shift-maximised correlation over the permuted targets.
  public let mean: Double

  /// Its 95th percentile, with linear interpolation between order statistics.
  public let percentile95: Double

  /// Number of permuted targets with a correlation.
  public let count: Int

  /// Compares a perfect replay of a target with targets whose notes have another order.
  ///
  /// - Parameters:
  ///   - target: The target, which is repeated cyclically as the produced rates.
  ///   - permuted: Targets of the same shape with permuted notes, read one at a time.
  /// - Returns: nil if no comparison has a correlation.
  public init?(of target: TargetRates, against permuted: some Sequence<TargetRates>) {
    let produced = ProducedRates(repeating: target)
    self.init(permuted.compactMap { CycleMatch(produced, $0).correlation?.value })
  }

  /// Summarises correlations; nil if there are none.
  init?(_ correlations: [Double]) {
    guard let percentile95 = quantile(0.95, of: correlations) else { return nil }
    self.mean = Moments(of: correlations).mean
    self.percentile95 = percentile95
    self.count = correlations.count
  }
}

/// A quantile of values, by linear interpolation.
///
/// Order statistic `k` of `n`, counted from 0, is the quantile `k / (n - 1)`: type 7 of Hyndman
/// and Fan (1996), the default of R and NumPy.
///
/// - Parameters:
///   - fraction: In [0, 1]: 0 gives the smallest value, 1 the largest.
///   - values: The values, in any order.
/// - Returns: nil without values.
/// - Complexity: O(n) on the mean.
package func quantile(_ fraction: Double, of values: [Double]) -> Double? {
  precondition((0...1).contains(fraction))
  guard !values.isEmpty else { return nil }
  var values = values
  let position = fraction * Double(values.count - 1)
  let below = Int(position)
  values.select(below)
  let above = values[(below + 1)...].min() ?? values[below]
  return values[below] + (position - Double(below)) * (above - values[below])
}

extension [Double] {
  /// Partitions the array: the element at `place` is the one that sorting would put there, no
  /// element before it is larger, and no element after it is smaller.
  ///
  /// - SeeAlso: Hoare (1961), Algorithm 65: Find.
  fileprivate mutating func select(_ place: Int) {
    withUnsafeMutableBufferPointer { values in
      var (low, high) = (0, values.count - 1)
      while low < high {
        let pivot = values[(low + high) / 2]
        var (left, right) = (low, high)
        repeat {
          while values[left] < pivot { left += 1 }
          while pivot < values[right] { right -= 1 }
          if left <= right {
            values.swapAt(left, right)
            left += 1
            right -= 1
          }
        } while left <= right
        if place <= right {
          high = right
        } else if place >= left {
          low = left
        } else {
          return
        }
      }
    }
  }
}
