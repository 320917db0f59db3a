import Parameters

/// The combinations of the values that a block has for some parameters.
struct BlockCombinations {
  /// The parameters, by index in ``Parameter/all``.
  let parameters: [Int]

  /// The axes that sweep them, ascending.
  private let axes: [Int]

  /// The number of rows of each of the axes.
  private let counts: [Int]

  init(of parameters: [Int], in block: GridBlock) {
    self.parameters = parameters
    axes = Set(parameters.compactMap { block.column(of: $0)?.axis }).sorted()
    counts = axes.map { block.axes[$0].count }
  }

  /// The number of combinations; one if the block sweeps none of the parameters.
  var count: Int { counts.reduce(1, *) }

  /// The index of the combination of the trial with these rows.
  func index(of rows: [Int]) -> Int {
    var index = 0
    for (axis, count) in zip(axes, counts) { index = index * count + rows[axis] }
    return index
  }

  /// The values of the parameters in every combination, in order.
  func values(in block: GridBlock) -> some Sequence<[ParameterValue]> {
    let columns = parameters.map(block.column)
    return (0..<count).lazy.map { index in
      let rows = Odometer(counts, at: index).rows
      return zip(parameters, columns).map { parameter, found in
        guard let (axis, column) = found else { return block.base[parameter] }
        return block.axes[axis].columns[column][rows[axes.firstIndex(of: axis)!]]
      }
    }
  }
}
