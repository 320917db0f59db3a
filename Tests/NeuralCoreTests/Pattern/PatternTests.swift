import NeuralCore
import TestSupport
import Testing

/// If these fail, a network learns other notes than its pattern has.
@Suite struct PatternTests {
  private let pattern = Pattern(
    name: "scale", columns: [[true, false], [false, true], [false, false]])

  @Test("Notes count cyclically in both directions")
  func cyclic() {
    #expect(pattern.visible == 2 && pattern.notes == 3)
    #expect(
      (-4...4).map { pattern.isActive(0, inNote: $0) } == [
        false, true, false, false, true, false, false, true, false,
      ])
    #expect(pattern.column(-1) == [false, false])
    #expect(pattern.column(4) == [false, true])
  }

  @Test("A pattern can play its notes in another order")
  func playing() {
    let other = pattern.playing([1, 1, 0])
    #expect(other.name == "scale" && other.notes == 3)
    #expect((0..<3).map(other.column) == [[false, true], [false, true], [true, false]])
    #expect(pattern.playing(0..<1).notes == 1)
  }

  @Test("Different columns are counted once")
  func distinctColumns() {
    #expect(pattern.distinctColumns == 3)
    #expect(pattern.playing([0, 0, 1]).distinctColumns == 2)
    #expect(pattern.playing([2]).distinctColumns == 1)
  }

  @Test("The longest silence may span the end of the cycle")
  func longestSilence() {
    let lengths = [[0, 1], [0, 2, 1], [2, 0, 2, 2, 1, 2], [2, 0, 1, 2, 2], [2, 2]]
      .map { pattern.playing($0).longestSilence }
    #expect(lengths == [0, 1, 2, 3, 2])
  }
}

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

  /// In ABAC the note after A is B or C; those after B and C are certain.
  @Test(
    "the fraction of notes that those before do not determine, by hand",
    arguments: [
      ("A", 1, 0), ("AB", 1, 0), ("ABAC", 1, 0.5), ("ABAC", 2, 0), ("ABAB", 1, 0),
      ("ABCXABCY", 1, 0.25), ("ABCXABCY", 3, 0.25), ("ABCXABCY", 4, 0), ("AAAB", 1, 0.75),
      ("AAAB", 2, 0.5),
    ] as [(String, Int, Double)])
  func ambiguity(letters: String, context: Int, fraction: Double) {
    let pattern = pattern(letters.utf8.map { Int($0) - 65 }, visible: 26)
    #expect(pattern.ambiguity(after: context) == fraction)
  }

  @Test("Für Elise has 15 different columns and order 4")
  func fuerElise() throws {
    let pattern = try Pattern.all(parsing: Fixtures.text("patterns/fuer_elise.txt"))[0]
    #expect(pattern.notes == 25)
    #expect(pattern.distinctColumns == 15)
    #expect(pattern.order == 4)
  }

  @Test("the order matches the definition and does not depend on the start of the cycle")
  func definition() {
    var random = RandomStream(seed: 1, purpose: .sequence)
    for _ in 0..<400 {
      let vocabulary = 1 + random.integer(below: 4)
      let symbols = (0..<1 + random.integer(below: 24)).map { _ in
        random.integer(below: vocabulary)
      }
      let order = pattern(symbols, visible: 4).order
      #expect(order == orderByDefinition(symbols))
      if let order {
        #expect(pattern(symbols, visible: 4).ambiguity(after: order) == 0)
        #expect(order == 1 || pattern(symbols, visible: 4).ambiguity(after: order - 1) > 0)
      }
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

  @Test("Levels wrap around, are played in another order, and count as columns and as constant")
  func analog() {
    let pattern = Pattern(name: "", levels: [[0.25, 0.5], [0.75, 0.5], [0.25, 0.5], [0, 0.5]])
    #expect(pattern.level(0, inNote: -1) == 0 && pattern.level(0, inNote: 5) == 0.75)
    #expect(pattern.playing([1, 3]) == Pattern(name: "", levels: [[0.75, 0.5], [0, 0.5]]))
    #expect(pattern.distinctColumns == 3)
    #expect(pattern.constantNeurons == [1])
    #expect(pattern.longestSilence == 0)
    #expect(Pattern(name: "", levels: [[0.5], [0], [0]]).longestSilence == 2)
    #expect(Pattern(name: "", columns: [[true], [false]]).level(0, inNote: 2) == 1)
  }
}

/// The pattern that has one active neuron in each note.
func pattern(_ symbols: [Int], visible: Int) -> Pattern {
  Pattern(
    name: "test", columns: symbols.map { symbol in (0..<visible).map { $0 == symbol } })
}

/// The order of a cycle as its definition says it: the least length of windows that all differ.
func orderByDefinition(_ symbols: [Int]) -> Int? {
  let count = symbols.count
  return (1...count).first { length in
    Set(symbols.indices.map { start in (0..<length).map { symbols[(start + $0) % count] } }).count
      == count
  }
}
