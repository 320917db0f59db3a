import CLAPACK

/// The lower triangle L with `A = LLᵀ` of a symmetric positive definite matrix.
public struct CholeskyFactor: Sendable {
  /// A pivot below this fraction of its diagonal element is rounding error.
  public static let smallestPivot = 1e-12

  /// Its lower half is L.
  private let lower: SymmetricMatrix

  /// Number of rows and columns.
  public var order: Int { lower.order }

  /// Factorises a matrix, in its place where nobody else holds it.
  ///
  /// The corresponding Fortran routine is `DPFTRF`.
  ///
  /// - Returns: Nothing for a matrix that is not finite or, to the precision of the numbers, not
  ///   positive definite.
  /// - Complexity: O(rows³).
  public init?(_ matrix: consuming SymmetricMatrix) {
    guard matrix.isFinite else { return nil }
    let order = matrix.order
    let diagonal = (0..<order).map { matrix[$0, $0] }
    let info = matrix.values.withUnsafeMutableBufferPointer { lower in
      locked { clapack_dpftrf(size(order), lower.baseAddress!) }
    }
    precondition(info >= 0)
    guard info == 0 else { return nil }
    for row in 0..<order {
      let pivot = matrix[row, row]
      guard pivot * pivot > Self.smallestPivot * diagonal[row] else { return nil }
    }
    lower = matrix
  }

  /// Solves `A x = b` for every row b of a matrix, in its place where nobody else holds it.
  ///
  /// The corresponding Fortran routine is `DPFTRS`.
  ///
  /// - Returns: One solution per row.
  public func solution(forRowsOf right: consuming Matrix) -> Matrix {
    precondition(right.columns == order)
    let rows = right.rows
    let info = right.values.withUnsafeMutableBufferPointer { right in
      locked { clapack_dpftrs(size(order), size(rows), lower.values, right.baseAddress!) }
    }
    precondition(info == 0)
    return right
  }

  /// Solves `L x = b` for every row b of a matrix.
  ///
  /// If A is the Gram matrix of the columns of some matrix, this makes these columns orthonormal,
  /// each a combination of itself and the ones before it; any other matrix is combined alike.
  ///
  /// The corresponding Fortran routine is `DTFSM`.
  public func halfSolution(forRowsOf right: consuming Matrix) -> Matrix {
    precondition(right.columns == order)
    let rows = right.rows
    _ = right.values.withUnsafeMutableBufferPointer { right in
      locked {
        clapack_dtfsm(size(order), size(rows), lower.values, right.baseAddress!)
        return 0
      }
    }
    return right
  }
}
