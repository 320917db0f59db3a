import Parameters

extension Plan {
  /// The indices of the trials, sorted by parameters in the order of ``Parameter/all``.
  ///
  /// - Complexity: O(trials · log trials · axes), or O(trials · axes) if they are in order.
  public func sortedByParameters() -> [Int] {
    // Trials differ only in the keys of the axes.
    sorted(by: valueIndices(on: axes), width: axes.count)
  }

  /// The indices of the trials, sorted by rows of numbers.
  ///
  /// - Parameter rows: `width` numbers for each trial, one trial after another.
  func sorted(by rows: [UInt32], width: Int) -> [Int] {
    func precedes(_ left: Int, _ right: Int) -> Bool {
      for column in 0..<width {
        let (left, right) = (rows[left * width + column], rows[right * width + column])
        if left != right { return left < right }
      }
      return false
    }
    let isInOrder = (0..<max(0, count - 1)).allSatisfy { precedes($0, $0 + 1) }
    return isInOrder ? Array(0..<count) : (0..<count).sorted(by: precedes)
  }

  /// The index of each trial's value on each of some of the plan's axes, one trial after another.
  func valueIndices(on axes: [PlanAxis]) -> [UInt32] {
    let indices = combinations.blocks.map { block in axes.map { ValueIndices($0, in: block) } }
    var all: [UInt32] = []
    all.reserveCapacity(count * axes.count)
    forEachTrial { block, rows in
      for axis in indices[block] { all.append(axis.index(rows)) }
    }
    return all
  }

  /// The combination of some parameters in each trial, as an index below a count. Trials with the same
  /// index have the same values.
  ///
  /// - Parameter parameters: Their indices in `Parameter.all`.
  package func combinationIndices(of parameters: [Int]) -> (indices: [UInt32], count: Int) {
    let blocks = combinations.blocks.map { BlockCombinations(of: parameters, in: $0) }
    let starts = blocks.reduce(into: [0]) { $0.append($0.last! + $1.count) }
    var indices: [UInt32] = []
    indices.reserveCapacity(count)
    forEachTrial { block, rows in
      indices.append(UInt32(starts[block] + blocks[block].index(of: rows)))
    }
    return (indices, starts.last!)
  }

  /// Calls a function with the block of each trial and its rows there, in the order of the trials.
  private func forEachTrial(_ body: (_ block: Int, _ rows: [Int]) -> Void) {
    var (trial, combination) = (0, 0)
    for (index, block) in combinations.blocks.enumerated() {
      var odometer = Odometer(block.axes.map(\.count))
      for _ in 0..<block.count {
        if trial < count, self.combination(at: trial) == combination {
          body(index, odometer.rows)
          trial += 1
        }
        odometer.advance()
        combination += 1
      }
    }
  }
}

/// The indices of the values of one block on an axis of the plan.
private enum ValueIndices {
  case fixed(UInt32)
  case swept(axis: Int, ofRow: [UInt32])

  init(_ planAxis: PlanAxis, in block: GridBlock) {
    let parameter = Parameter.index[planAxis.key]!
    let indices = Dictionary(
      uniqueKeysWithValues: planAxis.values.enumerated().map { ($1, UInt32($0)) })
    guard let (axis, column) = block.column(of: parameter) else {
      self = .fixed(indices[block.base[parameter]]!)
      return
    }
    let values = block.axes[axis].columns[column]
    // A value that is excluded everywhere is on no axis, and in no trial.
    self = .swept(
      axis: axis, ofRow: (0..<block.axes[axis].count).map { indices[values[$0]] ?? .max })
  }

  func index(_ rows: [Int]) -> UInt32 {
    switch self {
    case .fixed(let index): index
    case .swept(let axis, let ofRow): ofRow[rows[axis]]
    }
  }
}
