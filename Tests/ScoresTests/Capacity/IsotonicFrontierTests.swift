import Testing

@testable import Scores

@Suite struct IsotonicFrontierTests {
  private func frontier(_ conditions: [(Double, Int)], of trials: Int = 4) -> IsotonicFrontier {
    IsotonicFrontier(
      conditions.map { CapacityCondition(size: 1, length: $0.0, successes: $0.1, trials: trials) })
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
    let conditions = [(5.0, 4), (10, 2), (20, 2), (40, 2), (80, 0)]
    #expect(abs(try #require(frontier(conditions).capacity.length) - 20) < 1e-12)
    // 1 and 3 of 4 are pooled to one half; so are 3 and 5 of 8.
    #expect(abs(try #require(frontier([(10, 1), (40, 3)]).capacity.length) - 20) < 1e-12)
  }

  /// Outside the tested lengths there is a bound and no number: it would be made up.
  @Test func unbracketedIsCensored() {
    #expect(frontier([(10, 4), (20, 3)]).capacity == .above(20))
    #expect(frontier([(10, 1), (20, 0)]).capacity == .below(10))
    // Of both conditions together more than half succeed, though the first alone does not.
    #expect(frontier([(10, 1), (20, 4)]).capacity == .above(20))
  }

  /// All seeds agree: the grid's step is the error, and only it.
  @Test func unanimousConditionsLeaveAGap() {
    #expect(frontier([(10, 4), (20, 4), (40, 0), (80, 0)]).gap == 20...40)
    #expect(frontier([(10, 4), (20, 0), (40, 4), (80, 0)]).gap == 10...80)
    #expect(frontier([(10, 4), (20, 1), (40, 0)]).gap == nil)
    #expect(frontier([(10, 4), (20, 4)]).gap == nil)
  }
}

@Suite struct IsotonicTests {
  struct Case: Sendable {
    let sums: [Double]
    let weights: [Double]
    let fitted: [Double]
  }

  static let cases = [
    Case(sums: [4, 2, 0], weights: [4, 4, 4], fitted: [1, 0.5, 0]),
    Case(sums: [1, 3, 0], weights: [4, 4, 4], fitted: [0.5, 0.5, 0]),
    Case(sums: [0, 4, 4], weights: [4, 4, 4], fitted: [2.0 / 3, 2.0 / 3, 2.0 / 3]),
    // Weights count: one success of one trial moves nine failures of nine to a tenth.
    Case(sums: [0, 1], weights: [9, 1], fitted: [0.1, 0.1]),
    // Pooling the last two may raise them above the one before: then all three are pooled.
    Case(sums: [8, 4, 9], weights: [10, 10, 10], fitted: [0.8, 0.65, 0.65]),
    Case(sums: [5, 4, 9], weights: [10, 10, 10], fitted: [0.6, 0.6, 0.6]),
    Case(sums: [3], weights: [4], fitted: [0.75]),
    Case(sums: [], weights: [], fitted: []),
  ]

  /// If this fails, the isotonic fit follows noise, or changes fractions that already decrease.
  @Test(arguments: cases)
  func handComputed(example: Case) {
    let fitted = Isotonic.nonIncreasing(sums: example.sums, weights: example.weights)
    #expect(fitted.count == example.fitted.count)
    #expect(zip(fitted, example.fitted).allSatisfy { abs($0 - $1) < 1e-15 })
  }

  /// Any other non-increasing sequence is farther away, by the max-min formula for each point.
  @Test func matchesTheMaxMinFormula() {
    var random = SplitMix64(seed: 5)
    for _ in 0..<200 {
      let count = Int.random(in: 1...9, using: &random)
      let weights = (0..<count).map { _ in Double(Int.random(in: 1...6, using: &random)) }
      let sums = weights.map { Double(Int.random(in: 0...Int($0), using: &random)) }
      let fitted = Isotonic.nonIncreasing(sums: sums, weights: weights)
      for point in 0..<count {
        // min over starts s ≤ point of max over ends e ≥ point of the mean of s...e.
        let direct = (0...point).map { start in
          (point..<count).map { end in
            sums[start...end].reduce(0, +) / weights[start...end].reduce(0, +)
          }.max() ?? 0
        }.min()
        #expect(fitted[point] == direct)
      }
    }
  }
}
