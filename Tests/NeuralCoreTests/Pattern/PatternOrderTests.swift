import NeuralCore
import TestSupport
import Testing

/// A wrong order would attribute the effect of a sequence's length to its ambiguity.
struct PatternOrderTests {
  @Test(
    "the order of short sequences, by hand",
    arguments: [
      ("A", 1), ("AB", 1), ("ABC", 1), ("AAB", 2), ("AAAB", 3), ("ABAC", 2), ("ABABC", 3),
      ("ABABAC", 4), ("ABCXABCY", 4), ("ABCABD", 3), ("BCXAYA", 2), ("CXABYAB", 3),
      ("AA", nil), ("ABAB", nil), ("ABCABC", nil), ("AAAAAAAA", nil),
    ] as [(String, Int?)])
  func byHand(letters: String, order: Int?) {
    #expect(pattern(letters.utf8.map { Int($0) - 65 }, visible: 26).order == order)
  }

  @Test("Für Elise has 15 different columns and order 4")
  func fuerElise() throws {
    let pattern = try Pattern.all(parsing: Fixtures.text("patterns/fuer_elise.txt"))[0]
    #expect(pattern.notes == 25)
    #expect(pattern.distinctColumns == 15)
    #expect(pattern.order == 4)
  }

  @Test("the order is that of the definition, and does not depend on where the cycle starts")
  func definition() {
    var random = RandomStream(seed: 1, purpose: .sequence)
    for _ in 0..<400 {
      let vocabulary = 1 + random.integer(below: 4)
      let symbols = (0..<1 + random.integer(below: 24)).map { _ in
        random.integer(below: vocabulary)
      }
      let order = pattern(symbols, visible: 4).order
      #expect(order == orderByDefinition(symbols))
      let start = random.integer(below: symbols.count)
      let rotated = Array(symbols[start...] + symbols[..<start])
      #expect(pattern(rotated, visible: 4).order == order)
    }
  }

  @Test(
    "random sequences confound order with length",
    arguments: [(10, 2.2), (25, 3.0), (50, 3.6), (100, 4.1), (200, 4.6)])
  func randomSequences(length: Int, mean: Double) {
    var random = RandomStream(seed: 2, purpose: .sequence)
    let orders = (0..<300).compactMap { _ in
      pattern((0..<length).map { _ in random.integer(below: 13) }, visible: 13).order
    }
    let found = Double(orders.reduce(0, +)) / Double(orders.count)
    #expect(abs(found - mean) < 0.2)
  }

  @Test("long sequences, with short and with very long repetitions")
  func long() {
    var random = RandomStream(seed: 3, purpose: .sequence)
    let half = (0..<5_000).map { _ in random.integer(below: 3) }
    #expect(pattern(half + half, visible: 4).order == nil)
    #expect(pattern(half + [3] + half, visible: 4).order == 5_001)
    #expect(pattern(Array(repeating: 0, count: 9_999) + [1], visible: 4).order == 9_999)
  }
}
