import Experiment
import Journal
import NetCDF
import Parameters
import SweepPlan

/// The scores of a sweep over the product of its axes.
///
/// Every key of the grid is an axis, also keys that vary together in a zip, so that scores can be
/// selected by any of them. Elements without a trial are missing. If nearly all elements would be
/// missing, parameters that follow from others become variables over the remaining axes.
struct Cube {
  /// The reason why there is no cube.
  struct TooSparse: Error, Equatable, CustomStringConvertible {
    /// The length of each axis.
    let shape: [Int]
    /// The number of trials.
    let trials: Int

    var description: String {
      "cube.nc is not written: the product of the axes ("
        + shape.map(String.init).joined(separator: " x ")
        + ") has more than \(Cube.elementsPerTrial) elements for each of the \(trials) trials; "
        + "use trials.csv"
    }
  }

  /// The most elements for each trial.
  static let elementsPerTrial = 20

  /// The number of elements that is always allowed.
  static let smallCube = 1_000_000

  /// The axes, in the order of the tables.
  let axes: [CubeAxis]

  /// Parameters that follow from the axes and are no axes themselves.
  let following: [Parameter]

  /// The number of elements.
  let count: Int

  /// The index of the element of each row of the results; the last axis varies fastest.
  private let indices: [Int]

  /// The results.
  private let results: SweepResults

  /// Lays out the trials of a sweep.
  ///
  /// - Throws: ``TooSparse`` if nearly all of the cube would be empty.
  init(_ results: SweepResults) throws(TooSparse) {
    let most = max(Self.smallCube, Self.elementsPerTrial * results.plan.count)
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
    indices = results.rows.map { row in
      let parameters = row.trial.parameters
      return axes.reduce(0) { index, axis in
        index * axis.values.count + axis.index(of: parameters[axis.parameter.key])
      }
    }
  }

  private static func product(_ axes: [CubeAxis]) -> Int {
    axes.reduce(1) { count, axis in
      let product = count.multipliedReportingOverflow(by: axis.values.count)
      return product.overflow ? .max : product.partialValue
    }
  }

  /// The columns of the cube.
  var columns: [ScoreColumn] { results.columns }

  /// A score at every element; NaN if it is missing.
  func values(of column: ScoreColumn) -> [Double] {
    var values = [Double](repeating: .nan, count: count)
    for (row, index) in zip(results.rows, indices) {
      if let score = row.score(column) { values[index] = score }
    }
    return values
  }

  /// A parameter at every element: yes and no as 1 and 0, NaN for `none` and without a trial.
  func values(of parameter: Parameter) -> [Double] {
    var values = [Double](repeating: .nan, count: count)
    for (row, index) in zip(results.rows, indices) {
      let value = row.trial.parameters[parameter.key]
      values[index] =
        value == .boolean(true) ? 1 : value == .boolean(false) ? 0 : value.number ?? .nan
    }
    return values
  }

  /// The ``Status`` of the trial at every element.
  var statuses: [Int8] {
    var statuses = [Int8](repeating: Status.notPlanned, count: count)
    for (row, index) in zip(results.rows, indices) { statuses[index] = Status.code(row.status) }
    return statuses
  }

  /// The parameters that the grid does not vary, in the order of the tables.
  var fixed: [(parameter: Parameter, value: ParameterValue)] {
    results.rows.isEmpty ? [] : results.plan.fixed
  }

