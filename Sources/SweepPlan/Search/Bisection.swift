/// A search in a row of values for the place at which a criterion, met before it, is missed.
///
/// The middle of what is open is tried, and its outcome halves it: what lies before a value that
/// meets the criterion is taken to meet it, and what lies behind one that misses it to miss it. So a
/// row of n values takes at most ⌈log₂(n + 1)⌉ trials, and whatever the outcomes are, the two
/// neighbours between which the search ends have been tried and differ. That the criterion is met, or
/// missed, by the whole row is only ever said after its last, or first, value was tried.
public struct Bisection: Equatable, Sendable {
  /// The last value that is known to meet the criterion; -1 where none is.
  public private(set) var lastMet = -1

  /// The first value that is known to miss it; the number of values where none is.
  public private(set) var firstMissed: Int

  /// Starts with values of which nothing is known.
  package init(count: Int) { firstMissed = count }

  /// The value that is to be tried next; nil where the search has ended.
  package var next: Int? { lastMet + 1 < firstMissed ? (lastMet + firstMissed) / 2 : nil }

  /// Takes in whether ``next`` meets the criterion.
  package mutating func take(isMet: Bool) {
    guard let next else { preconditionFailure("the search has ended") }
    if isMet { lastMet = next } else { firstMissed = next }
  }

  /// The values that may still be tried. The frontier lies beside one of them.
  package var open: Range<Int> { lastMet + 1..<firstMissed }

  /// How many more trials it takes at least: ⌊log₂(open + 1)⌋.
  package var fewest: Int { Int.bitWidth - 1 - (open.count + 1).leadingZeroBitCount }

  /// How many more trials it takes at most: ⌈log₂(open + 1)⌉.
  package var most: Int { Int.bitWidth - open.count.leadingZeroBitCount }
}

extension Bisection {
  /// The values that remain to be tried if outcomes fall in one way.
  ///
  /// - Parameter isMet: Whether the value that is open next meets the criterion.
  package func values(_ isMet: (Bisection) -> Bool) -> [Int] {
    var (walk, values) = (self, [Int]())
    while let next = walk.next {
      values.append(next)
      walk.take(isMet: isMet(walk))
    }
    return values
  }

  /// The least and the most that the rest of the search can cost.
  ///
  /// - Parameter cost: What trying a value costs.
  /// - Complexity: O(values that are open).
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
