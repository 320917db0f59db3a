import Testing

@testable import LinearAlgebra

@Suite struct CholeskyFactorTests {
  /// A = [4 2; 2 5], L = [2 0; 1 2].
  @Test func byHand() throws {
    let factor = try #require(
      CholeskyFactor(
        SymmetricMatrix(lowerHalfOf: Matrix(rows: 2, columns: 2, values: [4, 2, 2, 5]))))
    let right = Matrix(rows: 2, columns: 2, values: [8, 9, 4, 2])
    let solution = factor.solution(forRowsOf: right)
    #expect(
      solution.distance(from: Matrix(rows: 2, columns: 2, values: [1.375, 1.25, 1, 0])) < 1e-15)
    let half = factor.halfSolution(forRowsOf: right)
    #expect(half.distance(from: Matrix(rows: 2, columns: 2, values: [4, 2.5, 2, 0])) < 1e-15)
  }

  @Test(arguments: [1, 7, 64, 130])
  func orthonormalColumns(order: Int) throws {
    let matrix = Matrix.random(3 * order + 1, order, seed: 3)
    let factor = try #require(CholeskyFactor(SymmetricMatrix(gramOf: matrix)))
    let gram = SymmetricMatrix(gramOf: factor.halfSolution(forRowsOf: matrix))
    for row in 0..<order {
      for column in 0..<order { #expect(abs(gram[row, column] - (row == column ? 1 : 0)) < 1e-12) }
    }
  }

  @Test(arguments: [1, 2, 7, 64, 131])
  func solutionsSolve(order: Int) throws {
    let samples = Matrix.random(3 * order + 1, order, seed: 4)
    let factor = try #require(CholeskyFactor(SymmetricMatrix(gramOf: samples)))
    let right = Matrix.random(3, order, seed: 5)
    let product = factor.solution(forRowsOf: right).times(
      transposed: samples.plainTransposedTimes(samples))
    #expect(product.distance(from: right) < 1e-11)
  }

  /// A system without a solution must be refused; its numerical solution would be noise.
  @Test(arguments: [
    [0, 0, 0, 0], [1, 1, 1, 1], [1, 2, 2, 1], [-1, 0, 0, 1], [1, 1, 1, 1 + 1e-15],
    [.nan, 0, 0, 1], [1, .infinity, .infinity, 1],
  ])
  func refused(values: [Double]) {
    let matrix = SymmetricMatrix(lowerHalfOf: Matrix(rows: 2, columns: 2, values: values))
    #expect(CholeskyFactor(matrix) == nil)
  }
}
