extension Matrix {
  /// The sum of every column of a function of the numbers, row after row.
  private func columnSums(_ term: (_ value: Double, _ column: Int) -> Double) -> [Double] {
    var sums = [Double](repeating: 0, count: columns)
    for row in 0..<rows {
      for column in 0..<columns {
        sums[column] += term(values[row * columns + column], column)
      }
    }
    return sums
  }

  /// The mean of every column.
  public var columnMeans: [Double] {
    columnSums { value, _ in value }.map { $0 / Double(rows) }
  }

  /// The standard deviation of every column from a given mean, over all rows.
  ///
  /// - Parameter means: One per column; ``columnMeans`` unless known otherwise.
  public func columnDeviations(from means: [Double]) -> [Double] {
    precondition(means.count == columns)
    let squares = columnSums { value, column in
      (value - means[column]) * (value - means[column])
    }
    return squares.map { ($0 / Double(rows)).squareRoot() }
  }

  /// The matrix with a number subtracted from every column and the result scaled.
  ///
  /// - Parameters:
  ///   - means: What to subtract, one per column.
  ///   - scales: What to multiply with, one per column; 1 where left out.
  public func shifted(by means: [Double], scaledBy scales: [Double]? = nil) -> Matrix {
    precondition(means.count == columns && (scales.map { $0.count == columns } ?? true))
    var result = self
    for row in 0..<rows {
      for column in 0..<columns {
        let index = row * columns + column
        result.values[index] = (values[index] - means[column]) * (scales?[column] ?? 1)
      }
    }
    return result
  }
}
