/// A matrix of real numbers, stored row by row.
public struct Matrix: Equatable, Sendable {
  /// Number of rows, at least 1.
  public let rows: Int

  /// Number of columns, at least 1.
  public let columns: Int

  /// The numbers, shape `[row, column]`.
  public internal(set) var values: [Double]

  /// Creates a matrix from its numbers.
  ///
  /// - Parameter values: Shape `[row, column]`.
  public init(rows: Int, columns: Int, values: [Double]) {
    precondition(rows > 0 && columns > 0 && values.count == rows * columns)
    self.rows = rows
    self.columns = columns
    self.values = values
  }

  /// A matrix of zeros.
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
