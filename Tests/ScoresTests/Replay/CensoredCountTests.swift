import Testing

@testable import Scores

@Suite struct CensoredCountTests {
  @Test(
    arguments: [
      ([0.9, 0.7, 0.49, 0.9], CensoredCount(2)),
      ([0.4, 0.9], CensoredCount(0)),
      ([0.9, 0.5, 0.5], CensoredCount(3, isCensored: true)),
      ([0.9, nil, 0.4], CensoredCount(1, isCensored: true)),
      ([nil, 0.4], nil),
      ([], nil),
    ] as [([Double?], CensoredCount?)])
  func horizon(correlations: [Double?], expected: CensoredCount?) {
    #expect(CensoredCount.horizon(correlations) == expected)
  }

  @Test(
    arguments: [
      ([0.9, 0.9, 0.9], CensoredCount(0)),
      ([0.2, 0.95, 0.9, 0.89, 0.9, 0.95, 0.99, 0.1], CensoredCount(80)),
      ([0.2, 0.95, 0.9], CensoredCount(1000, isCensored: true)),
      ([0.95, 0.95, nil, 0.95, 0.95], CensoredCount(1000, isCensored: true)),
      ([0.95, .nan, 0.95, 0.95, 0.95], CensoredCount(40)),
      ([], CensoredCount(1000, isCensored: true)),
    ] as [([Double?], CensoredCount)])
  func cyclesToCriterion(correlations: [Double?], expected: CensoredCount) {
    let tests = correlations.enumerated().map { FreeTest(cycle: 20 * $0, correlation: $1) }
    #expect(CensoredCount.cyclesToCriterion(tests, budget: 1000) == expected)
  }
}
