import CLAPACK

// The library stores matrices column by column: what it sees of a `Matrix` is the transposed one.

extension Matrix {
  /// The products of the columns of one matrix with those of another, `AᵀB`.
  public func transposedTimes(_ other: Matrix) -> Matrix {
    var result = Matrix(rows: columns, columns: other.columns)
    result.add(transposed: self, times: other)
    return result
  }

  /// Adds the products of the columns of one matrix with those of another, `AᵀB`.
  ///
  /// The corresponding Fortran routine is `DGEMM`.
  ///
  /// - Complexity: O(rows of A × columns of A × columns of B).
  public mutating func add(transposed left: Matrix, times right: Matrix) {
    precondition(left.rows == right.rows && rows == left.columns && columns == right.columns)
    _ = values.withUnsafeMutableBufferPointer { values in
      locked {
        clapack_dgemm(
          Self.asIs, Self.transposed, size(right.columns), size(left.columns), size(left.rows),
          right.values, size(right.columns), left.values, size(left.columns),
          1, values.baseAddress!, size(right.columns))
        return 0
      }
    }
  }

  /// The products of the rows of one matrix with those of another, `ABᵀ`.
  ///
  /// The corresponding Fortran routine is `DGEMM`.
  public func times(transposed other: Matrix) -> Matrix {
    precondition(columns == other.columns)
    var result = Matrix(rows: rows, columns: other.rows)
    _ = result.values.withUnsafeMutableBufferPointer { result in
      locked {
        clapack_dgemm(
          Self.transposed, Self.asIs, size(other.rows), size(rows), size(columns),
          other.values, size(columns), values, size(columns),
          0, result.baseAddress!, size(other.rows))
        return 0
      }
    }
    return result
  }

  private static let asIs = CChar(UInt8(ascii: "N"))
  private static let transposed = CChar(UInt8(ascii: "T"))
}
