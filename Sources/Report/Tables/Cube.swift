import NetCDF
import Parameters
import SweepPlan

/// The scores of a sweep over the product of its axes.
///
/// Every key of the grid is an axis, also keys that vary together in a zip, so that scores can be
/// selected by any of them. Elements without a trial are missing. If nearly all elements would be
/// missing, parameters that follow from others become variables over the remaining axes.
struct Cube {
  struct TooSparse: Error, Equatable, CustomStringConvertible {
    let shape: [Int]
    let trials: Int

    var description: String {
      "cube.nc is not written: the product of the axes ("
        + shape.map(String.init).joined(separator: " x ")
        + ") has more than \(Cube.elementsPerTrial) elements for each of the \(trials) trials; "
        + "use trials.csv"
    }
  }

  static let elementsPerTrial = 20

  /// The number of elements that is always allowed.
  static let smallCube = 1_000_000

  let axes: [CubeAxis]

  /// Parameters that follow from the axes and are no axes themselves.
  let following: [Parameter]

  private let count: Int

  /// The index of the element of each row of the results; the last axis varies fastest.
  private let indices: [Int]

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

  /// A number of each trial at its element.
  private func values<Value>(
    without: Value, _ value: (SweepResults.Row) -> Value?
  ) -> [Value] {
    var values = [Value](repeating: without, count: count)
    for (row, index) in zip(results.rows, indices) {
      if let value = value(row) { values[index] = value }
    }
    return values
  }

  /// The meanings of the codes of the variable `status`, from -2 on. `not_planned`: the grid has no
  /// such trial, or the search did not select it.
  private static let meanings = ["not_planned", "not_run"] + TrialStatus.allCases.map(\.rawValue)

  /// The code of the status of the trial at every element.
  var statuses: [Int8] {
    values(without: -2) { row in
      row.status.map { Int8(TrialStatus.allCases.firstIndex(of: $0)!) } ?? -1
    }
  }

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
    for (parameter, value) in results.rows.isEmpty ? [] : results.plan.fixed {
      try file.setAttribute(parameter.key, .text(value.description))
    }

    for axis in axes { try axis.define(in: file) }
    let dimensions = axes.map(\.parameter.key)
    let storage = NetCDFStorage(deflate: 4)
    try file.addVariable(
      "status", Int8.self, dimensions: dimensions, meaning: "how the trial ended",
      storage: storage)
    let codes = Self.meanings.indices.map { Int8($0 - 2) }
    try file.setAttribute("flag_values", .flags(codes), of: "status")
    try file.setAttribute(
      "flag_meanings", .text(Self.meanings.joined(separator: " ")), of: "status")
    for column in results.columns {
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
    for parameter in numbers {
      try file.write(
        parameter.key,
        values(without: .nan) { row -> Double? in
          let value = row.trial.parameters[parameter.key]
          return value == .boolean(true) ? 1 : value == .boolean(false) ? 0 : value.number
        })
    }
    try file.write("status", statuses)
    for column in results.columns {
      try file.write(column.key, values(without: .nan) { $0.score(column) })
    }
    try file.close()
  }
}

/// One dimension of the cube: a key of the grid with its values.
struct CubeAxis {
  let parameter: Parameter

  /// Its values over all blocks of the grid, ascending.
  let values: [ParameterValue]

  /// The index of each value along the axis.
  private let indices: [ParameterValue: Int]

  init(_ axis: PlanAxis) {
    parameter = Parameter.named(axis.key)!
    values = axis.values
    indices = Dictionary(uniqueKeysWithValues: axis.values.enumerated().map { ($1, $0) })
  }

  func index(of value: ParameterValue) -> Int { indices[value]! }

  /// Whether the coordinate is a label: for texts, and if one of the values is `none`. As NaN, that
  /// value could not be selected, and grouping would drop its trials.
  private var isLabel: Bool { parameter.kind == .text || values.contains(.absent) }

  /// Adds the dimension and its coordinate to a file: numbers as numbers, yes and no as 1 and 0,
  /// labels as texts.
  func define(in file: NetCDFWriter) throws(NetCDFError) {
    let key = parameter.key
    func add<Value: NetCDFValue>(_ type: Value.Type) throws(NetCDFError) {
      try file.addVariable(
        key, type, dimensions: [key], units: parameter.unit ?? "1", meaning: parameter.meaning)
    }
    try file.addDimension(key, length: values.count)
    if isLabel {
      return try file.addTextVariable(key, dimension: key, meaning: parameter.meaning)
    }
    switch parameter.kind {
    case .boolean:
      try add(Int8.self)
      try file.setAttribute("flag_values", .flags([0, 1]), of: key)
      try file.setAttribute("flag_meanings", "false true", of: key)
    case .integer: try add(Int64.self)
    case .real, .text: try add(Double.self)
    }
  }

  func write(to file: NetCDFWriter) throws(NetCDFError) {
    let key = parameter.key
    if isLabel { return try file.write(key, texts: values.map(\.description)) }
    switch parameter.kind {
    case .boolean: try file.write(key, values.map { $0 == .boolean(true) ? 1 : 0 as Int8 })
    case .integer:
      let integers = values.map { value -> Int64 in
        if case .integer(let number) = value { Int64(number) } else { 0 }
      }
      try file.write(key, integers)
    case .real, .text: try file.write(key, values.map { $0.number ?? .nan })
    }
  }
}
