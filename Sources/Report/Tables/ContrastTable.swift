import Journal
import Parameters
import Scores
import SweepPlan

/// The paired differences between the levels of each axis and its reference level.
package struct ContrastTable: Sendable {
  /// The differences of some pairs of trials.
  package struct Differences: Sendable {
    /// The number of pairs with both scores, and of units.
    package let pairs: Int
    package let units: Int
    /// The difference of each unit, if there are fewer than ten; figures show these.
    let singles: [Double]
    /// The mean over units; nil without pairs.
    package let difference: Double?
    /// The 95 % interval of the mean; nil for too few units.
    package let interval: ClosedRange<Double>?
    /// The fraction of pairs in which the level has the higher score; ties count half.
    package let favours: Double?
    /// Of the sign-flip test over units.
    package let p: Double?
    /// The same with Holm's correction over all contrasts of the score.
    package fileprivate(set) var adjusted: Double?
  }

  /// A level against the reference level, for one score.
  @dynamicMemberLookup
  package struct Contrast: Sendable {
    let axis: String
    let level: ParameterValue
    let against: ParameterValue
    package let score: ScoreColumn
    /// The number of pairs with a missing score.
    package let incomplete: Int
    /// Other parameters that differ within a pair with both scores, because they follow from the axes.
    let also: [String]
    package fileprivate(set) var all: Differences
    /// Those of the pairs in which both networks recall; nil for scores that do not describe a replay.
    package fileprivate(set) var amongRecalled: Differences?

    package subscript<Value>(dynamicMember part: KeyPath<Differences, Value>) -> Value {
      all[keyPath: part]
    }

    /// What is worth showing: all pairs and those in which both networks recall, or the latter alone if
    /// these are all.
    package var parts: [(isAmongRecalled: Bool, differences: Differences)] {
      guard let amongRecalled, amongRecalled.pairs > 0 else { return [(false, all)] }
      return (amongRecalled.pairs == all.pairs ? [] : [(false, all)]) + [(true, amongRecalled)]
    }
  }

  let contrasts: [Contrast]

  /// Nil if there is nothing to compare.
  init?(_ grid: GridCoordinates?) {
    guard let grid else { return nil }
    let contrasts = grid.axes.indices.flatMap { axis in Self.contrasts(axis, grid) }
    guard !contrasts.isEmpty else { return nil }
    self.init(contrasts)
  }

  /// Corrects the p values for the number of contrasts of each score.
  init(_ contrasts: [Contrast]) {
    var contrasts = contrasts
    for family in Dictionary(grouping: contrasts.indices, by: { contrasts[$0].score.key }).values {
      let all = Holm.adjusted(family.map { contrasts[$0].all.p })
      let amongRecalled = Holm.adjusted(family.map { contrasts[$0].amongRecalled?.p })
      for (place, index) in family.enumerated() {
        contrasts[index].all.adjusted = all[place]
        contrasts[index].amongRecalled?.adjusted = amongRecalled[place]
      }
    }
    self.contrasts = contrasts
  }

  private static func contrasts(_ axis: Int, _ grid: GridCoordinates) -> [Contrast] {
    let (levels, reference) = (grid.axes[axis].levels, grid.axes[axis].reference)
    // Rows that differ in this axis alone, in the order of the table.
    let stride = grid.stride(axis)
    var partners: [Int: [Int: Int]] = [:]
    for row in grid.rows.indices {
      let level = grid.level(row, axis)
      partners[grid.places[row] - level * stride, default: [:]][level] = row
    }
    let groups = partners.sorted { $0.key < $1.key }.map(\.value)
    let others = levels.indices.filter { $0 != reference }
    let found = concurrentMap(others.count) { number -> [Contrast] in
      let level = others[number]
      let pairs = groups.compactMap { group -> Pair? in
        guard let first = group[level], let second = group[reference] else { return nil }
        let unit = grid.unit(first)
        return Pair(
          level: grid.rows[first], against: grid.rows[second], block: unit.block,
          replicate: unit.replicate, following: grid.following)
      }
      guard !pairs.isEmpty else { return [] }
      return grid.scores.map { score in
        Contrast(
          grid.axes[axis].key, levels[level], against: levels[reference], score, pairs,
          hasBlocks: !grid.blockNames[0].isEmpty, value: { grid.score($0, score) })
      }
    }
    return found.flatMap(\.self)
  }

  /// Two trials that are compared, and the numbers of their block and replicate.
  struct Pair {
    let level: SweepResults.Row
    let against: SweepResults.Row
    let block: Int
    let replicate: Int
    /// The parameters besides the axis in which they differ.
    let also: [String]

    /// - Parameter following: The parameters that follow from the axes. Those that only one of the two
    ///   models has do not count.
    init(
      level: SweepResults.Row, against: SweepResults.Row, block: Int, replicate: Int,
      following: [String] = []
    ) {
      (self.level, self.against) = (level, against)
      (self.block, self.replicate) = (block, replicate)
      // Parameters are computed, which takes time in tables of a million rows.
      guard !following.isEmpty else {
        also = []
        return
      }
      let (first, second) = (level.trial.parameters, against.trial.parameters)
      let models = [first.model.name, second.model.name]
      also = following.filter { key in
        first[key] != second[key]
          && models.allSatisfy(Parameter.all[Parameter.index[key]!].applies)
      }
    }
  }

  /// `contrasts.csv`.
  var csv: String {
    CSV.text(
      TableReference.contrastColumns.map(\.name),
      contrasts.map { contrast in
        contrast.fields(level: \.description) {
          $0.map { ParameterValue.real($0).description } ?? ""
        }
      })
  }
}

