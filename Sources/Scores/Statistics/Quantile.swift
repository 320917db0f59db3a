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
  /// The element that sorting would put at a place.
  func orderStatistic(_ place: Int) -> Double {
    var values = self
    values.select(place)
    return values[place]
  }

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
