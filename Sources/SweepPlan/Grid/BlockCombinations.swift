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
