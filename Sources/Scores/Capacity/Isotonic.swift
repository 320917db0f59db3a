/// Least-squares regression under an order: the pool-adjacent-violators algorithm.
///
/// - SeeAlso: Ayer, Brunk, Ewing, Reid and Silverman (1955), An empirical distribution function
///   for sampling with incomplete information.
enum Isotonic {
  /// The non-increasing sequence closest to the means `sums / weights`, by weighted squares.
  ///
  /// Whole sums and weights are pooled without rounding, so that a pooled fraction of one half is
  /// exactly one half. For counts of successes this is also the maximum-likelihood estimate.
  ///
  /// - Parameters:
  ///   - sums: Sum of the values observed at each point, in the points' order.
  ///   - weights: How many values, or how much weight, stand behind each sum; positive.
  /// - Returns: One mean per point.
  /// - Complexity: O(points).
  static func nonIncreasing(sums: [Double], weights: [Double]) -> [Double] {
    precondition(sums.count == weights.count && weights.allSatisfy { $0 > 0 })
    var blocks: [(sum: Double, weight: Double, points: Int)] = []
    for (sum, weight) in zip(sums, weights) {
      var block = (sum: sum, weight: weight, points: 1)
      while let last = blocks.last, last.sum / last.weight < block.sum / block.weight {
        block.sum += last.sum
        block.weight += last.weight
        block.points += last.points
        blocks.removeLast()
      }
      blocks.append(block)
    }
    return blocks.flatMap { [Double](repeating: $0.sum / $0.weight, count: $0.points) }
  }
}