  /// The codes of the variable `status`.
  enum Status {
    /// The grid has no such trial, or the search did not select it.
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

extension Cube {
  /// Writes `cube.nc`: every score as a labelled array with units and long names, after the CF
  /// conventions.
  ///
  /// The file holds no dates: the same results give the same bytes.
  ///
  /// - Parameters:
  ///   - title: The name of the sweep.
  ///   - description: Its description; may be empty.
  func write(to path: String, title: String, description: String) throws(NetCDFError) {
    let file = try NetCDFWriter(creating: path)
    try file.setAttribute("Conventions", "CF-1.10")
    try file.setAttribute("title", .text(title))
    if !description.isEmpty { try file.setAttribute("comment", .text(description)) }
    // Parameters that are the same for all trials.
    for (parameter, value) in fixed {
      try file.setAttribute(parameter.key, .text(value.description))
    }

    for axis in axes { try axis.define(in: file) }
    let dimensions = axes.map(\.parameter.key)
    let storage = NetCDFStorage(deflate: 4)
    try file.addVariable(
      "status", Int8.self, dimensions: dimensions, meaning: "how the trial ended",
      storage: storage)
    try file.setAttribute("flag_values", .flags(Status.all.map(\.code)), of: "status")
    try file.setAttribute(
      "flag_meanings", .text(Status.all.map(\.meaning).joined(separator: " ")), of: "status")
    for column in columns {
      try file.addVariable(
        column.key, Double.self, dimensions: dimensions, units: column.unit ?? "1",
        meaning: column.meaning, storage: storage)
    }

    // Texts would need an array of strings; trials.csv has them.
    let numbers = following.filter { $0.kind != .text }
    for parameter in numbers {
      try file.addVariable(
        parameter.key, Double.self, dimensions: dimensions, units: parameter.unit ?? "1",
        meaning: parameter.meaning, storage: storage)
    }

    for axis in axes { try axis.write(to: file) }
    for parameter in numbers { try file.write(parameter.key, values(of: parameter)) }
    try file.write("status", statuses)
    for column in columns { try file.write(column.key, values(of: column)) }
    try file.close()
  }
}

/// One dimension of the cube: a key of the grid with its values.
struct CubeAxis {
  /// The parameter.
  let parameter: Parameter

  /// Its values over all blocks of the grid, ascending.
  let values: [ParameterValue]

  /// The index of each value along the axis.
  private let indices: [ParameterValue: Int]

  /// Makes the dimension of a swept key.
  init(_ axis: PlanAxis) {
    parameter = Parameter.named(axis.key)!
    values = axis.values
    indices = Dictionary(uniqueKeysWithValues: axis.values.enumerated().map { ($1, $0) })
  }

  /// The index of a value of the grid.
  func index(of value: ParameterValue) -> Int { indices[value]! }

  /// Adds the dimension and its coordinate to a file: numbers as numbers with NaN for `none`,
  /// yes and no as 1 and 0, texts as texts.
  func define(in file: NetCDFWriter) throws(NetCDFError) {
    let key = parameter.key
    try file.addDimension(key, length: values.count)
    switch coordinate {
    case .texts:
      try file.addTextVariable(key, dimension: key, meaning: parameter.meaning)
    case .flags:
      try addVariable(Int8.self, to: file)
      try file.setAttribute("flag_values", .flags([0, 1]), of: key)
      try file.setAttribute("flag_meanings", "false true", of: key)
    case .integers: try addVariable(Int64.self, to: file)
    case .reals: try addVariable(Double.self, to: file)
    }
  }

  private func addVariable<Value: NetCDFValue>(
    _ type: Value.Type, to file: NetCDFWriter
  ) throws(NetCDFError) {
    try file.addVariable(
      parameter.key, type, dimensions: [parameter.key], units: parameter.unit ?? "1",
      meaning: parameter.meaning)
  }

  /// Writes the coordinate.
  func write(to file: NetCDFWriter) throws(NetCDFError) {
    switch coordinate {
    case .texts(let texts): try file.write(parameter.key, texts: texts)
    case .flags(let flags): try file.write(parameter.key, flags)
    case .integers(let integers): try file.write(parameter.key, integers)
    case .reals(let reals): try file.write(parameter.key, reals)
    }
  }

  private enum Coordinate {
    case texts([String])
    case flags([Int8])
    case integers([Int64])
    case reals([Double])
  }

  private var coordinate: Coordinate {
    switch parameter.kind {
    case .text: return .texts(values.map(\.description))
    case .boolean: return .flags(values.map { $0 == .boolean(true) ? 1 : 0 })
    case .integer where !values.contains(.absent):
      return .integers(
        values.map { if case .integer(let number) = $0 { Int64(number) } else { 0 } })
    case .integer, .real: return .reals(values.map { $0.number ?? .nan })
    }
  }
}
