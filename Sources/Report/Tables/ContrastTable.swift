import Journal
import Parameters
import Scores
import SweepPlan

/// The paired differences between the levels of each axis and its reference level.
package struct ContrastTable: Sendable {
  /// A level against the reference level, for one score.
  package struct Contrast: Sendable {
    let axis: String
    let level: ParameterValue
    let against: ParameterValue
    package let score: ScoreColumn
    /// The number of pairs with both scores, of those with a missing score, and of units.
    package let pairs: Int
    package let incomplete: Int
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

  let contrasts: [Contrast]

  /// Nil if there is nothing to compare.
  init?(_ grid: GridCoordinates?) {
    guard let grid else { return nil }
    var contrasts = grid.axes.indices.flatMap { axis in Self.contrasts(axis, grid) }
    guard !contrasts.isEmpty else { return nil }
    for score in grid.scores {
      let family = contrasts.indices.filter { contrasts[$0].score.key == score.key }
      for (index, value) in zip(family, Holm.adjusted(family.map { contrasts[$0].p })) {
        contrasts[index].adjusted = value
      }
    }
    self.contrasts = contrasts
  }

  /// A comparison without axes: one contrast per score.
  init(_ contrasts: [Contrast]) {
    self.contrasts = contrasts.map { contrast in
      var contrast = contrast
      contrast.adjusted = contrast.p
      return contrast
    }
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
          replicate: unit.replicate)
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
  }

  /// `contrasts.csv`.
  var csv: String { CSV.text(rows[0], rows.dropFirst()) }

  /// The fields of ``csv``; the first row is the head.
  var rows: [[String]] {
    func text(_ value: Double?) -> String {
      value.map { ParameterValue.real($0).description } ?? ""
    }
    return [TableReference.contrastColumns.map(\.name)]
      + contrasts.map { contrast in
        [
          contrast.axis, contrast.level.description, contrast.against.description,
          contrast.score.key,
        ]
          + [contrast.pairs, contrast.units, contrast.incomplete].map(String.init)
          + [
            contrast.difference, contrast.interval?.lowerBound, contrast.interval?.upperBound,
            contrast.favours, contrast.adjusted,
          ].map(text)
      }
  }
}

extension ContrastTable.Contrast {
  init(
    _ axis: String, _ level: ParameterValue, against: ParameterValue, _ score: ScoreColumn,
    _ pairs: [ContrastTable.Pair], hasBlocks: Bool, value: (SweepResults.Row) -> Double?
  ) {
    var differences: [(unit: [Int], value: Double)] = []
    for pair in pairs {
      guard let first = value(pair.level), let second = value(pair.against) else { continue }
      differences.append(([pair.block, pair.replicate], first - second))
    }
    // Other axes are averaged first, then the replicates of a block.
    let byReplicate = Dictionary(grouping: differences, by: \.unit)
      .sorted { $0.key.lexicographicallyPrecedes($1.key) }
      .map { (unit: $0.key, value: $0.value.map(\.value).mean!) }
    let units = Dictionary(grouping: byReplicate) { hasBlocks ? [$0.unit[0]] : $0.unit }
      .sorted { $0.key.lexicographicallyPrecedes($1.key) }
      .map { $0.value.map(\.value).mean! }
    let range = score.kind == .boolean ? 0...1 : score.range
    let higher = differences.reduce(0) { $0 + ($1.value > 0 ? 1 : $1.value == 0 ? 0.5 : 0) }
    self.init(
      axis: axis, level: level, against: against, score: score, pairs: differences.count,
      incomplete: pairs.count - differences.count, units: units.count,
      singles: units.count < Summary.fewestUnseen ? units : [], difference: units.mean,
      interval: MeanInterval.of(
        units, in: range.map { $0.lowerBound - $0.upperBound...$0.upperBound - $0.lowerBound }),
      favours: differences.isEmpty ? nil : higher / Double(differences.count),
      p: SignFlipTest.p(units))
  }
}
