import Testing

@testable import Report

@Suite struct ParetoFrontTests {
  /// If this fails, a table calls a wasteful network efficient, or hides an efficient one.
  @Test func efficientChoicesAreNotBeaten() {
    let choices: [ParetoFront.Choice?] = [
      .init(cost: 2, score: 5),  // efficient
      .init(cost: 1, score: 3),  // efficient: the cheapest
      .init(cost: 1, score: 2),  // as cheap, less
      .init(cost: 3, score: 5),  // as good, dearer
      nil,
      .init(cost: 4, score: 6),  // efficient: the best
      .init(cost: 2, score: 5),  // the first one again
      .init(cost: 5, score: 1),
    ]
    let expected: [Bool?] = [true, true, false, false, nil, true, true, false]
    #expect(ParetoFront.isEfficient(choices) == expected)
    #expect(ParetoFront.isEfficient([]).isEmpty)
  }

  /// The definition, tried on every pair.
  @Test(arguments: 0..<20)
  func agreesWithTheDefinition(seed: Int) {
    let choices = (0..<30).map { index in
      ParetoFront.Choice(
        cost: Double((index * 7 + seed * 13) % 11), score: Double((index * 5 + seed * 3) % 9))
    }
    let expected = choices.map { own -> Bool? in
      !choices.contains { other in
        other.cost <= own.cost && other.score >= own.score && other != own
      }
    }
    #expect(ParetoFront.isEfficient(choices) == expected)
  }
}
