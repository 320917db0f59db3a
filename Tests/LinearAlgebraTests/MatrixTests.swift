import Testing

@testable import LinearAlgebra

/// The library stores matrices column by column: a mistaken transposition gives wrong scores.
@Suite struct MatrixTests {
  private static let shapes = [(1, 1, 1), (2, 3, 1), (3, 2, 5), (17, 1, 4), (65, 33, 7)]

  @Test(arguments: shapes)
  func productsAsDefined(rows: Int, columns: Int, others: Int) {
    let a = Matrix.random(rows, columns, seed: 1)
    let b = Matrix.random(rows, others, seed: 2)
    #expect(a.transposedTimes(b).distance(from: a.plainTransposedTimes(b)) < 1e-13)
    var sum = Matrix.random(columns, others, seed: 3)
    let before = sum.values
    sum.add(transposed: a, times: b)
    let added = Matrix(
      rows: columns, columns: others, values: zip(sum.values, before).map { $0 - $1 })
    #expect(added.distance(from: a.plainTransposedTimes(b)) < 1e-13)
    let product = a.transpose.times(transposed: b.transpose)
    #expect(product.distance(from: a.plainTransposedTimes(b)) < 1e-13)
  }

  @Test func columnsByHand() {
    let matrix = Matrix(rows: 2, columns: 2, values: [1, 10, 3, 10])
    #expect(matrix.columnSums == [4, 20])
    #expect(matrix.columnMeans == [2, 10])
    #expect(matrix.shifted(by: [2, 10]).values == [-1, 0, 1, 0])
    var scaled = matrix
    scaled.scaleColumns(by: [2, 1])
    #expect(scaled.values == [2, 10, 6, 10])
  }

  @Test func libraryNamesItself() {
    if let description = LAPACKLibrary.description {
      #expect(description.hasPrefix("OpenBLAS"))
      print("linear algebra by", description)
    }
  }
}
