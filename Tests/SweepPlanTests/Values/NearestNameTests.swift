import Parameters
import Testing

@testable import SweepPlan

@Suite("A slip in a name is answered with the name that was meant")
struct NearestNameTests {
  @Test(
    "The nearest key is offered, and none where nothing is near",
    arguments: [
      ("latnet", "latent"), ("Latent", "latent"), ("sed", "seed"), ("delay_mim", "delay_min"),
      ("trainingcycles", "training_cycles"), ("learning_rate", nil), ("x", nil), ("", nil),
      ("hidden_neurons", nil), ("scaffold_r", "scaffold_p"),
    ] as [(String, String?)])
  func nearest(text: String, expected: String?) {
    #expect(text.nearest(of: Parameter.all.map(\.key)) == expected)
  }

  @Test(
    "Distances count changes, additions, omissions and swaps",
    arguments: [
      ("", "", 0), ("a", "", 1), ("ab", "ba", 1), ("kitten", "sitting", 3), ("abc", "abd", 1),
    ])
  func distance(left: String, right: String, expected: Int) {
    #expect(left.editDistance(to: right) == expected)
    #expect(right.editDistance(to: left) == expected)
  }

  @Test("An absurdly long key is no slip, and a message shows its beginning on one line")
  func hostile() {
    #expect(String(repeating: "a", count: 100_000).nearest(of: ["a"]) == nil)
    #expect(quoted(String(repeating: "a", count: 100)) == "'\(String(repeating: "a", count: 60))…'")
    #expect(quoted("a\n\u{1B}[31m\u{202E}") == "'a\\n\\u{1B}[31m\\u{202E}'")
  }
}
