import CLAPACK

extension Matrix {
  /// The largest absolute value of an eigenvalue of a square matrix; not a number where the matrix
  /// is not finite.
  ///
  /// The corresponding Fortran routine is `DGEEV`.
  ///
  /// - Complexity: O(rows³).
  public var spectralRadius: Double {
    precondition(rows == columns)
    guard isFinite else { return .nan }
    var matrix = values
    var real = [Double](repeating: 0, count: rows)
    var imaginary = real
    // Three numbers per row will do for eigenvalues alone; more allow blocks.
    var work = [Double](repeating: 0, count: 34 * rows)
    let info = locked {
      clapack_dgeev(size(rows), &matrix, &real, &imaginary, &work, size(work.count))
    }
    precondition(info >= 0)
    guard info == 0 else { return .nan }
    return zip(real, imaginary).map { ($0 * $0 + $1 * $1).squareRoot() }.max() ?? 0
  }
}
