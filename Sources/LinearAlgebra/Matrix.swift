import CLAPACK

/// A matrix of real numbers, stored row by row.
///
/// The library stores matrices column by column: it sees the transpose of a `Matrix`.
public struct Matrix: Equatable, Sendable {
  /// The number of rows, at least 1.
  public let rows: Int

  /// The number of columns, at least 1.
  public let columns: Int

  /// The numbers, shape `[row, column]`.
  public internal(set) var values: [Double]

  /// Creates a matrix from its numbers.
  ///
  /// - Parameters:
  ///   - rows: The number of rows, at least 1.
  ///   - columns: The number of columns, at least 1.
  ///   - values: The numbers, shape `[row, column]`.
  public init(rows: Int, columns: Int, values: [Double]) {
    precondition(rows > 0 && columns > 0 && values.count == rows * columns)
    self.rows = rows
    self.columns = columns
    self.values = values
  }

  /// Creates a matrix of zeros.
  public init(rows: Int, columns: Int) {
    self.init(rows: rows, columns: columns, values: Array(repeating: 0, count: rows * columns))
  }

  /// The number in a row and a column.
  public subscript(row: Int, column: Int) -> Double {
    get { values[row * columns + column] }
    set { values[row * columns + column] = newValue }
  }

  /// Whether all numbers are finite.
  public var isFinite: Bool { values.allSatisfy(\.isFinite) }
}

// MARK: Columns

extension Matrix {
  /// The sum of each column, shape `[column]`.
  public var columnSums: [Double] {
    var sums = [Double](repeating: 0, count: columns)
    for row in 0..<rows {
      for column in 0..<columns { sums[column] += values[row * columns + column] }
    }
    return sums
  }

  /// Returns the matrix with a number subtracted from each column. Works in place if the matrix is not
  /// shared.
  ///
  /// - Parameter means: The numbers, shape `[column]`.
  public consuming func shifted(by means: [Double]) -> Matrix {
    change(columnwise: means) { $0 -= $1 }
    return self
  }

  /// Multiplies each column by a number.
  ///
  /// - Parameter scales: The numbers, shape `[column]`.
  mutating func scaleColumns(by scales: [Double]) {
    change(columnwise: scales) { $0 *= $1 }
  }

  private mutating func change(
    columnwise numbers: [Double], _ operation: (inout Double, Double) -> Void
  ) {
    precondition(numbers.count == columns)
    for row in 0..<rows {
      for column in 0..<columns { operation(&values[row * columns + column], numbers[column]) }
    }
  }
}

// MARK: Products

extension Matrix {
  /// Returns the products of the columns of this matrix A with those of another, `AᵀB`.
  ///
  /// The corresponding Fortran routine is `DGEMM`.
  ///
  /// - Parameter other: B, with as many rows as A.
  /// - Complexity: O(rows of A × columns of A × columns of B).
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
    values.withUnsafeMutableBufferPointer { values in
      locked {
        clapack_dgemm(
          Self.asIs, Self.transposed, size(right.columns), size(left.columns), size(left.rows),
          right.values, size(right.columns), left.values, size(left.columns),
          1, values.baseAddress!, size(right.columns))
      }
    }
  }

  /// Returns the products of the rows of this matrix A with those of another, `ABᵀ`.
  ///
  /// The corresponding Fortran routine is `DGEMM`.
  ///
  /// - Parameter other: B, with as many columns as A.
  /// - Complexity: O(rows of A × rows of B × columns of A).
  public func times(transposed other: Matrix) -> Matrix {
    precondition(columns == other.columns)
    var result = Matrix(rows: rows, columns: other.rows)
    result.values.withUnsafeMutableBufferPointer { result in
      locked {
        clapack_dgemm(
          Self.transposed, Self.asIs, size(other.rows), size(rows), size(columns),
          other.values, size(columns), values, size(columns),
          0, result.baseAddress!, size(other.rows))
      }
    }
    return result
  }

  static let asIs = CChar(UInt8(ascii: "N"))
  static let transposed = CChar(UInt8(ascii: "T"))
}

// MARK: Eigenvalues

extension Matrix {
  /// The greatest absolute value of an eigenvalue of a square matrix; NaN if the matrix is not finite.
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
    // Eigenvalues alone need three numbers per row; more allow blocks.
    var work = [Double](repeating: 0, count: 34 * rows)
    let info = locked {
      clapack_dgeev(size(rows), &matrix, &real, &imaginary, &work, size(work.count))
    }
    precondition(info >= 0)
    guard info == 0 else { return .nan }
    return zip(real, imaginary).map { ($0 * $0 + $1 * $1).squareRoot() }.max() ?? 0
  }
}
