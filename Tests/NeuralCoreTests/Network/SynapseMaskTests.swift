import NeuralCore
import Testing

@Suite struct SynapseMaskTests {
  /// If this fails, synapses exist that should not, and the other way round.
  @Test(arguments: [0, 1, 31, 32, 33, 1_000])
  func keepsWhatIsSet(count: Int) {
    let synapses = (0..<count).map { $0 * 7 % 5 < 2 }
    var mask = SynapseMask(synapses)
    #expect(Array(mask) == synapses)
    #expect(mask.count { $0 } == synapses.count { $0 })
    for index in mask.indices { mask[index].toggle() }
    #expect(Array(mask) == synapses.map { !$0 })
    for index in mask.indices { mask[index] = false }
    #expect(mask == SynapseMask(none: count))
  }

  /// If this fails, a trial that continues has other synapses, or a damaged file is taken.
  @Test func wordsMustFit() {
    let mask = SynapseMask((0..<40).map { $0 % 3 == 0 })
    #expect(SynapseMask(words: mask.words, count: 40) == mask)
    #expect(SynapseMask(words: [.max, 0xff], count: 40) == SynapseMask((0..<40).map { _ in true }))
    #expect(SynapseMask(words: [0, 0x100], count: 40) == nil)
    #expect(SynapseMask(words: [0], count: 40) == nil)
    #expect(SynapseMask(words: [0, 0, 0], count: 40) == nil)
  }
}
