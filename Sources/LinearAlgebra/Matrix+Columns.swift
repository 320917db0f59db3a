extension Matrix {
  /// The sum of every column.
  public var columnSums: [Double] {
    var sums = [Double](repeating: 0, count: columns)
    for row in 0..<rows {
      for column in 0..<columns { sums[column] += values[row * columns + column] }
    }
    return sums
  }

  /// The matrix with a number subtracted from every column; in its place where nobody else holds it.
  ///
  /// - Parameter means: One per column.
  public consuming func shifted(by means: [Double]) -> Matrix {
    change(columnwise: means) { $0 -= $1 }
    return self
  }

  /// Multiplies every column with a number.
  ///
  /// - Parameter scales: One per column.
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
