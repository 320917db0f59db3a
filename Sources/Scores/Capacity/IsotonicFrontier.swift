import Glibc

/// Where success becomes failure at one size, without a model of how.
///
/// Success fractions are made non-increasing in length (``Isotonic``) and are read between the
/// tested lengths by a straight line over log length.
struct IsotonicFrontier: Equatable, Sendable {
  /// The non-increasing success fraction at each tested length.
  let fractions: [Double]

  /// The length at which one half is crossed.
  ///
  /// Censored above if the fraction at the longest length is still above one half, and below if
  /// that at the shortest is already below. These two cases are the rule by which a grid does or
  /// does not bracket one half. Where the fraction *is* one half at several lengths, the crossing
  /// is their geometric middle.
  let capacity: CensoredLength

  /// Between which lengths the frontier may lie as far as unanimous conditions can tell.
  ///
  /// Where the trials of every condition agree, all resamples of seeds are alike and say nothing about
  /// the frontier's error, which is that of the grid: it lies anywhere between the last fraction of
  /// one and the first of zero. Missing where a condition is mixed or the frontier is censored.
  let gap: ClosedRange<Double>?

  /// Fits one size.
  ///
  /// - Parameter conditions: At least one condition, in ascending order of length, each with trials.
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
    // `last` is the last length still at or above one half, `first` the first at or below.
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
