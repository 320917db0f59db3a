import CLAPACK

/// The lower triangle L with `A = LLᵀ` of a symmetric positive definite matrix.
public struct CholeskyFactor: Sendable {
  /// A pivot below this fraction of its diagonal element is rounding error.
  public static let smallestPivot = 1e-12

  /// Number of rows and columns.
  public let order: Int

  // Column by column; above the diagonal it holds what the matrix did.
  private var lower: [Double]

  /// Factorises a matrix.
  ///
  /// The corresponding Fortran routine is `DPOTRF`.
  ///
  /// - Returns: Nothing for a matrix that is not finite or, to the precision of the numbers, not
  ///   positive definite.
  /// - Complexity: O(rows³).
  public init?(_ matrix: Matrix) {
    precondition(matrix.rows == matrix.columns)
    guard matrix.isFinite else { return nil }
    let order = matrix.rows
    self.order = order
    lower = matrix.values
    let info = lower.withUnsafeMutableBufferPointer { lower in
      locked { clapack_dpotrf(size(order), lower.baseAddress!, size(order)) }
    }
    precondition(info >= 0)
    guard info == 0 else { return nil }
    for row in 0..<order {
      let pivot = lower[row * order + row]
      guard pivot * pivot > Self.smallestPivot * matrix[row, row] else { return nil }
    }
  }

  /// Solves `A x = b` for every row b of a matrix.
  ///
  /// The corresponding Fortran routine is `DPOTRS`.
  ///
  /// - Returns: One solution per row.
  public func solution(forRowsOf right: Matrix) -> Matrix {
    precondition(right.columns == order)
    var result = right
    let info = result.values.withUnsafeMutableBufferPointer { result in
      locked {
        clapack_dpotrs(
          size(order), size(right.rows), lower, size(order), result.baseAddress!, size(order))
      }
    }
    precondition(info == 0)
    return result
  }

  /// Solves `L x = b` for every row b of a matrix.
  ///
  /// If A is the Gram matrix of the columns of some matrix, this makes these columns orthonormal,
  /// each a combination of itself and the ones before it; any other matrix is combined alike.
  ///
  /// The corresponding Fortran routine is `DTRSM`.
  public func halfSolution(forRowsOf right: Matrix) -> Matrix {
    precondition(right.columns == order)
    var result = right
    _ = result.values.withUnsafeMutableBufferPointer { result in
      locked {
        clapack_dtrsm(
          size(order), size(right.rows), lower, size(order), result.baseAddress!, size(order))
        return 0
      }
    }
    return result
  }
}
