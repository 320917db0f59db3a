import Testing

@testable import NeuralCore

/// If these fail, networks are drawn from other distributions than the paper's, or a seed gives
/// another network than it gave when results were published.
@Suite struct RandomStreamTests {
  static let purposes: [RandomStream.Purpose] = [
    .dendriticWeights, .dendriticDelays, .scaffoldDelays, .scaffold, .chance, .bootstrap,
  ]

  private func stream(_ purpose: RandomStream.Purpose = .bootstrap) -> RandomStream {
    RandomStream(seed: 0x1234_5678_9ABC_DEF0, purpose: purpose)
  }

  /// Worked out by a Philox written in another language.
  static let goldenBits: [[UInt64]] = [
    [0x26FC_076C_392F_D6B2, 0x54E7_CB63_74CE_119E], [0x25D8_2783_8AB1_A19D, 0x4D4A_EBB8_3209_F83B],
    [0xA3E7_E272_7C3F_C739, 0xC0B0_7BF4_7B5E_8A32], [0x75C8_2DD8_EEAA_9154, 0x11FE_450E_5E5A_0CFE],
    [0x70BB_C61F_AEAD_3422, 0x27D5_5ADD_C86A_83D9], [0x5472_613E_3972_1D95, 0xBDC1_931C_5CF3_1F8E],
  ]

  @Test("A seed and a purpose give the same bits for ever", arguments: zip(purposes, goldenBits))
  func golden(purpose: RandomStream.Purpose, expected: [UInt64]) {
    var random = stream(purpose)
    #expect([random.bits(), random.bits()] == expected)
  }

  @Test("Derived numbers stay the same as well")
  func derived() {
    var random = stream(.scaffold)
    _ = random.bits()
    _ = random.bits()
    #expect(random.uniform() == 0.8072156480482717)
    random = stream()
    #expect((0..<6).map { _ in random.integer(below: 100) } == [32, 74, 50, 87, 90, 76])
    random = stream()
    #expect(random.permutation(of: 8) == [0, 1, 7, 6, 4, 3, 5, 2])
    random = stream()
    #expect(abs(random.normal() - -0.04925077765779529) < 1e-15)
  }

  @Test("Every seed and every purpose has draws of its own")
  func independent() {
    var seen: Set<UInt64> = []
    let seeds: [UInt64] = [0, 1, 2, 1 << 31, 1 << 32, 1 << 63, .max]
    for seed in seeds {
      for purpose in Self.purposes {
        var random = RandomStream(seed: seed, purpose: purpose)
        for _ in 0..<100 { seen.insert(random.bits()) }
      }
    }
    #expect(seen.count == seeds.count * Self.purposes.count * 100)
  }

  @Test("Uniform numbers fill [0, 1) and never reach 1")
  func uniform() {
    var random = stream()
    var counts = [Int](repeating: 0, count: 64)
    var smallest = 1.0
    var largest = 0.0
    for _ in 0..<64_000 {
      let value = random.uniform()
      smallest = min(smallest, value)
      largest = max(largest, value)
      counts[Int(value * 64)] += 1
    }
    #expect(smallest >= 0 && smallest < 1e-3)
    #expect(largest < 1 && largest > 1 - 1e-3)
    #expect(chiSquare(counts) < 63 + 5 * (2 * 63.0).squareRoot())
  }

  @Test("Integers are equally likely", arguments: [1, 2, 3, 7, 101])
  func integers(bound: Int) {
    var random = stream()
    var counts = [Int](repeating: 0, count: bound)
    for _ in 0..<1_000 * bound { counts[random.integer(below: bound)] += 1 }
    let freedom = Double(bound - 1)
    #expect(chiSquare(counts) <= freedom + 5 * (2 * freedom).squareRoot())
  }

  /// Of 2⁶⁴ draws, 8/3 fall to each number below 3·2⁶¹: without rejection, every third number would
  /// be drawn a third less often.
  @Test("Integers below a large bound are not biased")
  func largeBound() {
    var random = stream()
    var counts = [0, 0, 0]
    for _ in 0..<30_000 { counts[random.integer(below: 3 << 61) % 3] += 1 }
    #expect(chiSquare(counts) < 2 + 5 * 2)
  }

  @Test("Normal numbers have the moments of the normal distribution")
  func normal() {
    var random = stream()
    let count = 200_000
    let draws = (0..<count).map { _ in random.normal() }
    func moment(_ power: Int) -> Double {
      draws.reduce(0) { sum, draw in sum + (0..<power).reduce(1) { value, _ in value * draw } }
        / Double(count)
    }
    // Five standard errors: the variance of the n-th power is (2n-1)!! less the moment squared.
    let error = 5 / Double(count).squareRoot()
    #expect(abs(moment(1)) < error)
    #expect(abs(moment(2) - 1) < 2.0.squareRoot() * error)
    #expect(abs(moment(3)) < 15.0.squareRoot() * error)
    #expect(abs(moment(4) - 3) < 96.0.squareRoot() * error)
    #expect(draws.allSatisfy { $0.isFinite })
  }

  @Test("Permutations hold every number once", arguments: [0, 1, 2, 25, 1_000])
  func permutation(count: Int) {
    var random = stream()
    #expect(random.permutation(of: count).sorted() == Array(0..<count))
  }

  @Test("Every order is equally likely")
  func orders() {
    var random = stream()
    var counts: [[Int]: Int] = [:]
    for _ in 0..<24_000 { counts[random.permutation(of: 4), default: 0] += 1 }
    #expect(counts.count == 24)
    #expect(chiSquare(Array(counts.values)) < 23 + 5 * (2 * 23.0).squareRoot())
  }

  /// The distance of counts from being all equal; its mean is one less than their number.
  private func chiSquare(_ counts: [Int]) -> Double {
    let expected = Double(counts.reduce(0, +)) / Double(counts.count)
    return counts.reduce(0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
  }
}

/// If these fail, the generator is not Philox: the tests that others ran on it say nothing about
/// it, and no seed gives the network that it gave before.
@Suite struct PhiloxTests {
  typealias Vector = (counter: SIMD4<UInt32>, key: SIMD2<UInt32>, block: SIMD4<UInt32>)

  /// The known answers for philox4x32-10 that come with Salmon et al.'s Random123 library.
  static let knownAnswers: [Vector] = [
    (
      SIMD4(repeating: 0), SIMD2(repeating: 0),
      SIMD4(0x6627_E8D5, 0xE169_C58D, 0xBC57_AC4C, 0x9B00_DBD8)
    ),
    (
      SIMD4(repeating: .max), SIMD2(repeating: .max),
      SIMD4(0x408F_276D, 0x41C8_3B0E, 0xA20B_C7C6, 0x6D54_51FD)
    ),
    (
      SIMD4(0x243F_6A88, 0x85A3_08D3, 0x1319_8A2E, 0x0370_7344), SIMD2(0xA409_3822, 0x299F_31D0),
      SIMD4(0xD16C_FE09, 0x94FD_CCEB, 0x5001_E420, 0x2412_6EA1)
    ),
  ]

  @Test("The published blocks come out", arguments: knownAnswers)
  func knownAnswer(vector: Vector) {
    #expect(Philox.block(counter: vector.counter, key: vector.key) == vector.block)
  }
}
