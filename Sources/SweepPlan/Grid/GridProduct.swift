/// A product of axes over a base: all that it takes to make the trials of a block.
package struct GridProduct: Equatable {
  /// The values of what the axes do not sweep, in the order of ``Parameter/all``.
  var base: [ParameterValue]

  /// The axes. The last varies fastest.
  var axes: [GridAxis]

  /// How many combinations there are.
  var count: Int { axes.reduce(1) { $0 * $1.count } }

  /// Where a parameter is swept: its axis and its column there.
  func column(of parameter: Int) -> (axis: Int, column: Int)? {
    for (axis, candidate) in axes.enumerated() {
      if let column = candidate.columns.firstIndex(where: { $0.parameter == parameter }) {
        return (axis, column)
      }
    }
    return nil
  }

  /// The values of the combination with these rows, one for each axis.
  func values(at rows: [Int]) -> [ParameterValue] {
    var values = base
    for (axis, row) in zip(axes, rows) {
      for column in axis.columns { values[column.parameter] = column[row] }
    }
    return values
  }
}

extension GridProduct {
  /// Puts the product into a message.
  func write(to writer: inout ByteWriter) {
    writer.write(all: base) { $1.write(to: &$0) }
    writer.write(all: axes) { writer, axis in
      writer.write(axis.count)
      writer.write(all: axis.columns) { writer, column in
        writer.write(column.parameter)
        writer.write(all: column.values) { $1.write(to: &$0) }
        writer.write(all: column.rows ?? []) { $0.write(Int($1)) }
      }
    }
  }

  /// Takes a product out of a message.
  init(from reader: inout ByteReader) {
    base = reader.read(all: ParameterValue.init)
    axes = reader.read { reader in
      let count = reader.read(Int.self)
      let columns = reader.read { reader in
        let parameter = reader.read(Int.self)
        let values = reader.read(all: ParameterValue.init)
        let rows = reader.read { Int32($0.read(Int.self)) }
        return GridAxis.Column(
          parameter: parameter, values: values, rows: rows.isEmpty ? nil : rows)
      }
      return GridAxis(columns: columns, count: count)
    }
  }
}
