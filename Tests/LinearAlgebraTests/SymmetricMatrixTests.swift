import Testing

@testable import LinearAlgebra

/// The library defines the format. If these fail, numbers are read from wrong places and scores are wrong.
@Suite struct SymmetricMatrixTests {
  @Test(arguments: [1, 2, 3, 4, 5, 6, 33, 64])
  func gramAsDefined(order: Int) {
    let matrix = Matrix.random(2 * order + 1, order, seed: 1)
    let gram = SymmetricMatrix(gramOf: matrix)
    #expect(gram.full.distance(from: matrix.plainTransposedTimes(matrix)) < 1e-13)
    #expect(gram.full == gram.full.transpose)
  }

  @Test(arguments: [1, 2, 3, 6, 7])
  func everyNumberHasOnePlace(order: Int) {
    var matrix = SymmetricMatrix(order: order)
    for row in 0..<order {
      for column in 0...row { matrix[column, row] = Double(1 + 10 * row + column) }
    }
    #expect(Set(matrix.values).count == order * (order + 1) / 2)
    #expect(!matrix.values.contains(0))
    #expect(matrix[order - 1, 0] == Double(1 + 10 * (order - 1)))
  }

  @Test func sumOfProducts() {
    let (a, b) = (Matrix.random(4, 5, seed: 2), Matrix.random(3, 5, seed: 3))
    var sum = SymmetricMatrix(gramOf: a)
    sum.add(gramOf: b, times: -2)
    let (first, second) = (a.plainTransposedTimes(a), b.plainTransposedTimes(b))
    let expected = Matrix(
      rows: 5, columns: 5, values: zip(first.values, second.values).map { $0 - 2 * $1 })
    #expect(sum.full.distance(from: expected) < 1e-14)
  }
}
