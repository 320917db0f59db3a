import CLAPACK

/// A symmetric matrix of real numbers, of which one half is stored.
///
/// - SeeAlso: Gustavson, Waśniewski, Dongarra and Langou (2010), Rectangular full packed format for
///   Cholesky's algorithm: as small as a packed triangle, as fast as a full matrix.
public struct SymmetricMatrix: Equatable, Sendable {
  /// Number of rows and columns, at least 1.
  public let order: Int

  /// The numbers on and below the diagonal, in the order of the format: `order (order + 1) / 2`.
  public internal(set) var values: [Double]

  /// A matrix of zeros.
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

  /// The products of all pairs of columns of a matrix, `AᵀA`.
  public init(gramOf matrix: Matrix) {
    self.init(order: matrix.columns)
    add(gramOf: matrix)
  }

  /// How many numbers are stored.
  public static func count(order: Int) -> Int { order * (order + 1) / 2 }

  /// The number in a row and a column, which is that in the column and the row.
  public subscript(row: Int, column: Int) -> Double {
    get { values[index(row, column)] }
    set { values[index(row, column)] = newValue }
  }

  /// Whether all numbers are finite.
  public var isFinite: Bool { values.allSatisfy(\.isFinite) }

  /// Adds the products of all pairs of columns of a matrix, times a factor.
  ///
  /// The corresponding Fortran routine is `DSFRK`.
  ///
  /// - Complexity: O(rows × columns²).
  public mutating func add(gramOf matrix: Matrix, times factor: Double = 1) {
    precondition(matrix.columns == order)
    _ = values.withUnsafeMutableBufferPointer { values in
      locked {
        clapack_dsfrk_add(
          size(order), size(matrix.rows), factor, matrix.values, values.baseAddress!)
        return 0
      }
    }
  }

  /// Where a number is stored.
  ///
  /// The format is a rectangle, column by column. It holds the left half of the lower triangle; the
  /// right half fills, transposed, the corner above it.
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
