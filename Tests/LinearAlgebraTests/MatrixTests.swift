import Foundation
import Testing

@testable import LinearAlgebra

/// If these fail, for example through a wrong transposition, scores are wrong.
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

  /// The eigenvalues of the first matrix are ±2i.
  @Test(
    arguments: [([0, 2, -2, 0], 2.0), ([1, 5, 0, -3], 3), ([0, 0, 0, 0], 0)] as [([Double], Double)]
  )
  func spectralRadiusByHand(values: [Double], radius: Double) {
    let matrix = Matrix(rows: 2, columns: 2, values: values)
    #expect(abs(matrix.spectralRadius - radius) < 1e-14)
  }

  @Test(arguments: [Double.nan, .infinity])
  func spectralRadiusOfANonfiniteMatrix(value: Double) {
    #expect(Matrix(rows: 2, columns: 2, values: [1, value, 0, 1]).spectralRadius.isNaN)
  }

  /// If this fails, the provenance of results does not say which kernels added their numbers.
  @Test func provenanceNamesTheLibrary() {
    let library = ProcessInfo.processInfo.environment["ELISE_LAPACK"] ?? "openblas"
    let description = LAPACKLibrary.description
    if library.contains("openblas") {
      #expect(description.contains(/^OpenBLAS [0-9.]+ .*[A-Za-z]/), "\(description)")
    } else {
      #expect(description == library && LAPACKLibrary.variant == library)
    }
  }

  /// If this fails, results depend on the processor, or on a variable that is meant for other programs.
  @Test(
    "OpenBLAS uses one set of kernels on all processors",
    .enabled(if: LAPACKLibrary.description.contains("DYNAMIC_ARCH")))
  func kernelsAreThoseOfHaswell() {
    #if arch(x86_64)
      #expect(LAPACKLibrary.variant == nil, "\(LAPACKLibrary.description)")
    #else
      #expect(LAPACKLibrary.variant?.hasPrefix("openblas for ") == true)
    #endif
  }
}
