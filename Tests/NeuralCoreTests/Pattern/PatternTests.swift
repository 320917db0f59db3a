import NeuralCore
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
}
