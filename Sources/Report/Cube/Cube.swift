import Experiment
import Journal
import Parameters
import SweepPlan

/// The scores of a sweep over the product of its axes.
///
/// Every key that the grid names is an axis, also those that vary together in a zip, so that scores
/// can be chosen by any of them. What the product holds beside the trials of the plan is missing. Where
/// nearly all of it would be missing, parameters that follow from others become values over the rest.
struct Cube {
  /// Why there is no cube.
  struct TooSparse: Error, Equatable, CustomStringConvertible {
    /// The length of each axis.
    let shape: [Int]
    /// How many trials there are.
    let trials: Int

    var description: String {
      "cube.nc is not written: the product of the axes ("
        + shape.map(String.init).joined(separator: " x ")
        + ") has more than \(Cube.placesPerTrial) places for each of the \(trials) trials; "
        + "use trials.csv"
    }
  }

  /// How many places there may be for each trial.
  static let placesPerTrial = 20

  /// As many places are never too many.
  static let smallCube = 1_000_000

  /// The axes, in the order of the tables.
  let axes: [CubeAxis]

  /// Parameters that follow from the axes; none where these are all that the grid names.
  let following: [Parameter]

  /// How many places there are.
  let count: Int

  /// The place of each row of the results, the last axis running fastest.
  private let places: [Int]

  /// The rows that the places belong to.
  private let results: SweepResults

  /// Lays out the trials of a sweep.
  ///
  /// - Throws: ``TooSparse`` where nearly all of the cube would be empty.
  init(_ results: SweepResults) throws(TooSparse) {
    let most = max(Self.smallCube, Self.placesPerTrial * results.plan.count)
    var axes = results.plan.axes.map(CubeAxis.init)
    var following: Set<String> = []
    if Self.product(axes) > most {
      let keys = results.plan.conditionKeys
      let conditions = Set(
        results.rows.map { results.plan.condition(of: $0.trial.parameters).values })
      following = Set(
        DistinguishingAxes(Array(conditions), axes: keys.count).following.map { keys[$0] })
      axes.removeAll { following.contains($0.parameter.key) }
    }
    count = Self.product(axes)
    guard count <= most else {
      throw TooSparse(shape: axes.map(\.values.count), trials: results.plan.count)
    }
    self.axes = axes
    self.following = results.plan.axes.map(\.key).filter(following.contains)
      .map { Parameter.named($0)! }
    self.results = results
    places = results.rows.map { row in
      let parameters = row.trial.parameters
      return axes.reduce(0) { place, axis in
        place * axis.values.count + axis.place(of: parameters[axis.parameter.key])
      }
    }
  }

  private static func product(_ axes: [CubeAxis]) -> Int {
    axes.reduce(1) { count, axis in
      let product = count.multipliedReportingOverflow(by: axis.values.count)
      return product.overflow ? .max : product.partialValue
    }
  }

  /// The columns that the cube holds.
  var columns: [ScoreColumn] { results.columns }

  /// A score at every place; not a number where it is missing.
  func values(of column: ScoreColumn) -> [Double] {
    var values = [Double](repeating: .nan, count: count)
    for (row, place) in zip(results.rows, places) {
      if let score = row.score(column) { values[place] = score }
    }
    return values
  }

  /// A parameter at every place: yes and no as 1 and 0, not a number where there is no trial, or none.
  func values(of parameter: Parameter) -> [Double] {
    var values = [Double](repeating: .nan, count: count)
    for (row, place) in zip(results.rows, places) {
      let value = row.trial.parameters[parameter.key]
      values[place] =
        value == .boolean(true) ? 1 : value == .boolean(false) ? 0 : value.number ?? .nan
    }
    return values
  }

  /// How the trial at every place ended, as a ``Status``.
  var statuses: [Int8] {
    var statuses = [Int8](repeating: Status.notPlanned, count: count)
    for (row, place) in zip(results.rows, places) { statuses[place] = Status.code(row.status) }
    return statuses
  }

  /// The parameters that the grid does not vary, in the order of the tables.
  var fixed: [(parameter: Parameter, value: ParameterValue)] {
    results.rows.isEmpty ? [] : results.plan.fixed
  }

  /// The codes of the variable `status`.
  enum Status {
    /// The grid has no such trial, or the search did not come to it.
    static let notPlanned: Int8 = -2
    /// The trial has not run.
    static let notRun: Int8 = -1

    /// All codes with their meanings, ascending.
    static let all: [(code: Int8, meaning: String)] =
      [(notPlanned, "not_planned"), (notRun, "not_run")]
      + TrialStatus.allCases.map { (code($0), $0.rawValue) }

    /// The code of a status.
    static func code(_ status: TrialStatus?) -> Int8 {
      guard let status else { return notRun }
      return Int8(TrialStatus.allCases.firstIndex(of: status)!)
    }
  }
}
