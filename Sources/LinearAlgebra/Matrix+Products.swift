import CLAPACK

// The library stores matrices column by column: what it sees of a `Matrix` is the transposed one.

extension Matrix {
  /// The products of all pairs of columns, `AᵀA`: symmetric, shape `[column, column]`.
  ///
  /// The corresponding Fortran routine is `DSYRK`.
  ///
  /// - Complexity: O(rows × columns²).
  public var gram: Matrix {
    var result = Matrix(rows: columns, columns: columns)
    _ = result.values.withUnsafeMutableBufferPointer { result in
      locked {
        clapack_dsyrk(
          size(columns), size(rows), values, size(columns), result.baseAddress!, size(columns))
        return 0
      }
    }
    for row in 0..<columns {
      for column in 0..<row { result[row, column] = result[column, row] }
    }
    return result
  }

  /// The products of the columns of one matrix with those of another, `AᵀB`.
  ///
  /// The corresponding Fortran routine is `DGEMM`.
  public func transposedTimes(_ other: Matrix) -> Matrix {
    precondition(rows == other.rows)
    var result = Matrix(rows: columns, columns: other.columns)
    _ = result.values.withUnsafeMutableBufferPointer { result in
      locked {
        clapack_dgemm(
          Self.asIs, Self.transposed, size(other.columns), size(columns), size(rows),
          other.values, size(other.columns), values, size(columns),
          result.baseAddress!, size(other.columns))
        return 0
      }
    }
    return result
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
          result.baseAddress!, size(other.rows))
        return 0
      }
    }
    return result
  }

  private static let asIs = CChar(UInt8(ascii: "N"))
  private static let transposed = CChar(UInt8(ascii: "T"))
}
