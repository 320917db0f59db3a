import SweepPlan

extension Plan {
  /// Whether two runs compute some trial of this plan both. A run computes a shard, or all trials.
  public func sharesTrials(of first: Shard?, with second: Shard?) -> Bool {
    guard let first, let second else { return true }
    if first.count == second.count { return first == second }
    return zip(members(of: first), members(of: second)).contains { $0 && $1 }
  }

  /// Whether each trial belongs to a shard. All trials of a search belong to the same one, and so do all
  /// replicates of a condition that gets more, since their outcomes decide which of them run.
  func members(of shard: Shard) -> [Bool] {
    let costs = costs(by: CostModel())
    var isMember = [Bool](repeating: false, count: count)
    if let searches {
      // Values beyond the frontier do not count, so `beyond` does not move searches between shards.
      let middles = (0..<searches.count).map { unit in
        let range = Bisection(count: searches.valueCount(unit)).costs { value in
          costs[searches.trial(value, of: unit)]
        }
        return (range.lowerBound + range.upperBound) / 2
      }
      for unit in shard.trials(middles) {
        for trial in searches[unit] { isMember[trial] = true }
      }
    } else if let stages {
      let totals = (0..<stages.count).map { unit in stages[unit].reduce(0) { $0 + costs[$1] } }
      for unit in shard.trials(totals) {
        for trial in stages[unit] { isMember[trial] = true }
      }
    } else {
      for trial in shard.trials(costs) { isMember[trial] = true }
    }
    return isMember
  }

  /// The time of each trial by a model [core-seconds].
  func costs(by model: CostModel) -> [Double] {
    var costs = [Double](repeating: 0, count: count)
    for line in lines(where: { _ in true }) {
      let seconds = model.seconds(line.shape)
      for index in line.indices { costs[Int(index)] = seconds }
    }
    return costs
  }

  /// The memory of the largest trial of some lines; nil if there are none. Trials of one line take about
  /// the same.
  func largestTrial(in lines: [TrialQueue.Line], scoreGroups: [ScoreGroup]) -> TrialMemory? {
    lines.map { memory(of: trial(at: Int($0.indices[0])), scoreGroups: scoreGroups) }
      .max { $0.bytes < $1.bytes }
  }

  /// The shape of a trial of this plan.
  func shape(of trial: Trial) -> TrialShape {
    TrialShape(trial.parameters, patterns: patternSizes(of: trial))
  }

  /// The trials, grouped by equal expected time.
  ///
  /// - Parameters:
  ///   - isIncluded: Whether the trial with an index is included.
  ///   - chain: The largest number of consecutive trials that start with one.
  /// - Complexity: O(trials); a trial is made only for each combination of the parameters that its
  ///   time depends on.
  func lines(
    where isIncluded: (Int) -> Bool, chain: (Int) -> Int = { _ in 1 }
  ) -> [TrialQueue.Line] {
    let (combinations, count) = combinationIndices(of: TrialShape.parameters)
    // The index in `shapes` of each combination, if it is known already.
    var shapeIndices = [Int?](repeating: nil, count: count)
    var shapes: [TrialShape] = []
    var byShape: [TrialShape: Int] = [:]
    var lines: [TrialQueue.Line] = []
    var byLine: [LineKey: Int] = [:]
    for (index, combination) in combinations.enumerated() where isIncluded(index) {
      let combination = Int(combination)
      if shapeIndices[combination] == nil {
        let shape = shape(of: trial(at: index))
        shapeIndices[combination] = byShape[shape] ?? shapes.count
        if byShape.updateValue(shapeIndices[combination]!, forKey: shape) == nil {
          shapes.append(shape)
        }
      }
      let key = LineKey(shape: shapeIndices[combination]!, chain: chain(index))
      let line = byLine[key] ?? lines.count
      if line == lines.count {
        byLine[key] = line
        lines.append(
          TrialQueue.Line(shape: shapes[key.shape], chain: key.chain, indices: []))
      }
      lines[line].indices.append(UInt32(index))
    }
    return lines
  }
}

/// The properties that trials of one line share.
private struct LineKey: Hashable {
  /// The index of their shape.
  var shape: Int
  var chain: Int
}
