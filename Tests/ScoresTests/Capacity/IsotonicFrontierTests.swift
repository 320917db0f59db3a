import Testing

@testable import Scores

@Suite struct IsotonicFrontierTests {
  private func frontier(_ cells: [(Double, Int)], of trials: Int = 4) -> IsotonicFrontier {
    IsotonicFrontier(
      cells.map { CapacityCell(size: 1, length: $0.0, successes: $0.1, trials: trials) })
  }

  /// Half-way in log length between 10 and 1000 is 100; a linear reading would say 505.
  @Test func interpolatesInLogLength() throws {
    let crossing = try #require(frontier([(10, 4), (1000, 0)]).capacity.length)
    #expect(abs(crossing - 100) < 1e-9)
    // From 3/4 to 0, one half is a third of the way: 8 · 8^(1/3) = 16.
    let third = try #require(frontier([(8, 3), (64, 0)]).capacity.length)
    #expect(abs(third - 16) < 1e-9)
  }

  @Test func oneHalfAtATestedLengthIsTheCrossing() {
    #expect(frontier([(10, 4), (20, 2), (40, 0)]).capacity == .at(20))
    #expect(frontier([(10, 4), (20, 2)]).capacity == .at(20))
    #expect(frontier([(10, 2)]).capacity == .at(10))
  }

  /// Several lengths at one half: the middle of the stretch, not whichever end comes first.
  @Test func aStretchAtOneHalfCrossesInItsMiddle() throws {
    let cells = [(5.0, 4), (10, 2), (20, 2), (40, 2), (80, 0)]
    #expect(abs(try #require(frontier(cells).capacity.length) - 20) < 1e-12)
    // 1 and 3 of 4 are pooled to one half; so are 3 and 5 of 8.
    #expect(abs(try #require(frontier([(10, 1), (40, 3)]).capacity.length) - 20) < 1e-12)
  }

  /// Outside the tested lengths there is a bound and no number: it would be made up.
  @Test func unbracketedIsCensored() {
    #expect(frontier([(10, 4), (20, 3)]).capacity == .above(20))
    #expect(frontier([(10, 1), (20, 0)]).capacity == .below(10))
    // Of both cells together more than half succeed, though the first alone does not.
    #expect(frontier([(10, 1), (20, 4)]).capacity == .above(20))
  }

  /// All seeds agree: the grid's step is the error, and only it.
  @Test func unanimousCellsLeaveAGap() {
    #expect(frontier([(10, 4), (20, 4), (40, 0), (80, 0)]).gap == 20...40)
    #expect(frontier([(10, 4), (20, 0), (40, 4), (80, 0)]).gap == 10...80)
    #expect(frontier([(10, 4), (20, 1), (40, 0)]).gap == nil)
    #expect(frontier([(10, 4), (20, 4)]).gap == nil)
  }
}
