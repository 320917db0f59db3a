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

  /// Values beyond the first missed one, which verify the result of a search that has ended.
  ///
  /// Values that the search has tried are left out, because they were missed. The first of the others is
  /// always taken, since a network that meets the criterion beyond the frontier most likely does so next
  /// to it. The others divide the rest evenly.
  ///
  /// - Parameters:
  ///   - most: The largest number of values.
  ///   - count: The number of values of the search.
  /// - Returns: Indices, ascending; none if all values count as met.
  package func beyond(_ most: Int, of count: Int) -> [Int] {
    let tried = Bisection(count: count).values { $0.next! <= lastMet }
      .filter { $0 > firstMissed }.sorted()
    let untried = max(0, count - 1 - firstMissed - tried.count)
    let taken = min(most, untried)
    return (0..<taken).map { number in
      tried.reduce(firstMissed + 1 + number * untried / taken) { $1 <= $0 ? $0 + 1 : $0 }
    }
  }

  /// The lowest and the highest possible cost of the remaining trials.
  ///
  /// - Parameters:
  ///   - cost: The cost of trying a value.
  ///   - end: The cost of what follows a search that has ended.
  /// - Complexity: O(open values).
  package func costs<Cost: AdditiveArithmetic & Comparable>(
    _ cost: (Int) -> Cost, end: (Bisection) -> Cost = { _ in .zero }
  ) -> ClosedRange<Cost> {
    guard let next else {
      let last = end(self)
      return last...last
    }
    var (met, missed) = (self, self)
    met.take(isMet: true)
    missed.take(isMet: false)
    let (after, other) = (met.costs(cost, end: end), missed.costs(cost, end: end))
    let own = cost(next)
    return own + min(after.lowerBound, other.lowerBound)...own
      + max(after.upperBound, other.upperBound)
  }
}
