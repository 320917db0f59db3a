import Parameters
import SweepPlan

/// The places of all trials in the grid of a sweep, for statistics that compare trials.
///
/// Axes that follow from others, such as the settings of a model from the model, are left out. The last
/// two dimensions are the blocks and the combinations of replicates.
struct GridCoordinates: Sendable {
  /// An axis that conditions differ in.
  struct Axis: Sendable {
    let key: String
    /// Its levels, ascending.
    let levels: [ParameterValue]
    /// The level that others are compared with.
    let reference: Int
  }

  let axes: [Axis]
  /// The axes that are left out, because their values follow from those of the others.
  let following: [String]
  let rows: [SweepResults.Row]
  /// The values of the blocks and of the replicates, by their numbers; one without values if there are
  /// none.
  let blockNames: [[ParameterValue]]
  let replicateNames: [[ParameterValue]]
  /// The numbers of levels of the axes, then of blocks and of replicates.
  let shape: [Int]
  /// The place of each row in an array of this shape, of which the last dimension varies fastest.
  let places: [Int]
  /// The scores that are compared: those of the requested groups, or the frontier of the searches.
  let scores: [ScoreColumn]
  /// The frontier of each search that has ended, by the number of its first trial; nil if there are no
  /// searches.
  private let frontiers: [Int: Double]?

  /// Nil if no axis distinguishes conditions, or if the product of all dimensions is beyond `Int.max`.
  ///
  /// Searches choose trials by their outcomes, so only their frontiers are compared: a row is the first
  /// trial of a search.
  init?(_ results: SweepResults, _ summary: SummaryTable) {
    let plan = results.plan
    let searches = results.searches
    rows = searches.map { $0.firstTrials.map(results.row) } ?? Array(results.rows)
    let keys: [String]
    if let search = searches?.units.search {
      let conditionKeys = plan.conditionKeys.filter { $0 != search.key }
      let conditions = rows.map { row in
        let parameters = row.trial.parameters
        return conditionKeys.map { parameters[$0] }
      }
      keys = DistinguishingAxes(conditions, axes: conditionKeys.count)(conditionKeys)
    } else {
      keys = summary.distinguishingAxes(summary.axes)
    }
    axes = plan.axes.filter { keys.contains($0.key) && $0.values.count > 1 }.map { axis in
      Axis(
        key: axis.key, levels: axis.values,
        reference: plan.references[axis.key].flatMap { axis.values.firstIndex(of: $0) } ?? 0)
    }
    guard !axes.isEmpty else { return nil }

    // Parameters are computed for each row and not kept.
    let blockKeys = plan.hasBlocks ? plan.unitKeys : []
    let replicateKeys = plan.axes.map(\.key).filter {
      !plan.conditionKeys.contains($0) && !blockKeys.contains($0)
    }
    let known = axes.map(\.key) + blockKeys + [searches?.units.search.key]
    following = plan.conditionKeys.filter { !known.contains($0) }
    let levels = axes.map { axis in
      Dictionary(uniqueKeysWithValues: axis.levels.enumerated().map { ($1, $0) })
    }
    var (blocks, replicates) = (Numbering(), Numbering())
    let coordinates = rows.map { [axes] row -> (levels: Int, block: Int, replicate: Int) in
      let parameters = row.trial.parameters
      let place = zip(axes, levels).reduce(0) { place, axis in
        place &* axis.0.levels.count &+ axis.1[parameters[axis.0.key]]!
      }
      return (
        place, blocks.number(of: blockKeys.map { parameters[$0] }),
        replicates.number(of: replicateKeys.map { parameters[$0] })
      )
    }
    let (blockOrder, replicateOrder) = (blocks.sorted, replicates.sorted)
    (blockNames, replicateNames) = (blockOrder.names, replicateOrder.names)
    let shape = axes.map(\.levels.count) + [blockNames.count, replicateNames.count]
    guard shape.reduce(1.0, { $0 * Double($1) }) < 0x1p62 else { return nil }
    self.shape = shape
    places = coordinates.map { levels, block, replicate in
      (levels * shape[shape.count - 2] + blockOrder.ranks[block]) * shape[shape.count - 1]
        + replicateOrder.ranks[replicate]
    }
    if let searches {
      frontiers = searches.frontiers(of: plan)
      scores = [ScoreColumn(frontierAlong: searches.units.search.key)]
    } else {
      frontiers = nil
      scores = results.columns.filter { [rows] column in
        column.test != nil && !column.marksCensoring && rows.contains { $0.counted(column) != nil }
      }
    }
  }

  /// The score of a row; nil if it is missing or does not count.
  func score(_ row: SweepResults.Row, _ column: ScoreColumn) -> Double? {
    frontiers.map { $0[row.number] } ?? row.counted(column)
  }

  /// The distance in an array between neighbouring levels of a dimension.
  func stride(_ dimension: Int) -> Int { shape[(dimension + 1)...].reduce(1, *) }

  /// The level of a row in a dimension.
  func level(_ row: Int, _ dimension: Int) -> Int {
    places[row] / stride(dimension) % shape[dimension]
  }

  /// The number of the block and of the replicate of a row.
  func unit(_ row: Int) -> (block: Int, replicate: Int) {
    (level(row, axes.count), level(row, axes.count + 1))
  }

  /// Numbers combinations of values as they come.
  private struct Numbering {
    private var numbers: [[ParameterValue]: Int] = [:]

    mutating func number(of values: [ParameterValue]) -> Int {
      if let known = numbers[values] { return known }
      numbers[values] = numbers.count
      return numbers.count - 1
    }

    /// The combinations in order, and the place of each number in it.
    var sorted: (names: [[ParameterValue]], ranks: [Int]) {
      let order = numbers.sorted { $0.key.lexicographicallyPrecedes($1.key) }
      var ranks = [Int](repeating: 0, count: order.count)
      for (rank, entry) in order.enumerated() { ranks[entry.value] = rank }
      return (order.map(\.key), ranks)
    }
  }
}

extension SearchState {
  /// The first trial of each search.
  fileprivate var firstTrials: [Int] { (0..<count).map(firstTrial) }

  /// The last value of each search that meets the criterion, by its first trial. If none meets it, the
  /// value at that end, so that differences are too small rather than too large.
  fileprivate func frontiers(of plan: Plan) -> [Int: Double] {
    var frontiers: [Int: Double] = [:]
    for unit in 0..<count where hasFound(unit) {
      let trial = units.trial(max(0, walk(unit).lastMet), of: unit)
      frontiers[firstTrial(of: unit)] = plan.trial(at: trial).parameters[units.search.key].number
    }
    return frontiers
  }
}
