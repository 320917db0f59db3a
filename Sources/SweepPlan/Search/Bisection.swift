/// A search in an ordered list of values for the first value that misses a criterion.
///
/// Each step tries the middle of the open values. If it meets the criterion, all values before it
/// count as meeting it; if it misses it, all values after it count as missing it. So n values take at
/// most ⌈log₂(n + 1)⌉ trials. The search ends between two neighbours that have been tried and differ,
/// or at an end of the list after the value there has been tried.
public struct Bisection: Equatable, Sendable {
  /// The index of the last value that is known to meet the criterion; -1 if there is none.
  public private(set) var lastMet = -1

  /// The index of the first value that is known to miss it; the number of values if there is none.
  public private(set) var firstMissed: Int

  /// Starts without any outcome.
  package init(count: Int) { firstMissed = count }

  /// The index of the next value to try; nil if the search has ended.
  package var next: Int? { lastMet + 1 < firstMissed ? (lastMet + firstMissed) / 2 : nil }

  /// Records whether ``next`` meets the criterion.
  package mutating func take(isMet: Bool) {
    guard let next else { preconditionFailure("the search has ended") }
    if isMet { lastMet = next } else { firstMissed = next }
  }

  /// The indices of the values that may still be tried. The frontier is next to one of them.
  package var open: Range<Int> { lastMet + 1..<firstMissed }

  /// The least number of further trials: ⌊log₂(open + 1)⌋.
  package var fewest: Int { Int.bitWidth - 1 - (open.count + 1).leadingZeroBitCount }

  /// The largest number of further trials: ⌈log₂(open + 1)⌉.
  package var most: Int { Int.bitWidth - open.count.leadingZeroBitCount }
}

extension Bisection {
  /// The indices of the values that are tried, given all outcomes.
  ///
  /// - Parameter isMet: Whether the next value of a search meets the criterion.
  package func values(_ isMet: (Bisection) -> Bool) -> [Int] {
    var (walk, values) = (self, [Int]())
    while let next = walk.next {
      values.append(next)
      walk.take(isMet: isMet(walk))
    }
    return values
  }

  /// The lowest and the highest possible cost of the remaining trials.
  ///
  /// - Parameter cost: The cost of trying a value.
  /// - Complexity: O(open values).
  package func costs(_ cost: (Int) -> Double) -> ClosedRange<Double> {
    guard let next else { return 0...0 }
    var (met, missed) = (self, self)
    met.take(isMet: true)
    missed.take(isMet: false)
    let (after, other) = (met.costs(cost), missed.costs(cost))
    let own = cost(next)
    return own + min(after.lowerBound, other.lowerBound)...own
      + max(after.upperBound, other.upperBound)
  }
}
