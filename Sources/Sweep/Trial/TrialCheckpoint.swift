import NetCDF
import NeuralCore
import Scores

/// A trial in the midst of training: the network between two cycles, and what was measured so far.
///
/// It is kept as a NetCDF file with the arrays of the network and a few more variables, so that a
/// simulation that continues has the same bits as one that was never interrupted. Values carry no
/// checksums, for which the library would hold all of them twice: see ``CheckpointFolder``.
struct TrialCheckpoint: Equatable {
  /// The network.
  var network: LearnerState

  /// The training cycle that runs next.
  var cycle: Int

  /// The free tests so far, for each pattern.
  var freeTests: [[FreeTest]]

  /// How many steps have been simulated.
  var steps: Int

  /// What that took [s].
  var seconds: Double

  private enum Name {
    static let stamp = "stamp"
    static let next = "cycle"
    static let arrays = "arrays"
    static let steps = "steps"
    static let seconds = "seconds"
    static let patterns = "patterns"
    static let test = "free_test"
    static let cycle = "free_test_cycle"
    static let pattern = "free_test_pattern"
    static let correlation = "free_test_correlation"
  }

  /// Writes the file; an older one is replaced only when the new one is complete.
  ///
  /// - Parameter stamp: Says for which trial and by which program; ``read(_:stamp:)`` asks for it.
  func write(to path: String, stamp: String) throws {
    let tests = freeTests.enumerated().flatMap { pattern, tests in
      tests.map { (pattern: pattern, test: $0) }
    }
    let file = try NetCDFWriter(creating: path)
    try file.setAttribute(Name.stamp, .text(stamp))
    try file.setAttribute(Name.next, .integer(cycle))
    try file.setAttribute(Name.steps, .text("\(steps)"))
    try file.setAttribute(Name.seconds, .real(seconds))
    try file.setAttribute(Name.patterns, .integer(freeTests.count))
    let arrays = network.arrays.sorted { $0.key < $1.key }
    try file.setAttribute(Name.arrays, .text(arrays.map(\.key).joined(separator: " ")))
    try file.addDimension(Name.test, length: tests.count)
    try file.addVariable(
      Name.cycle, Int32.self, dimensions: [Name.test], units: "1",
      meaning: "training cycle of a free test")
    try file.addVariable(
      Name.pattern, Int32.self, dimensions: [Name.test], units: "1",
      meaning: "pattern that it followed")
    try file.addVariable(
      Name.correlation, Double.self, dimensions: [Name.test], units: "1",
      meaning: "its unshifted correlation, NaN where there is none")
    try file.write(Name.cycle, tests.map { Int32($0.test.cycle) })
    try file.write(Name.pattern, tests.map { Int32($0.pattern) })
    try file.write(Name.correlation, tests.map { $0.test.correlation ?? .nan })
    for (name, values) in arrays {
      try file.addDimension("length_of_\(name)", length: values.count)
      try file.addVariable(
        name, Double.self, dimensions: ["length_of_\(name)"], units: "1",
        meaning: "\(name.split(separator: "_").joined(separator: " ")) of the network")
    }
    for (name, values) in arrays { try file.write(name, values) }
    try file.close()
  }

  /// Reads a file.
  ///
  /// - Returns: Nil where there is none with this stamp that can be read whole: the trial then
  ///   starts from its beginning, which costs time and nothing else.
  static func read(_ path: String, stamp: String) -> TrialCheckpoint? {
    guard let file = try? NetCDFFile(opening: path),
      case .text(stamp)? = try? file.attribute(Name.stamp),
      case .text(let steps)? = try? file.attribute(Name.steps), let steps = Int(steps),
      case .real(let seconds)? = try? file.attribute(Name.seconds),
      let cycle = try? file.integer(Name.next),
      let patterns = try? file.integer(Name.patterns),
      case .text(let names)? = try? file.attribute(Name.arrays),
      let count = try? file.length(ofDimension: Name.test),
      let cycles: [Int32] = try? file.values(Name.cycle, shape: [count]),
      let owners: [Int32] = try? file.values(Name.pattern, shape: [count]),
      let correlations: [Double] = try? file.values(Name.correlation, shape: [count])
    else { return nil }
    var network = LearnerState()
    for name in names.split(separator: " ").map(String.init) {
      guard let length = try? file.length(ofDimension: "length_of_\(name)"),
        let values: [Double] = try? file.values(name, shape: [length])
      else { return nil }
      network.arrays[name] = values
    }
    var freeTests = [[FreeTest]](repeating: [], count: patterns)
    for index in 0..<count {
      guard freeTests.indices.contains(Int(owners[index])) else { return nil }
      freeTests[Int(owners[index])].append(
        FreeTest(
          cycle: Int(cycles[index]),
          correlation: correlations[index].isNaN ? nil : correlations[index]))
    }
    return TrialCheckpoint(
      network: network, cycle: cycle, freeTests: freeTests, steps: steps, seconds: seconds)
  }
}
