import Parameters

/// The trials of some blocks: which combinations are trials, and with which identities.
struct Expansion {
  /// The identities, in order.
  private(set) var ids: [TrialID] = []

  /// The number of the combination of each trial, counted through all blocks.
  private(set) var combinations: [UInt32] = []

  /// The values of each key that some block sweeps, in the order of ``Parameter/all``.
  private(set) var axes: [PlanAxis] = []

  /// - Throws: ``SweepFileError`` for the first trial that breaks a rule or asks for a sequence that
  ///   does not exist, and for a block of which nothing is left.
  init(
    _ blocks: [GridBlock], files: InputFiles,
    validateRequest: Plan.RequestValidation
  ) throws {
    let total = blocks.reduce(0) { $0 + $1.count }
    ids.reserveCapacity(total)
    combinations.reserveCapacity(total)

    // A block alone repeats nothing, unless two files are copies of one another.
    let mayRepeat = blocks.count > 1 || files.hasCopies
    var seen: Set<TrialID> = []
    var occurring = Occurring(blocks)
    var requests: Set<PatternRequest> = []
    var combination: UInt32 = 0
    for (index, block) in blocks.enumerated() {
      var checker = BlockChecker(block, files: files)
      var hasher = BlockHasher(block, files: files)
      var odometer = Odometer(block.axes.map(\.count))
      var isEmpty = true
      for _ in 0..<block.count {
        defer {
          odometer.advance()
          combination += 1
        }
        if block.excludes(odometer.rows) { continue }
        isEmpty = false
        try checker.check(odometer.rows)
        if let request = checker.newRequest(odometer.rows), requests.insert(request).inserted {
          do {
            try validateRequest(request)
          } catch {
            throw SweepFileError(
              block.place(of: PatternRequest.keys.map { Parameter.index[$0]! }),
              .request(request, reason: "\(error)"))
          }
        }
        occurring.note(odometer.rows, of: index)
        let id = hasher.id(at: odometer.rows)
        if mayRepeat && !seen.insert(id).inserted { continue }
        ids.append(id)
        combinations.append(combination)
      }
      if isEmpty { throw SweepFileError(block.place, .everythingExcluded) }
    }
    axes = occurring.axes
  }
}

/// Which values of the swept keys occur in a trial, where exclusions may remove some altogether.
private struct Occurring {
  private let blocks: [GridBlock]
  /// For each block with exclusions, axis, column and distinct value, whether it occurs.
  private var flags: [[[[Bool]]]]

  init(_ blocks: [GridBlock]) {
    self.blocks = blocks
    flags = blocks.map { block in
      block.exclusions.isEmpty
        ? []
        : block.axes.map { $0.columns.map { Array(repeating: false, count: $0.values.count) } }
    }
  }

  mutating func note(_ rows: [Int], of block: Int) {
    for axis in flags[block].indices {
      for column in flags[block][axis].indices {
        let value = blocks[block].axes[axis].columns[column].index(ofRow: rows[axis])
        flags[block][axis][column][value] = true
      }
    }
  }

  var axes: [PlanAxis] {
    let swept = Set(blocks.flatMap { $0.axes.flatMap { $0.columns.map(\.parameter) } })
    return swept.sorted().map { parameter in
      var values: [ParameterValue] = []
      for (index, block) in blocks.enumerated() {
        guard let (axis, column) = block.column(of: parameter) else {
          values.append(block.base[parameter])
          continue
        }
        let candidates = block.axes[axis].columns[column].values
        guard !flags[index].isEmpty else {
          values += candidates
          continue
        }
        for (value, occurs) in zip(candidates, flags[index][axis][column]) where occurs {
          values.append(value)
        }
      }
      return PlanAxis(key: Parameter.all[parameter].key, values: values.sortedDistinct())
    }
  }
}
