@testable import LinearAlgebra

extension Matrix {
  /// Returns reproducible numbers in [-1/2, 1/2); if unequal, each column has its own scale and mean.
  static func random(_ rows: Int, _ columns: Int, seed: UInt64, unequal: Bool = false) -> Matrix {
    var state = seed
    let values = (0..<rows * columns).map { index in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let uniform = Double(state >> 11) * 0x1p-53 - 0.5
      return unequal ? uniform * Double(1 + index % columns) + Double(index % columns) : uniform
    }
    return Matrix(rows: rows, columns: columns, values: values)
  }

  /// Returns `AᵀB` by its definition.
  func plainTransposedTimes(_ other: Matrix) -> Matrix {
    var result = Matrix(rows: columns, columns: other.columns)
    for row in 0..<columns {
      for column in 0..<other.columns {
        for index in 0..<rows { result[row, column] += self[index, row] * other[index, column] }
      }
    }
    return result
  }

  var transpose: Matrix {
    var result = Matrix(rows: columns, columns: rows)
    for row in 0..<rows {
      for column in 0..<columns { result[column, row] = self[row, column] }
    }
    return result
  }

  var columnMeans: [Double] { columnSums.map { $0 / Double(rows) } }

  func distance(from other: Matrix) -> Double {
    zip(values, other.values).map { abs($0 - $1) }.max()!
  }
}

extension SymmetricMatrix {
  /// Creates a matrix from the lower half of a full one.
  init(lowerHalfOf matrix: Matrix) {
    self.init(order: matrix.rows)
    for row in 0..<order {
      for column in 0...row { self[row, column] = matrix[row, column] }
    }
  }

  /// All rows and columns.
  var full: Matrix {
    Matrix(
      rows: order, columns: order,
      values: (0..<order).flatMap { row in (0..<order).map { self[row, $0] } })
  }
}
