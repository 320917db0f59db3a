/// The correlation that the right notes in a random order reach.
///
/// Even an unrelated replay matches at *some* shift; a quality is read against this level. For Für
/// Elise the mean is about .16 and the 95th percentile about .24.
public struct Chance: Equatable, Sendable {
  /// How many permuted targets the shared definition asks for.
  public static let permutations = 200

  /// Mean of the shift-maximised correlation over the permuted targets.
  public let mean: Double

  /// Its 95th percentile, with linear interpolation between order statistics.
  public let percentile95: Double

  /// How many permuted targets had a correlation.
  public let count: Int

  /// Compares a perfect replay of a target with targets whose notes come in another order.
  ///
  /// - Parameters:
  ///   - target: The target, taken as what the network produces, repeated cyclically.
  ///   - permuted: Targets of the same shape with permuted notes; asked for one at a time.
  /// - Returns: Missing if no comparison has a correlation.
  public init?(of target: TargetRates, against permuted: some Sequence<TargetRates>) {
    let produced = ProducedRates(repeating: target)
    self.init(permuted.compactMap { CycleMatch(produced, $0).correlation?.value })
  }

  /// Summarises correlations.
  init?(_ correlations: [Double]) {
    guard let percentile95 = quantile(0.95, of: correlations) else { return nil }
    self.mean = Moments(of: correlations).mean
    self.percentile95 = percentile95
    self.count = correlations.count
  }
}

/// The value below which a fraction of the values lies, by linear interpolation.
///
/// Order statistic `k` of `n`, counted from 0, is the quantile `k / (n - 1)`: type 7 of Hyndman
/// and Fan (1996), the default of R and NumPy.
///
/// - Parameter fraction: In [0, 1]: 0 gives the smallest value, 1 the largest.
/// - Returns: Missing if there are no values.
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
  /// Puts at a place what sorting would put there, before it nothing larger, behind it nothing
  /// smaller.
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
