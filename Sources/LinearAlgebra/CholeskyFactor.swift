import CLAPACK

/// The lower triangle L with `A = LLᵀ` of a symmetric positive definite matrix.
public struct CholeskyFactor: Sendable {
  /// A pivot below this fraction of its diagonal element is rounding error.
  public static let smallestPivot = 1e-12

  /// L in the lower half.
  private let lower: SymmetricMatrix

  /// The number of rows and columns.
  public var order: Int { lower.order }

  /// Factorises a matrix. Works in place if the matrix is not shared.
  ///
  /// The corresponding Fortran routine is `DPFTRF`.
  ///
  /// - Returns: Nil if the matrix is not finite or, within rounding error, not positive definite.
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

  /// Solves `A x = b` for every row b of a matrix. Works in place if the matrix is not shared.
  ///
  /// The corresponding Fortran routine is `DPFTRS`.
  ///
  /// - Parameter right: The right-hand sides, shape `[row, order]`.
  /// - Returns: The solutions, shape `[row, order]`.
  /// - Complexity: O(rows × order²).
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
  /// If A is the Gram matrix of the columns of the right-hand matrix, the result has orthonormal columns,
  /// each a combination of a column and those before it. Any other matrix is combined in the same way.
  ///
  /// The corresponding Fortran routine is `DTFSM`.
  ///
  /// - Parameter right: The right-hand sides, shape `[row, order]`.
  /// - Returns: The solutions, shape `[row, order]`.
  /// - Complexity: O(rows × order²).
  public func halfSolution(forRowsOf right: consuming Matrix) -> Matrix {
    precondition(right.columns == order)
    let rows = right.rows
    right.values.withUnsafeMutableBufferPointer { right in
      locked { clapack_dtfsm(size(order), size(rows), lower.values, right.baseAddress!) }
    }
    return right
  }
}
