import Parameters

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

/// The combinations of those axes of a block that some parameters are swept by.
package struct BlockCombinations {
  /// The parameters, by place in ``Parameter/all``.
  package let parameters: [Int]

  /// The axes, ascending.
  private let axes: [Int]

  /// How many rows each of the axes has.
  private let counts: [Int]

  package init(of parameters: [Int], in block: GridProduct) {
    self.parameters = parameters
    axes = Set(parameters.compactMap { block.column(of: $0)?.axis }).sorted()
    counts = axes.map { block.axes[$0].count }
  }

  /// How many there are; one where the block sweeps none of the parameters.
  package var count: Int { counts.reduce(1, *) }

  /// The number of the combination that a trial's rows belong to.
  package func index(of rows: [Int]) -> Int {
    zip(axes, counts).reduce(0) { $0 * $1.1 + rows[$1.0] }
  }

  /// The values of the parameters in every combination, in the order of their numbers.
  package func values(in block: GridProduct) -> some Sequence<[ParameterValue]> {
    let places = parameters.map(block.column)
    return (0..<count).lazy.map { index in
      let rows = Odometer(counts, at: index).rows
      return zip(parameters, places).map { parameter, place in
        guard let (axis, column) = place else { return block.base[parameter] }
        return block.axes[axis].columns[column][rows[axes.firstIndex(of: axis)!]]
      }
    }
  }
}

/// Counts through the combinations of some axes, the last axis fastest.
struct Odometer {
  /// How many rows each axis has; none has zero.
  let counts: [Int]

  /// The rows of the present combination.
  private(set) var rows: [Int]

  /// Starts at the first combination.
  init(_ counts: [Int]) {
    self.counts = counts
    rows = Array(repeating: 0, count: counts.count)
  }

  /// Starts at the combination with this number.
  init(_ counts: [Int], at index: Int) {
    self.init(counts)
    var rest = index
    for axis in counts.indices.reversed() {
      rows[axis] = rest % counts[axis]
      rest /= counts[axis]
    }
  }

  /// Goes on to the next combination; after the last one comes the first.
  mutating func advance() {
    for axis in counts.indices.reversed() {
      rows[axis] += 1
      if rows[axis] < counts[axis] { return }
      rows[axis] = 0
    }
  }
}