extension ContrastTable.Contrast {
  /// A row of `contrasts.csv`.
  func fields(level text: (ParameterValue) -> String, number: (Double?) -> String) -> [String] {
    func count(_ count: Int?) -> String { count.map(String.init) ?? number(nil) }
    let recalled = amongRecalled
    return [axis, text(level), text(against), score.key]
      + [all.pairs, all.units, incomplete].map(count)
      + [
        all.difference, all.interval?.lowerBound, all.interval?.upperBound, all.favours,
        all.adjusted,
      ].map(number)
      + [recalled?.pairs, recalled?.units].map(count)
      + [
        recalled?.difference, recalled?.interval?.lowerBound, recalled?.interval?.upperBound,
        recalled?.adjusted,
      ].map(number)
      + [also.joined(separator: " ")]
  }
}

extension ScoreColumn {
  /// Whether it describes how well a network replays, so that a network that recalls and one that does
  /// not differ in kind.
  fileprivate var isOfRecall: Bool {
    SummaryTable.replayScores.contains(key) || test == .robustness
  }
}

extension ContrastTable.Contrast {
  init(
    _ axis: String, _ level: ParameterValue, against: ParameterValue, _ score: ScoreColumn,
    _ pairs: [ContrastTable.Pair], hasBlocks: Bool, value: (SweepResults.Row) -> Double?
  ) {
    var also: Set<String> = []
    var differences: [(unit: [Int], value: Double, bothRecall: Bool)] = []
    for pair in pairs {
      guard let first = value(pair.level), let second = value(pair.against) else { continue }
      let bothRecall = [pair.level, pair.against].allSatisfy { $0.score("recalled") == 1 }
      differences.append(([pair.block, pair.replicate], first - second, bothRecall))
      also.formUnion(pair.also)
    }
    func part(_ isIncluded: (Bool) -> Bool, in range: ClosedRange<Double>?)
      -> ContrastTable.Differences
    {
      ContrastTable.Differences(
        differences.filter { isIncluded($0.bothRecall) }.map { ($0.unit, $0.value) },
        hasBlocks: hasBlocks,
        in: range.map { $0.lowerBound - $0.upperBound...$0.upperBound - $0.lowerBound })
    }
    self.init(
      axis: axis, level: level, against: against, score: score,
      incomplete: pairs.count - differences.count,
      also: also.sorted { Parameter.index[$0]! < Parameter.index[$1]! },
      all: part({ _ in true }, in: score.kind == .boolean ? 0...1 : score.range),
      amongRecalled: score.isOfRecall ? part(\.self, in: nil) : nil)
  }
}

extension ContrastTable.Differences {
  /// - Parameters:
  ///   - pairs: The difference of each pair, and its block and replicate.
  ///   - range: The range of differences; nil if they have none.
  fileprivate init(
    _ pairs: [(unit: [Int], value: Double)], hasBlocks: Bool, in range: ClosedRange<Double>?
  ) {
    // Other axes are averaged first, then the replicates of a block.
    let byReplicate = Dictionary(grouping: pairs, by: \.unit)
      .sorted { $0.key.lexicographicallyPrecedes($1.key) }
      .map { (unit: $0.key, value: $0.value.map(\.value).mean!) }
    let means = Dictionary(grouping: byReplicate) { hasBlocks ? [$0.unit[0]] : $0.unit }
      .sorted { $0.key.lexicographicallyPrecedes($1.key) }
      .map { $0.value.map(\.value).mean! }
    let higher = pairs.reduce(0) { $0 + ($1.value > 0 ? 1 : $1.value == 0 ? 0.5 : 0) }
    self.init(
      pairs: pairs.count, units: means.count,
      singles: means.count < Summary.fewestUnseen ? means : [], difference: means.mean,
      interval: MeanInterval.of(means, in: range),
      favours: pairs.isEmpty ? nil : higher / Double(pairs.count), p: SignFlipTest.p(means))
  }
}
