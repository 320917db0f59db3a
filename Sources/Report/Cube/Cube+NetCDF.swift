import Experiment
import Journal
import NetCDF
import SweepPlan

extension Cube {
  /// Writes `cube.nc`: every score as a labelled array with units and long names, after the CF
  /// conventions.
  ///
  /// The file holds no dates: the same results give the same bytes.
  ///
  /// - Parameters:
  ///   - title: The name of the sweep.
  ///   - description: What it is about; may be empty.
  func write(to path: String, title: String, description: String) throws(NetCDFError) {
    let file = try NetCDFWriter(creating: path)
    try file.setAttribute("Conventions", "CF-1.10")
    try file.setAttribute("title", .text(title))
    if !description.isEmpty { try file.setAttribute("comment", .text(description)) }
    // What is the same for all trials.
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

    // Texts are told apart by the axes alone; trials.csv has them.
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
