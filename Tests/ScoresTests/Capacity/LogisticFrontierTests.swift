import Foundation
import Testing

@testable import Scores

@Suite struct LogisticDesignTests {
  private func cells(_ entries: [(Double, Double, Int, Int)]) -> [CapacityCell] {
    entries.map { CapacityCell(size: $0.0, length: $0.1, successes: $0.2, trials: $0.3) }
  }

  private func fit(_ cells: [CapacityCell], from start: SIMD3<Double> = .zero) -> LogisticFrontier?
  {
    LogisticDesign(cells).fit(
      CapacityTallies.Counts(
        successes: cells.map { Double($0.successes) }, trials: cells.map { Double($0.trials) }),
      from: start)
  }

  /// Two cells are fitted exactly, up to the penalty: odds 3 at length 10, 1/3 at length 40.
  @Test func passesThroughTwoCells() throws {
    let model = try #require(fit(cells([(1, 10, 750, 1000), (1, 40, 250, 1000)])))
    #expect(abs(model.lengthSlope + 2 * log(3) / log(4)) < 1e-6)
    #expect(abs(model.intercept - (log(3) - model.lengthSlope * log(10))) < 1e-5)
    #expect(abs(try #require(model.capacity(size: 1)) - 20) < 1e-6)
    #expect(model.sizeSlope == 0)
  }

  /// Three cells, three coefficients. Size 1 turns at length 20; size 2 has odds 3 there, as size 1
  /// has at 10, so it turns at 40.
  @Test func passesThroughThreeCells() throws {
    let model = try #require(
      fit(cells([(1, 10, 750, 1000), (1, 40, 250, 1000), (2, 20, 750, 1000)])))
    #expect(abs(model.sizeSlope - log(3) / log(2)) < 1e-5)
    #expect(abs(try #require(model.exponent) - 1) < 1e-5)
    #expect(abs(try #require(model.capacity(size: 4)) - 80) < 1e-3)
  }

  /// The maximum has no slope: a search that stops early would shift every frontier.
  @Test func gradientVanishes() throws {
    var random = SplitMix64(seed: 3)
    for _ in 0..<100 {
      let cells = (0..<12).map { index in
        let trials = Int.random(in: 1...20, using: &random)
        return CapacityCell(
          size: Double(1 + index / 4), length: Double(5 + 3 * (index % 4)),
          successes: Int.random(in: 0...trials, using: &random), trials: trials)
      }
      let design = LogisticDesign(cells)
      let model = try #require(fit(cells))
      var gradient = SIMD3(0, -1e-4, -1e-4) * model.coefficients
      for (index, cell) in cells.enumerated() {
        let predictors = SIMD3(1, design.lengths[index], design.sizes[index])
        let odds = (predictors * model.coefficients).sum()
        let expected = Double(cell.trials) / (1 + exp(-odds))
        gradient += (Double(cell.successes) - expected) * predictors
      }
      #expect(max(abs(gradient.x), abs(gradient.y), abs(gradient.z)) < 1e-6)
    }
  }

  /// Separated outcomes have no finite maximum without the penalty, and weights that vanish far
  /// from it: wherever the search starts, it must end at the same line.
  @Test(arguments: [
    SIMD3<Double>.zero, SIMD3(300, -900, 500), SIMD3(-300, 900, -500), SIMD3(1e4, 1e4, 1e4),
  ])
  func separatedOutcomesConverge(start: SIMD3<Double>) throws {
    let separated = cells([
      (1, 10, 9, 9), (1, 20, 0, 9), (2, 10, 9, 9), (2, 20, 9, 9), (2, 40, 0, 9), (4, 40, 9, 9),
    ])
    let model = try #require(fit(separated, from: start))
    let reference = try #require(fit(separated))
    #expect(abs(model.lengthSlope / reference.lengthSlope - 1) < 1e-4)
    let capacity = try #require(model.capacity(size: 1))
    #expect(capacity > 10 && capacity < 20)
    #expect(abs(capacity - reference.capacity(size: 1)!) < 1e-3)
  }

  /// Without both outcomes there is nothing between which a frontier could lie.
  @Test(arguments: [0, 5])
  func oneOutcomeHasNoFit(successes: Int) {
    #expect(fit(cells([(1, 10, successes, 5), (1, 20, successes, 5)])) == nil)
    #expect(fit([]) == nil)
  }

  /// A level or rising fit crosses one half nowhere, or the wrong way round.
  @Test(arguments: [(2, 2), (1, 3)])
  func noFrontierUnlessSuccessFalls(first: Int, second: Int) throws {
    let model = try #require(fit(cells([(1, 10, first, 4), (1, 20, second, 4)])))
    #expect(!model.falls)
    #expect(model.capacity(size: 1) == nil)
    #expect(model.exponent == nil)
  }
}
