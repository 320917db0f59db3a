import Testing

@testable import Scores

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

  /// The check beside the logistic fit would follow noise, or smooth where nothing violates.
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
