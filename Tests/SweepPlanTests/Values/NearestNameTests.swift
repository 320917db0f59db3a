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
    #expect(quoted("a\n\u{1B}[31m\u{202E}") == "'a\\n<U+001B>[31m<U+202E>'")
  }

  /// If this fails, a user sees two equal texts of which one is refused.
  @Test(arguments: ["\u{A0}", "\u{200B}", "\u{AD}", "\u{3000}", "\u{3164}", "\u{FE0F}", "\u{2800}"])
  func invisibleCharactersHaveNames(character: String) {
    let code = String(character.unicodeScalars.first!.value, radix: 16, uppercase: true)
    #expect(quoted("a b\(character)") == "'a b<U+\(code.count < 4 ? "00" : "")\(code)>'")
    #expect(quoted("é ♪ 漢") == "'é ♪ 漢'")
  }
}
