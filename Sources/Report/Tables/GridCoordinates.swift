import Parameters
import SweepPlan

/// The places of all trials in the grid of a sweep, for statistics that compare trials.
///
/// Axes that follow from others, such as the settings of a model from the model, are left out.
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
  let rows: [SweepResults.Row]
  /// The level of each row on each axis.
  let levels: [[Int]]
  /// The block of each row; 0 without blocks.
  let blocks: [Int]
  /// The combination of replicates of each row.
  let replicates: [Int]
  /// The values of the blocks and of the replicates, by their numbers.
  let blockNames: [[ParameterValue]]
  let replicateNames: [[ParameterValue]]
  /// The numbers of levels of the axes, then of blocks and of combinations of replicates.
  let shape: [Int]
  /// The place of each row in an array of this shape, of which the last dimension varies fastest.
  let places: [Int]
  /// The scores that are compared: those of the requested groups.
  let scores: [ScoreColumn]

  /// Nil if there are searches, which choose trials by their outcomes, if no axis distinguishes
  /// conditions, or if the product of all dimensions is beyond `Int.max`.
  init?(_ results: SweepResults, _ summary: SummaryTable) {
    let plan = results.plan
    let keys = summary.distinguishingAxes(summary.axes)
    axes = plan.axes.filter { keys.contains($0.key) && $0.values.count > 1 }.map { axis in
      Axis(
        key: axis.key, levels: axis.values,
        reference: plan.references[axis.key].flatMap { axis.values.firstIndex(of: $0) } ?? 0)
    }
    guard results.searches == nil, !axes.isEmpty else { return nil }
    let rows = Array(results.rows)
    self.rows = rows
    let parameters = rows.map(\.trial.parameters)
    let numbers = axes.map { axis in
      Dictionary(uniqueKeysWithValues: axis.levels.enumerated().map { ($1, $0) })
    }
    levels = parameters.map { [axes] parameters in
      zip(axes, numbers).map { $1[parameters[$0.key]]! }
    }
    func numbered(_ keys: [String]) -> (numbers: [Int], names: [[ParameterValue]]) {
      let values = parameters.map { parameters in keys.map { parameters[$0] } }
      let names = Set(values).sorted { $0.lexicographicallyPrecedes($1) }
      let numbers = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
      return (values.map { numbers[$0]! }, names)
    }
    let blockKeys = plan.hasBlocks ? plan.unitKeys : []
    (blocks, blockNames) = numbered(blockKeys)
    (replicates, replicateNames) = numbered(
      plan.axes.map(\.key).filter { !plan.conditionKeys.contains($0) && !blockKeys.contains($0) })
    let shape = axes.map(\.levels.count) + [blockNames.count, replicateNames.count]
    guard shape.reduce(1.0, { $0 * Double($1) }) < 0x1p62 else { return nil }
    self.shape = shape
    places = rows.indices.map { [levels, blocks, replicates] row in
      zip(shape, levels[row] + [blocks[row], replicates[row]]).reduce(0) { $0 * $1.0 + $1.1 }
    }
    scores = results.columns.filter { column in
      column.test != nil && !column.marksCensoring && rows.contains { $0.score(column) != nil }
    }
  }
}
