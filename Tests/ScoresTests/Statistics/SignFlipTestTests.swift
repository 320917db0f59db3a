import Testing

@testable import Scores

@Suite struct SignFlipTestTests {
  /// By counting: of the eight signs of 1, 2, 3 two have the sum ±6; of 1, -2, 3 six reach 2.
  @Test(
    arguments: [
      ([1, 2, 3], 0.25), ([1, -2, 3], 0.75), ([2], 1), ([0, 0], 1), ([1, 1, 1, 1, 1], 2.0 / 32),
    ] as [([Double], Double)])
  func countsTheChoicesOfSigns(differences: [Double], p: Double) {
    #expect(SignFlipTest.p(differences) == p)
    #expect(SignFlipTest.p(differences.map { -$0 }) == p)
  }

  @Test func nothingHasNoP() { #expect(SignFlipTest.p([]) == nil) }

  private static let values = [
    0.3, -0.1, 0.4, 0.2, -0.2, 0.5, 0.1, -0.3, 0.25, 0.15, 0.05, -0.05, 0.35, 0.1, 0.02, -0.4,
  ]

  /// If this fails, p of twenty seeds, the usual number, is wrong.
  @Test(arguments: 2...16)
  func agreesWithEveryChoiceOfSigns(count: Int) throws {
    let values = Array(Self.values.prefix(count))
    let observed = abs(values.reduce(0, +)) - 1e-9
    let extreme = (0..<1 << count).count { choice in
      let sum = values.indices.reduce(0) { $0 + (choice >> $1 & 1 == 0 ? values[$1] : -values[$1]) }
      return abs(sum) >= observed
    }
    #expect(SignFlipTest.p(values) == Double(extreme) / Double(1 << count))
  }

  /// For equal differences it is the sign test: of 24 coins 18 or more, or 6 or fewer, are heads in
  /// 2 · 190,051 of 2^24 throws.
  @Test func equalDifferencesGiveTheSignTest() {
    let values = (0..<24).map { $0 < 18 ? 0.1 : -0.1 }
    #expect(SignFlipTest.p(values) == 2 * 190_051.0 / 16_777_216)
  }

  /// If this fails, p jumps where all choices become too many to count.
  @Test func randomChoicesAgreeWithAll() throws {
    let exact = try #require(SignFlipTest.p(Self.values))
    // Further differences of nearly nothing change nothing.
    let nothing = [Double](repeating: 1e-12, count: SignFlipTest.mostExact)
    let drawn = try #require(SignFlipTest.p(Self.values + nothing))
    #expect(abs(exact - drawn) < 0.01)
    #expect(SignFlipTest.p([Double](repeating: 1, count: 40)) == 1.0 / 20_001)
  }

  /// Holm's own example: 0.01, 0.02, 0.03, 0.005 become 0.03, 0.04, 0.04, 0.02.
  @Test func holm() {
    let adjusted = Holm.adjusted([0.01, 0.02, nil, 0.03, 0.005])
    let expected: [Double?] = [0.03, 0.04, nil, 0.04, 0.02]
    for (value, right) in zip(adjusted, expected) {
      #expect(value == nil ? right == nil : abs(value! - (right ?? -1)) < 1e-12)
    }
    #expect(Holm.adjusted([0.6, 0.7]) == [1, 1])
    #expect(Holm.adjusted([]).isEmpty)
  }
}
