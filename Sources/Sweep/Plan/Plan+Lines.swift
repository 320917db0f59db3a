extension Plan {
  /// Whether each trial belongs to a shard.
  func members(of shard: Shard) -> [Bool] {
    let model = CostModel()
    var costs = [Double](repeating: 0, count: count)
    for line in lines(where: { _ in true }) {
      let seconds = model.seconds(line.shape)
      for number in line.numbers { costs[Int(number)] = seconds }
    }
    var isMember = [Bool](repeating: false, count: count)
    for trial in shard.trials(costs) { isMember[trial] = true }
    return isMember
  }

  /// The trials that take equally long, together.
  ///
  /// - Parameter isIncluded: Says of each trial's number whether it counts.
  /// - Complexity: O(trials); a trial is made only for each combination of the parameters that its
  ///   time depends on.
  func lines(where isIncluded: (Int) -> Bool) -> [TrialQueue.Line] {
    let keys = TrialShape.keys.map { Parameter.index[$0]! }
    let blocks = combinations.products.map { BlockCombinations(of: keys, in: $0) }
    // The place in `lines` of each combination of each block, once it is known.
    var places: [[Int?]] = blocks.map { Array(repeating: nil, count: $0.count) }
    var lines: [TrialQueue.Line] = []
    var byShape: [TrialShape: Int] = [:]
    for index in 0..<count where isIncluded(index) {
      let (block, rows) = combinations.place(of: combination(at: index))
      let combination = blocks[block].index(of: rows)
      if places[block][combination] == nil {
        let trial = trial(at: index)
        let shape = TrialShape(trial.parameters, patterns: patternSizes(of: trial))
        let line = byShape[shape] ?? lines.count
        if line == lines.count { lines.append(TrialQueue.Line(shape: shape, numbers: [])) }
        byShape[shape] = line
        places[block][combination] = line
      }
      lines[places[block][combination]!].numbers.append(UInt32(index))
    }
    return lines
  }
}
