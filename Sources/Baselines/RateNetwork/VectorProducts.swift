// Products of vectors of a few hundred numbers with matrices. A library call would take longer, and
// only one thread at a time can call the library.

extension [Double] {
  /// `target[j] += sum over i of self[i] * matrix[i, j]`, for the first `count` rows of a matrix.
  ///
  /// - Parameter matrix: At least `count` rows of `target.count` numbers.
  func addProduct(with matrix: [Double], to target: inout [Double]) {
    let columns = target.count
    precondition(matrix.count >= count * columns)
    target.withUnsafeMutableBufferPointer { target in
      matrix.withUnsafeBufferPointer { matrix in
        withUnsafeBufferPointer { vector in
          Vectors.addProduct(
            vector.baseAddress!, count, matrix.baseAddress!, columns, to: target.baseAddress!)
        }
      }
    }
  }

  /// `target[i] += sum over j of matrix[i, j] * self[j]`.
  ///
  /// - Parameter matrix: At least `target.count` rows of `count` numbers.
  func addProduct(withTransposed matrix: [Double], to target: inout [Double]) {
    let rows = target.count
    precondition(matrix.count >= rows * count)
    target.withUnsafeMutableBufferPointer { target in
      matrix.withUnsafeBufferPointer { matrix in
        withUnsafeBufferPointer { vector in
          for row in 0..<rows {
            target[row] += Vectors.dot(
              matrix.baseAddress! + row * vector.count, vector.baseAddress!, vector.count)
          }
        }
      }
    }
  }

  /// Adds an outer product: `self[i, j] += factor * left[i] * right[j]`.
  mutating func addOuterProduct(_ left: [Double], _ right: [Double], factor: Double) {
    let columns = right.count
    precondition(count >= left.count * columns)
    withUnsafeMutableBufferPointer { matrix in
      right.withUnsafeBufferPointer { right in
        for row in left.indices {
          Vectors.add(
            right.baseAddress!, times: factor * left[row], columns,
            to: matrix.baseAddress! + row * columns)
        }
      }
    }
  }

  /// Whether all numbers are finite.
  var isFinite: Bool {
    // Zero times a number that is not finite is NaN.
    reduce(0) { $0 + $1 * 0 } == 0
  }
}

/// The inner loops, over raw memory.
enum Vectors {
  private typealias Lanes = SIMD8<Double>

  @inline(__always)
  private static func load(_ pointer: UnsafePointer<Double>, _ index: Int) -> Lanes {
    UnsafeRawPointer(pointer + index).loadUnaligned(as: Lanes.self)
  }

  /// `y[j] += sum over i < rows of x[i] a[i, j]`, four rows at a time.
  static func addProduct(
    _ x: UnsafePointer<Double>, _ rows: Int, _ a: UnsafePointer<Double>, _ columns: Int,
    to y: UnsafeMutablePointer<Double>
  ) {
    var row = 0
    while row + 4 <= rows {
      let first = a + row * columns
      let (second, third, fourth) = (first + columns, first + 2 * columns, first + 3 * columns)
      let (x0, x1, x2, x3) = (x[row], x[row + 1], x[row + 2], x[row + 3])
      var column = 0
      while column + 8 <= columns {
        var sum = load(UnsafePointer(y), column)
        sum.addProduct(Lanes(repeating: x0), load(first, column))
        sum.addProduct(Lanes(repeating: x1), load(second, column))
        sum.addProduct(Lanes(repeating: x2), load(third, column))
        sum.addProduct(Lanes(repeating: x3), load(fourth, column))
        UnsafeMutableRawPointer(y + column).storeBytes(of: sum, as: Lanes.self)
        column += 8
      }
      while column < columns {
        var sum = y[column]
        sum.addProduct(x0, first[column])
        sum.addProduct(x1, second[column])
        sum.addProduct(x2, third[column])
        sum.addProduct(x3, fourth[column])
        y[column] = sum
        column += 1
      }
      row += 4
    }
    while row < rows {
      add(a + row * columns, times: x[row], columns, to: y)
      row += 1
    }
  }

  /// `y += factor x`.
  static func add(
    _ x: UnsafePointer<Double>, times factor: Double, _ count: Int,
    to y: UnsafeMutablePointer<Double>
  ) {
    var index = 0
    while index + 8 <= count {
      var sum = load(UnsafePointer(y), index)
      sum.addProduct(Lanes(repeating: factor), load(x, index))
      UnsafeMutableRawPointer(y + index).storeBytes(of: sum, as: Lanes.self)
      index += 8
    }
    while index < count {
      y[index].addProduct(factor, x[index])
      index += 1
    }
  }

  /// `y <- decay y + factor x`.
  static func decay(
    _ y: UnsafeMutablePointer<Double>, by decay: Double, adding x: UnsafePointer<Double>,
    times factor: Double, _ count: Int
  ) {
    var index = 0
    while index + 8 <= count {
      var sum = load(UnsafePointer(y), index) * Lanes(repeating: decay)
      sum.addProduct(Lanes(repeating: factor), load(x, index))
      UnsafeMutableRawPointer(y + index).storeBytes(of: sum, as: Lanes.self)
      index += 8
    }
    while index < count {
      y[index] = (y[index] * decay).addingProduct(factor, x[index])
      index += 1
    }
  }

  /// The inner product of two vectors.
  static func dot(
    _ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, _ count: Int
  ) -> Double {
    var sums = Lanes()
    var index = 0
    while index + 8 <= count {
      sums.addProduct(load(x, index), load(y, index))
      index += 8
    }
    var sum = sums.sum()
    while index < count {
      sum.addProduct(x[index], y[index])
      index += 1
    }
    return sum
  }
}
