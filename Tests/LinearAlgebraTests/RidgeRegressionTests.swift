import Testing

@testable import LinearAlgebra

@Suite struct RidgeRegressionTests {
  /// One feature, -1 and 1 after standardisation: the weight is (Σxy/n) / (1 + penalty).
  @Test(arguments: [(0.0, 5.0), (1, 2.5), (0.25, 4)])
  func byHand(penalty: Double, weight: Double) throws {
    let fit = try #require(
      RidgeRegression(
        features: Matrix(rows: 2, columns: 1, values: [10, 30]),
        targets: Matrix(rows: 2, columns: 2, values: [1, 2, 11, 2]), penalty: penalty))
    #expect(abs(fit.weights[0, 0] - weight) < 1e-14)
    #expect(fit.weights[1, 0] == 0)
    #expect(fit.intercepts == [6, 2])
    let predicted = fit.predictions(for: Matrix(rows: 1, columns: 1, values: [40]))
    #expect(abs(predicted[0, 0] - (6 + 2 * weight)) < 1e-13)
    #expect(predicted[0, 1] == 2)
  }

  /// At the optimum, features and residuals are balanced by the penalty alone.
  @Test(arguments: [(10, 3), (200, 63), (20, 40)])
  func normalEquations(samples: Int, features: Int) throws {
    let penalty = 1e-3
    let x = Matrix.random(samples, features, seed: 4, unequal: true)
    let y = Matrix.random(samples, 5, seed: 5)
    let fit = try #require(RidgeRegression(features: x, targets: y, penalty: penalty))
    let predicted = fit.predictions(for: x)
    let residual = Matrix(
      rows: samples, columns: 5, values: zip(y.values, predicted.values).map { $0 - $1 })
    let means = x.columnMeans
    let standardised = x.shifted(
      by: means, scaledBy: x.columnDeviations(from: means).map { 1 / $0 })
    let gradient = residual.plainTransposedTimes(standardised)
    for index in gradient.values.indices {
      let balance = gradient.values[index] - penalty * Double(samples) * fit.weights.values[index]
      #expect(abs(balance) < 1e-10)
    }
    #expect(residual.columnMeans.allSatisfy { abs($0) < 1e-12 })
  }

  @Test func exactDependenceIsFound() throws {
    let x = Matrix.random(50, 4, seed: 6, unequal: true)
    let y = Matrix(
      rows: 50, columns: 1, values: (0..<50).map { 3 + 2 * x[$0, 0] - x[$0, 2] / 2 })
    let fit = try #require(RidgeRegression(features: x, targets: y, penalty: 0))
    #expect(fit.predictions(for: x).distance(from: y) < 1e-12)
  }

  /// A silent neuron must not turn a score into NaN; nor does one that rounding moves.
  @Test(arguments: [0.0, 1e-3])
  func constantFeaturesSayNothing(penalty: Double) throws {
    var x = Matrix.random(30, 3, seed: 7)
    for row in 0..<30 { x[row, 1] = row % 2 == 0 ? 0.1 : 0.1.nextUp }
    let y = Matrix.random(30, 2, seed: 8)
    let fit = try #require(RidgeRegression(features: x, targets: y, penalty: penalty))
    #expect(fit.weights[0, 1] == 0 && fit.weights[1, 1] == 0)
    #expect(fit.predictions(for: x).isFinite)
  }

  @Test func refusesWhatHasNoAnswer() {
    let x = Matrix.random(10, 2, seed: 9)
    var twice = x
    for row in 0..<10 { twice[row, 1] = twice[row, 0] }
    let y = Matrix.random(10, 1, seed: 10)
    #expect(RidgeRegression(features: twice, targets: y, penalty: 0) == nil)
    #expect(RidgeRegression(features: twice, targets: y, penalty: 1e-6) != nil)
    var infinite = x
    infinite[3, 1] = .infinity
    #expect(RidgeRegression(features: infinite, targets: y, penalty: 1) == nil)
    var huge = x
    huge[3, 1] = 1e300
    #expect(RidgeRegression(features: huge, targets: y, penalty: 1) == nil)
  }

  /// Results that depended on what other threads do would not be reproducible.
  @Test func threadsDoNotDisturbEachOther() async throws {
    @Sendable func weights(_ size: Int) -> [Double]? {
      RidgeRegression(
        features: .random(4 * size, size, seed: 11), targets: .random(4 * size, 20, seed: 12),
        penalty: 1e-6)?.weights.values
    }
    let sizes = [5, 63, 150, 201]
    let alone = try sizes.map { try #require(weights($0)) }
    await withTaskGroup(of: (Int, [Double]?).self) { group in
      for repetition in 0..<40 {
        let index = repetition % sizes.count
        group.addTask { (index, weights(sizes[index])) }
      }
      for await (index, together) in group { #expect(together == alone[index]) }
    }
  }
}
