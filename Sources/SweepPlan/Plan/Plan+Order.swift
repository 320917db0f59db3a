import Parameters

extension Plan {
  /// The numbers of the trials, sorted by parameters in the order of ``Parameter/all``.
  ///
  /// Trials differ in the keys of ``axes`` alone, so they are compared by the places of their values
  /// on each axis.
  ///
  /// - Complexity: O(trials · log trials · axes), or O(trials · axes) where they are in order.
  public func sortedByParameters() -> [Int] {
    let width = axes.count
    let keys = places(on: axes)
    func precedes(_ left: Int, _ right: Int) -> Bool {
      for axis in 0..<width {
        let (left, right) = (keys[left * width + axis], keys[right * width + axis])
        if left != right { return left < right }
      }
      return false
    }
    let isInOrder = (0..<max(0, count - 1)).allSatisfy { precedes($0, $0 + 1) }
    return isInOrder ? Array(0..<count) : (0..<count).sorted(by: precedes)
  }

  /// Where the values of each trial stand on some of the plan's axes, one trial behind the other.
  func places(on axes: [PlanAxis]) -> [UInt32] {
    let places = combinations.products.map { product in axes.map { AxisPlaces($0, in: product) } }
    let width = axes.count
    var keys = [UInt32](repeating: 0, count: count * width)
    for index in 0..<count {
      let (block, rows) = combinations.place(of: combination(at: index))
      for (axis, places) in places[block].enumerated() {
        keys[index * width + axis] = places.place(rows)
      }
    }
    return keys
  }

  /// The combination of some parameters that each trial has, as an index below a count: trials with
  /// one index have the same values of them.
  ///
  /// - Parameter parameters: Their indices in `Parameter.all`.
  package func combinationIndices(of parameters: [Int]) -> (indices: [UInt32], count: Int) {
    let blocks = combinations.products.map { BlockCombinations(of: parameters, in: $0) }
    var (starts, count) = ([Int](), 0)
    for block in blocks {
      starts.append(count)
      count += block.count
    }
    let indices = (0..<self.count).map { trial in
      let (block, rows) = combinations.place(of: combination(at: trial))
      return UInt32(starts[block] + blocks[block].index(of: rows))
    }
    return (indices, count)
  }
}

/// Where the values of one block stand on an axis of the plan.
private enum AxisPlaces {
  case fixed(UInt32)
  case swept(axis: Int, ofRow: [UInt32])

  init(_ planAxis: PlanAxis, in product: GridProduct) {
    let parameter = Parameter.index[planAxis.key]!
    let places = Dictionary(
      uniqueKeysWithValues: planAxis.values.enumerated().map { ($1, UInt32($0)) })
    guard let (axis, column) = product.column(of: parameter) else {
      self = .fixed(places[product.base[parameter]]!)
      return
    }
    let values = product.axes[axis].columns[column]
    // What is excluded everywhere is on no axis, and in no trial.
    self = .swept(
      axis: axis, ofRow: (0..<product.axes[axis].count).map { places[values[$0]] ?? .max })
  }

  func place(_ rows: [Int]) -> UInt32 {
    switch self {
    case .fixed(let place): place
    case .swept(let axis, let ofRow): ofRow[rows[axis]]
    }
  }
}
