import LinearAlgebra
import NeuralCore
import Testing

@testable import Baselines

@Suite struct RecursiveLeastSquaresTests {
  /// If this fails, FORCE learns something else than least squares.
  @Test("After every sample the weights are those of ridge regression", arguments: [0.01, 1, 30])
  func isRidgeRegression(alpha: Double) throws {
    let (features, targets, samples) = (9, 3, 60)
    var random = RandomStream(seed: 4, purpose: .recurrentWeights)
    var squares = RecursiveLeastSquares(features: features, alpha: alpha)
    var weights = [Double](repeating: 0, count: features * targets)
    var rates: [Double] = []
    var goals: [Double] = []
    for sample in 1...samples {
      let rate = (0..<features - 1).map { _ in random.normal() } + [1]
      let goal = (0..<targets).map { rate[$0] * Double($0 + 1) - 0.5 + 0.3 * random.normal() }
      rates += rate
      goals += goal
      var output = [Double](repeating: 0, count: targets)
      rate.addProduct(with: weights, to: &output)
      squares.update(&weights, rates: rate, errors: zip(output, goal).map { $0 - $1 })
      guard [1, 2, 8, 9, 10, samples].contains(sample) else { continue }

      let all = Matrix(rows: sample, columns: features, values: rates)
      var gram = SymmetricMatrix(gramOf: all)
      for feature in 0..<features { gram[feature, feature] += alpha }
      let batch = try #require(CholeskyFactor(gram)).solution(
        forRowsOf: Matrix(rows: sample, columns: targets, values: goals).transposedTimes(all))
      for feature in 0..<features {
        for target in 0..<targets {
          #expect(abs(weights[feature * targets + target] - batch[target, feature]) < 1e-9)
        }
      }
    }
  }
}
