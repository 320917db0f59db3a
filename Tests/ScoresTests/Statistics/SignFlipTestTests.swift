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

  /// If this fails, p jumps where all choices become too many to count.
  @Test func randomChoicesAgreeWithAll() throws {
    let values = [
      0.3, -0.1, 0.4, 0.2, -0.2, 0.5, 0.1, -0.3, 0.25, 0.15, 0.05, -0.05, 0.35, 0.1, 0.02,
    ]
    let exact = try #require(SignFlipTest.p(values))
    // A sixteenth difference of nearly nothing changes nothing.
    let drawn = try #require(SignFlipTest.p(values + [1e-12]))
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
