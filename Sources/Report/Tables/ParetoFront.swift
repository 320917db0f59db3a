/// Which of several choices are efficient: no other one gives at least as much for at most the same
/// price, and more or cheaper.
enum ParetoFront {
  /// Something that can be chosen.
  struct Choice: Equatable {
    /// The less the better.
    var cost: Double
    /// The more the better.
    var score: Double
  }

  /// Whether each choice is efficient; nil where a choice is missing.
  ///
  /// Choices that are equal in both are efficient together.
  ///
  /// - Complexity: O(n log n).
  static func isEfficient(_ choices: [Choice?]) -> [Bool?] {
    let order = choices.indices.filter { choices[$0] != nil }
      .sorted { first, second in
        let (first, second) = (choices[first]!, choices[second]!)
        return (first.cost, -first.score) < (second.cost, -second.score)
      }
    var efficient = choices.map { $0.map { _ in false } }
    var best: Choice?
    for index in order {
      let choice = choices[index]!
      if let best, choice != best, choice.score <= best.score { continue }
      efficient[index] = true
      best = choice
    }
    return efficient
  }
}
