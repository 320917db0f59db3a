import Testing

@testable import Baselines

@Suite struct VectorProductsTests {
  private static func numbers(_ count: Int, _ shift: Int) -> [Double] {
    (0..<count).map { Double(($0 * 37 + shift) % 101 - 50) / 16 }
  }

  /// All numbers are multiples of powers of two, so every sum is exact in any order.
  ///
  /// If this fails, networks of some sizes lose connections at the ends of their rows.
  @Test(arguments: [1, 3, 4, 7, 8, 9, 16, 21, 64], [1, 2, 5, 8, 13, 24])
  func productsAreExact(rows: Int, columns: Int) {
    let matrix = Self.numbers(rows * columns, 5)
    let left = Self.numbers(rows, 11)
    let right = Self.numbers(columns, 3)
    var forward = right
    left.addProduct(with: matrix, to: &forward)
    var backward = left
    right.addProduct(withTransposed: matrix, to: &backward)
    var outer = matrix
    outer.addOuterProduct(left, right, factor: 0.5)
    for column in 0..<columns {
      let sum = (0..<rows).reduce(right[column]) { $0 + left[$1] * matrix[$1 * columns + column] }
      #expect(forward[column] == sum)
    }
    for row in 0..<rows {
      let sum = (0..<columns).reduce(left[row]) { $0 + right[$1] * matrix[row * columns + $1] }
      #expect(backward[row] == sum)
      for column in 0..<columns {
        let place = row * columns + column
        #expect(outer[place] == matrix[place] + 0.5 * left[row] * right[column])
      }
    }
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func findsWhatIsNotFinite(value: Double) {
    #expect([1, 2, 3].isFinite && [Double]().isFinite)
    #expect(![1, value, 3].isFinite)
  }
}
