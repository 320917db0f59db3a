import CLAPACK

/// A symmetric matrix of real numbers, which stores one half.
///
/// - SeeAlso: Gustavson, Waśniewski, Dongarra and Langou (2010), Rectangular full packed format for
///   Cholesky's algorithm: as small as a packed triangle, as fast as a full matrix.
public struct SymmetricMatrix: Equatable, Sendable {
  /// The number of rows and columns, at least 1.
  public let order: Int

  /// The `order (order + 1) / 2` numbers on and below the diagonal, in the order of the format.
  public internal(set) var values: [Double]

  /// Creates a matrix of zeros.
  public init(order: Int) {
    precondition(order > 0)
    self.order = order
    values = Array(repeating: 0, count: Self.count(order: order))
  }

  /// Creates a matrix from its ``values``.
  public init(order: Int, values: [Double]) {
    precondition(order > 0 && values.count == Self.count(order: order))
    self.order = order
    self.values = values
  }

  /// Creates the Gram matrix of the columns of a matrix, `AᵀA`.
  public init(gramOf matrix: Matrix) {
    self.init(order: matrix.columns)
    add(gramOf: matrix)
  }

  /// Returns the number of stored values.
  public static func count(order: Int) -> Int { order * (order + 1) / 2 }

  /// The number in a row and a column, and in the column and the row.
  public subscript(row: Int, column: Int) -> Double {
    get { values[index(row, column)] }
    set { values[index(row, column)] = newValue }
  }

  /// Whether all numbers are finite.
  public var isFinite: Bool { values.allSatisfy(\.isFinite) }

  /// Adds the Gram matrix of the columns of a matrix times a factor, `factor AᵀA`.
  ///
  /// The corresponding Fortran routine is `DSFRK`.
  ///
  /// - Parameters:
  ///   - matrix: A, with ``order`` columns.
  ///   - factor: The factor.
  /// - Complexity: O(rows × columns²).
  public mutating func add(gramOf matrix: Matrix, times factor: Double = 1) {
    precondition(matrix.columns == order)
    values.withUnsafeMutableBufferPointer { values in
      locked {
        clapack_dsfrk_add(
          size(order), size(matrix.rows), factor, matrix.values, values.baseAddress!)
      }
    }
  }

  /// The index of a number in ``values``.
  ///
  /// The format is a rectangle, stored column by column. It contains the left half of the lower
  /// triangle, and above it the right half, transposed.
  private func index(_ row: Int, _ column: Int) -> Int {
    let (lower, left) = (max(row, column), min(row, column))
    let odd = order % 2
    let half = (order + 1) / 2
    let height = order + 1 - odd
    return left < half
      ? left * height + lower + 1 - odd
      : (lower - half + odd) * height + left - half
  }
}
