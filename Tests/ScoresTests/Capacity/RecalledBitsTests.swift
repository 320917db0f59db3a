import Testing

@testable import Scores

@Suite struct RecalledBitsTests {
  /// A wrong figure here misranks every network by how much it stores.
  @Test(arguments: [
    // A right note of four carries two bits.
    (25, 4, 1.0, 50.0),
    // 1 + 3/4 log₂ 3/4 + 1/4 log₂ 1/4.
    (10, 2, 0.75, 10 * 0.188_721_875_540_867_17),
    // log₂ 3 + 1/2 log₂ 1/2 + 1/2 log₂ 1/4 = log₂ 3 − 3/2.
    (2, 3, 0.5, 2 * 0.084_962_500_721_156_1),
    // log₂ 15 + 0.96 log₂ 0.96 + 0.04 log₂ (0.04 / 14).
    (25, 15, 0.96, 25 * 3.512_304_209_643_799_5),
  ])
  func handComputed(length: Int, columns: Int, accuracy: Double, bits: Double) {
    let recalled = RecalledBits(
      length: length, distinctColumns: columns, noteAccuracy: accuracy)
    #expect(abs(recalled.value - bits) < 1e-9 * max(1, bits))
  }

  /// Below chance the formula rises again: a network that gets everything wrong would score.
  @Test(arguments: [(2, 0.5), (4, 0.25), (4, 0.1), (4, 0.0), (3, 1.0 / 3)])
  func guessingRecallsNothing(columns: Int, accuracy: Double) {
    let recalled = RecalledBits(length: 25, distinctColumns: columns, noteAccuracy: accuracy)
    #expect(recalled.value == 0)
  }

  /// A sequence of one column has no information, and the result must not be NaN.
  @Test(arguments: [0, 1])
  func oneColumnTellsNothing(columns: Int) {
    let recalled = RecalledBits(length: 25, distinctColumns: columns, noteAccuracy: 1)
    #expect(recalled.value == 0)
  }

  @Test func moreRightNotesAreMoreBits() {
    let bits = stride(from: 0.1, through: 1, by: 0.01).map {
      RecalledBits(length: 25, distinctColumns: 15, noteAccuracy: min($0, 1)).value
    }
    #expect(zip(bits, bits.dropFirst()).allSatisfy { $0 < $1 })
  }

  /// A network without plastic synapses has no bits per synapse, rather than infinitely many.
  @Test func bitsPerSynapse() {
    let recalled = RecalledBits(length: 25, distinctColumns: 4, noteAccuracy: 1)
    #expect(recalled.bitsPerSynapse(plasticSynapses: 100) == 0.5)
    #expect(recalled.bitsPerSynapse(plasticSynapses: 0) == nil)
  }
}
