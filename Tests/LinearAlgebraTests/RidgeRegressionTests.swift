import Testing

@testable import LinearAlgebra

extension RidgeRegression {
  /// Fits to samples that are all in memory.
  fileprivate init?(features: Matrix, targets: Matrix, penalty: Double) {
    var sums = RegressionSums(
      featureOrigins: features.columnMeans, targetOrigins: targets.columnMeans)
    sums.add(features: features, targets: targets)
    self.init(sums, penalty: penalty)
  }
}

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

  /// At the optimum, the products of features and residuals equal the penalty times the weights.
  @Test(arguments: [(10, 3), (200, 63), (20, 40)])
  func normalEquations(samples: Int, features: Int) throws {
    let penalty = 1e-3
    let x = Matrix.random(samples, features, seed: 4, unequal: true)
    let y = Matrix.random(samples, 5, seed: 5)
    let fit = try #require(RidgeRegression(features: x, targets: y, penalty: penalty))
    let predicted = fit.predictions(for: x)
    let residual = Matrix(
      rows: samples, columns: 5, values: zip(y.values, predicted.values).map { $0 - $1 })
    let centred = x.shifted(by: x.columnMeans)
    let squares = SymmetricMatrix(gramOf: centred)
    var standardised = centred
    standardised.scaleColumns(
      by: (0..<features).map { (Double(samples) / squares[$0, $0]).squareRoot() })
    let gradient = residual.plainTransposedTimes(standardised)
    for index in gradient.values.indices {
      let balance = gradient.values[index] - penalty * Double(samples) * fit.weights.values[index]
      #expect(abs(balance) < 1e-10)
    }
    #expect(residual.columnMeans.allSatisfy { abs($0) < 1e-12 })
  }

  /// Sums over parts, from another origin, give the same fit.
  @Test func samplesMayComeInParts() throws {
    let x = Matrix.random(60, 7, seed: 13, unequal: true)
    let y = Matrix.random(60, 3, seed: 14)
    let whole = try #require(RidgeRegression(features: x, targets: y, penalty: 1e-3))
    var sums = RegressionSums(
      featureOrigins: Array(x.values.prefix(7)), targetOrigins: [0.5, -2, 1])
    for part in [0..<1, 1..<40, 40..<60] {
      func rows(_ matrix: Matrix) -> Matrix {
        Matrix(
          rows: part.count, columns: matrix.columns,
          values: Array(
            matrix.values[
              part.lowerBound * matrix.columns..<part.upperBound * matrix.columns]))
      }
      sums.add(features: rows(x), targets: rows(y))
    }
    let parts = try #require(RidgeRegression(sums, penalty: 1e-3))
    #expect(parts.weights.distance(from: whole.weights) < 1e-12)
    #expect(parts.predictions(for: x).distance(from: whole.predictions(for: x)) < 1e-12)
    #expect(
      RidgeRegression(RegressionSums(featureOrigins: [0], targetOrigins: [0]), penalty: 1) == nil)
  }

  /// A regression without standardisation, with a penalty in squared units of the features.
  @Test func withoutStandardisation() throws {
    let x = Matrix.random(80, 6, seed: 15, unequal: true)
    let y = Matrix.random(80, 2, seed: 16)
    var sums = RegressionSums(
      featureOrigins: Array(repeating: 0, count: 6), targetOrigins: [0, 0])
    sums.add(features: x, targets: y)
    let saved = sums.numbers
    let (weights, intercepts) = try #require(sums.weights(penalty: 0.01))
    let predicted = x.times(transposed: weights).shifted(by: intercepts.map { -$0 })
    let residual = Matrix(
      rows: 80, columns: 2, values: zip(y.values, predicted.values).map { $0 - $1 })
    let gradient = residual.plainTransposedTimes(x.shifted(by: x.columnMeans))
    for index in gradient.values.indices {
      #expect(abs(gradient.values[index] - 0.01 * 80 * weights.values[index]) < 1e-10)
    }
    #expect(residual.columnMeans.allSatisfy { abs($0) < 1e-12 })
    // From a checkpoint.
    var again = RegressionSums(
      featureOrigins: Array(repeating: 0, count: 6), targetOrigins: [0, 0])
    again.numbers = saved
    #expect(try #require(again.weights(penalty: 0.01)).weights == weights)
  }

  @Test func exactDependenceIsFound() throws {
    let x = Matrix.random(50, 4, seed: 6, unequal: true)
    let y = Matrix(
      rows: 50, columns: 1, values: (0..<50).map { 3 + 2 * x[$0, 0] - x[$0, 2] / 2 })
    let fit = try #require(RidgeRegression(features: x, targets: y, penalty: 0))
    #expect(fit.predictions(for: x).distance(from: y) < 1e-12)
  }

  /// A silent neuron must not make a score NaN, even if its rate varies by rounding error.
  @Test(arguments: [0.0, 1e-3])
  func constantFeaturesHaveNoWeight(penalty: Double) throws {
    var x = Matrix.random(30, 3, seed: 7)
    for row in 0..<30 { x[row, 1] = row % 2 == 0 ? 0.1 : 0.1.nextUp }
    let y = Matrix.random(30, 2, seed: 8)
    let fit = try #require(RidgeRegression(features: x, targets: y, penalty: penalty))
    #expect(fit.weights[0, 1] == 0 && fit.weights[1, 1] == 0)
    #expect(fit.predictions(for: x).isFinite)
  }

  @Test func refusesProblemsWithoutSolution() {
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

  /// Results that depended on other threads would not be reproducible.
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
