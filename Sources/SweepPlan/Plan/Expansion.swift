import Parameters

/// The trials of some blocks: their combinations and identities.
struct Expansion {
  /// The identities, in order.
  private(set) var ids: [TrialID] = []

  /// The index of each trial's combination, among those of all blocks.
  private(set) var combinations: [UInt32] = []

  /// The values in trials of each key that some block sweeps, in the order of ``Parameter/all``.
  private(set) var axes: [PlanAxis] = []

  /// - Parameter rules: Rules besides those that hold for every sweep.
  /// - Throws: ``SweepFileError`` for the first trial that breaks a rule or requests an impossible
  ///   pattern, and for a block with no trial.
  init(
    _ blocks: [GridBlock], files: InputFiles, rules: [BlockRule],
    validateRequest: Plan.RequestValidation
  ) throws {
    let total = blocks.reduce(0) { $0 + $1.count }
    ids.reserveCapacity(total)
    combinations.reserveCapacity(total)

    // One block has no equal trials, unless two files have the same content.
    let mayRepeat = blocks.count > 1 || files.hasCopies
    var seen: Set<TrialID> = []
    var requests: Set<PatternRequest> = []
    var combination: UInt32 = 0
    // Whether each row of each axis of each block is in a trial; exclusions may remove some.
    var occurring = blocks.map { block in
      block.axes.map { Array(repeating: block.exclusions.isEmpty, count: $0.count) }
    }
    for (index, block) in blocks.enumerated() {
      var checker = BlockChecker(block, files: files, rules: rules)
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
              block.position(of: PatternRequest.keys.map { Parameter.index[$0]! }),
              .request(reason: "\(error)"))
          }
        }
        if !block.exclusions.isEmpty {
          for (axis, row) in odometer.rows.enumerated() { occurring[index][axis][row] = true }
        }
        let id = hasher.id(at: odometer.rows)
        if mayRepeat && !seen.insert(id).inserted { continue }
        ids.append(id)
        combinations.append(combination)
      }
      if isEmpty { throw SweepFileError(block.position, .everythingExcluded) }
    }

    let swept = Set(blocks.flatMap { $0.axes.flatMap { $0.columns.map(\.parameter) } })
    axes = swept.sorted().map { parameter in
      let values = zip(blocks, occurring).flatMap { block, occurring -> [ParameterValue] in
        guard let (axis, column) = block.column(of: parameter) else {
          return [block.base[parameter]]
        }
        let values = block.axes[axis].columns[column]
        return occurring[axis].indices.filter { occurring[axis][$0] }.map { values[$0] }
      }
      return PlanAxis(key: Parameter.all[parameter].key, values: values.sortedDistinct())
    }
  }
}
