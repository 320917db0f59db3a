import Testing

@testable import Scores

@Suite struct VarianceSharesTests {
  private static func share(
    _ source: VarianceShares.Source, _ shares: VarianceShares
  ) -> VarianceShares.Part? {
    shares.parts.first { $0.source == source }
  }

  /// By hand: cells (1, 3), (5, 7), (2, 4), (10, 12) on two axes of two levels with two replicates.
  /// Cell means 2, 6, 3, 11, grand mean 5.5: main effects 18 and 72, their interaction 8, within 8.
  @Test func sumsOfSquaresAreTheTextbooks() throws {
    let shares = try #require(VarianceShares([1, 3, 5, 7, 2, 4, 10, 12], shape: [2, 2, 1, 2]))
    let expected: [(VarianceShares.Source, Double)] = [
      (.axis(0), 18), (.axis(1), 72), (.pair(0, 1), 8), (.replicates, 8),
    ]
    #expect(shares.parts.map(\.source) == expected.map(\.0))
    for (source, squares) in expected {
      let part = try #require(Self.share(source, shares))
      #expect(abs(part.share - squares / 106) < 1e-12)
      guard source != .replicates else { continue }
      // The mean square within is 8 / 4.
      #expect(abs(try #require(part.omegaSquared) - (squares - 2) / 108) < 1e-12)
    }
    #expect(abs(shares.parts.reduce(0) { $0 + $1.share } - 1) < 1e-12)
    #expect(abs(shares.parts.reduce(0) { $0 + $1.omegaSquared! } - 1) < 1e-12)
  }

  /// If this fails, what songs do is taken for what a parameter does.
  @Test func blocksAndHigherInteractionsHaveTheirShares() throws {
    var random = SplitMix64(seed: 3)
    let shape = [2, 3, 2, 4, 3]
    let values = (0..<shape.reduce(1, *)).map { index in
      Double.random(in: 0..<1, using: &random) + Double(index / 3 % 4) * 5
    }
    let shares = try #require(VarianceShares(values, shape: shape))
    #expect(shares.parts.count == 3 + 3 + 1 + 1 + 1)
    #expect(try #require(Self.share(.blocks, shares)).share > 0.9)
    #expect(try #require(Self.share(.interactions, shares)).share < 0.02)
    #expect(abs(shares.parts.reduce(0) { $0 + $1.share } - 1) < 1e-12)
    #expect(shares.parts.allSatisfy { $0.share >= 0 })
  }

  @Test func roundingHasNoSource() {
    let one = 1.0
    #expect(VarianceShares([one, one.nextUp, one.nextDown, one], shape: [2, 1, 2]) == nil)
    #expect(VarianceShares([0, 0, 0, 0], shape: [2, 1, 2]) == nil)
    #expect(VarianceShares([0, 1e-9, 0, 0], shape: [2, 1, 2]) != nil)
  }

  /// If this fails, `importance.csv` gives shares without replicates that look unbiased.
  @Test func withoutReplicatesNoBiasIsKnown() throws {
    let shares = try #require(VarianceShares([1, 2, 4], shape: [3, 1, 1]))
    #expect(shares.parts.map(\.share) == [1, 0])
    #expect(shares.parts.allSatisfy { $0.omegaSquared == nil })
    #expect(VarianceShares([2, 2, 2], shape: [3, 1, 1]) == nil)
  }
}

@Suite struct CompletePartTests {
  private static func exists(_ shape: [Int], without missing: [[Int]]) -> [Bool] {
    var exists = [Bool](repeating: true, count: shape.reduce(1, *))
    for place in missing { exists[zip(shape, place).reduce(0) { $0 * $1.0 + $1.1 }] = false }
    return exists
  }

  /// If this fails, one failed trial costs more of the grid than it must.
  @Test func oneMissingElementCostsTheCheapestLevel() {
    func levels(_ shape: [Int], _ fewest: [Int], without missing: [[Int]]) -> [[Int]]? {
      CompletePart(Self.exists(shape, without: missing), shape: shape, fewest: fewest)?.levels
    }
    #expect(levels([3, 5], [1, 1], without: [[1, 2]]) == [[0, 1, 2], [0, 1, 3, 4]])
    #expect(levels([3, 5], [1, 1], without: []) == [[0, 1, 2], [0, 1, 2, 3, 4]])
    #expect(levels([1, 2], [1, 1], without: [[0, 0], [0, 1]]) == nil)
    // One row of three is larger, but compares nothing.
    #expect(levels([2, 3], [1, 1], without: [[0, 1], [0, 2]]) == [[1], [0, 1, 2]])
    #expect(levels([2, 3], [2, 1], without: [[0, 1], [0, 2]]) == [[0, 1], [0]])
    #expect(levels([2, 2], [2, 1], without: [[0, 0], [1, 1]]) == nil)
  }

  /// If this fails, a part that is called the largest is not. Compared with all choices of levels.
  @Test(arguments: 0..<20)
  func isTheLargest(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let shape = [3, 3, 4]
    let missing = (0..<4).map { _ in shape.map { Int.random(in: 0..<$0, using: &random) } }
    let part = CompletePart(
      Self.exists(shape, without: missing), shape: shape, fewest: [1, 1, 1])
    func subsets(_ count: Int) -> [[Int]] {
      (1..<1 << count).map { mask in (0..<count).filter { mask & 1 << $0 != 0 } }
    }
    var largest = 0
    for first in subsets(3) {
      for second in subsets(3) {
        for third in subsets(4)
        where !missing.contains(where: {
          first.contains($0[0]) && second.contains($0[1]) && third.contains($0[2])
        }) {
          largest = max(largest, first.count * second.count * third.count)
        }
      }
    }
    #expect(part?.levels.reduce(1) { $0 * $1.count } == largest)
  }
}
