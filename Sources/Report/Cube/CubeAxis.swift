import Journal
import NetCDF
import Parameters
import SweepPlan

/// One dimension of the cube: a key of the grid with the values it takes.
struct CubeAxis {
  /// The parameter.
  let parameter: Parameter

  /// Its values, ascending; where the grid has blocks, those of all blocks.
  let values: [ParameterValue]

  /// The place of each value along the axis.
  private let places: [ParameterValue: Int]

  /// Makes the dimension of a swept key.
  init(_ axis: PlanAxis) {
    parameter = Parameter.named(axis.key)!
    values = axis.values
    places = Dictionary(uniqueKeysWithValues: axis.values.enumerated().map { ($1, $0) })
  }

  /// The place of a value that the grid holds.
  func place(of value: ParameterValue) -> Int { places[value]! }

  /// Adds the dimension and its coordinate to a file: numbers as numbers, NaN standing for `none`,
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

extension ParameterValue {
  /// The value as a number; nil for texts, for yes and no, and for no value.
  var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .real(let value): value
    case .absent, .boolean, .text: nil
    }
  }
}
