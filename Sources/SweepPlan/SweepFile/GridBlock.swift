import Parameters

/// One block of the grid: a product of axes over a base, without the excluded combinations.
struct GridBlock {
  /// The values of the parameters that the block does not sweep, in the order of ``Parameter/all``.
  /// For swept parameters, the first values.
  var base: [ParameterValue]

  /// The axes, in the order of their first keys in ``Parameter/all``. The last varies fastest.
  var axes: [GridAxis]

  var exclusions: [Exclusion] = []

  /// The position of the block.
  let position: SweepFileError.Place

  /// The positions of the keys that are not at their defaults, by index in ``Parameter/all``.
  let keyPositions: [Int: SweepFileError.Place]

  /// Combinations that satisfy every part.
  struct Exclusion {
    var parts: [Part]

    /// One key with the indices of the excluded values among its distinct ones.
    struct Part {
      var axis: Int
      var column: Int
      var values: Set<Int>
    }
  }

  /// The number of combinations, before exclusions.
  var count: Int { axes.reduce(1) { $0 * $1.count } }

  /// The axis that sweeps a parameter, and the column in it; nil if none does.
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

  /// The position of the first of some parameters that has one, or else of the block.
  func position(of parameters: [Int]) -> SweepFileError.Place {
    parameters.compactMap { keyPositions[$0] }.first ?? position
  }

  /// Whether the combination with these rows is excluded.
  func excludes(_ rows: [Int]) -> Bool {
    exclusions.contains { exclusion in
      exclusion.parts.allSatisfy {
        axes[$0.axis].columns[$0.column].isAny(of: $0.values, rows[$0.axis])
      }
    }
  }

  /// Whether an exclusion matches some combination.
  func matches(_ exclusion: Exclusion) -> Bool {
    axes.indices.allSatisfy { axis in
      let parts = exclusion.parts.filter { $0.axis == axis }
      return (0..<axes[axis].count).contains { row in
        parts.allSatisfy { axes[axis].columns[$0.column].isAny(of: $0.values, row) }
      }
    }
  }
}

/// Iterates over the combinations of some axes; the last axis varies fastest.
struct Odometer {
  /// The number of rows of each axis, none zero.
  let counts: [Int]

  /// The rows of the current combination.
  private(set) var rows: [Int]

  /// Starts at the combination with an index.
  init(_ counts: [Int], at index: Int = 0) {
    self.counts = counts
    rows = Array(repeating: 0, count: counts.count)
    var rest = index
    for axis in counts.indices.reversed() {
      rows[axis] = rest % counts[axis]
      rest /= counts[axis]
    }
  }

  /// Advances to the next combination; the first follows the last.
  mutating func advance() {
    for axis in counts.indices.reversed() {
      rows[axis] += 1
      if rows[axis] < counts[axis] { return }
      rows[axis] = 0
    }
  }
}
