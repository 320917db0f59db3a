import Glibc

/// The length at which success becomes failure at one size, without a parametric model.
///
/// Success fractions are made non-increasing in length (``Isotonic``) and interpolated linearly in
/// log length between the tested lengths.
struct IsotonicFrontier: Equatable, Sendable {
  /// The non-increasing success fraction at each tested length.
  let fractions: [Double]

  /// The length at which the fractions cross one half [notes].
  ///
  /// Censored above if the fraction at the longest length is above one half, and below if the
  /// fraction at the shortest length is below one half; otherwise the tested lengths bracket one
  /// half. If several fractions equal one half, the crossing is the geometric mean of the first and
  /// last of these lengths.
  let capacity: CensoredLength

  /// The range of lengths in which the frontier may lie if all trials at each length agree [notes].
  ///
  /// In that case all resamples of seeds are equal and do not show the error of the frontier, which
  /// is that of the grid: the frontier lies between the last fraction of 1 and the first fraction
  /// of 0. nil if the trials at some length disagree, or if the frontier is censored.
  let gap: ClosedRange<Double>?

  /// Fits one size.
  ///
  /// - Parameter conditions: The trials at each length, at least one length, in ascending order.
  init(_ conditions: [CapacityCondition]) {
    let fractions = Isotonic.nonIncreasing(
      sums: conditions.map { Double($0.successes) }, weights: conditions.map { Double($0.trials) })
    let lengths = conditions.map(\.length)
    self.fractions = fractions
    capacity = Self.crossing(lengths: lengths, fractions: fractions)
    let isUnanimous = conditions.allSatisfy { $0.successes == 0 || $0.successes == $0.trials }
    let last = fractions.lastIndex(of: 1) ?? 0
    let first = fractions.firstIndex(of: 0) ?? lengths.count - 1
    gap = isUnanimous && !capacity.isCensored ? lengths[last]...lengths[first] : nil
  }

  private static func crossing(lengths: [Double], fractions: [Double]) -> CensoredLength {
    // The last length with at least one half, and the first length with at most one half.
    guard let last = fractions.lastIndex(where: { $0 >= 0.5 }) else { return .below(lengths[0]) }
    guard let first = fractions.firstIndex(where: { $0 <= 0.5 }) else {
      return .above(lengths[lengths.count - 1])
    }
    if first == last { return .at(lengths[first]) }
    let (from, to) = (min(first, last), max(first, last))
    let drop = fractions[from] - fractions[to]
    let part = drop > 0 ? (fractions[from] - 0.5) / drop : 0.5
    let crossing = exp(log(lengths[from]) + part * (log(lengths[to]) - log(lengths[from])))
    return .at(min(max(crossing, lengths[from]), lengths[to]))
  }
}

/// Least-squares regression under an order: the pool-adjacent-violators algorithm.
///
/// - SeeAlso: Ayer, Brunk, Ewing, Reid and Silverman (1955), An empirical distribution function
///   for sampling with incomplete information.
enum Isotonic {
  /// The non-increasing sequence that is closest to the means `sums / weights` in weighted squares.
  ///
  /// Integer sums and weights are pooled without rounding, so that a pooled fraction of one half is
  /// exact. For counts of successes this is also the maximum-likelihood estimate.
  ///
  /// - Parameters:
  ///   - sums: Sum of the values at each point, in order.
  ///   - weights: Number of values, or total weight, of each sum; positive.
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
