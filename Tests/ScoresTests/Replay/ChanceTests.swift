import Testing

@testable import Scores

@Suite struct ChanceTests {
  /// The level that every robustness score subtracts.
  @Test func fuerElise() throws {
    let melody = try Melody.fuerElise()
    var generator = SplitMix64(seed: 1)
    // Fewer than a trial's 200 keep the debug build quick.
    let permuted = (0..<(isDebug ? 40 : Chance.permutations)).lazy.map { _ in
      melody.shuffled(using: &generator).target
    }
    let chance = try #require(Chance(of: melody.target, against: permuted))
    #expect(abs(chance.mean - 0.16) < 0.03)
    #expect(abs(chance.percentile95 - 0.24) < 0.05)
  }

  @Test func sameOrderIsCertainty() throws {
    let target = try Melody.fuerElise().target
    let chance = try #require(Chance(of: target, against: [target, target]))
    #expect(abs(chance.mean - 1) < 1e-12)
    #expect(chance.count == 2)
  }

  @Test func nothingToCompareIsMissing() {
    let constant = TargetRates(values: [1, 1], neurons: 1, notes: 2, stepsPerNote: 1, every: 1)
    #expect(Chance(of: constant, against: [constant]) == nil)
    #expect(Chance(of: constant, against: []) == nil)
  }

  @Test(arguments: [
    (0.0, [3.0, 1, 2], 1.0), (1, [3, 1, 2], 3), (0.5, [3, 1, 2], 2), (0.5, [4, 1, 2, 3], 2.5),
    (0.95, [0, 10], 9.5), (0.95, [7], 7), (0.25, [0, 1, 2, 3, 4], 1), (0.3, [0, 1, 2, 3, 4], 1.2),
  ])
  func quantileByHand(fraction: Double, values: [Double], expected: Double) throws {
    #expect(abs(try #require(quantile(fraction, of: values)) - expected) < 1e-12)
  }

  @Test func quantileOfNothing() {
    #expect(quantile(0.5, of: []) == nil)
  }

  @Test func meanAndPercentileOfKnownCorrelations() throws {
    let chance = try #require(Chance((0...20).map { Double($0) / 20 }))
    #expect(abs(chance.mean - 0.5) < 1e-12)
    #expect(abs(chance.percentile95 - 0.95) < 1e-12)
    #expect(chance.count == 21)
  }

  private var isDebug: Bool {
    #if DEBUG
      true
    #else
      false
    #endif
  }
}
