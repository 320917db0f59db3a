import Glibc
import NetCDF
import NeuralCore
import Scores
import SweepPlan

/// A trial during training: the network between two cycles, and the measurements so far.
///
/// It is kept as a NetCDF file with the arrays of the network and a few more variables, so that a
/// simulation that continues has the same bits as one that was never interrupted. Values carry no
/// checksums, for which the library would hold all of them twice: see ``CheckpointFolder``.
package struct TrialCheckpoint {
  /// The network, as ``Learner/sources`` gives it.
  var network: [String: NumberSource]

  /// The training cycle that runs next.
  var cycle: Int

  /// The free tests so far, for each pattern.
  var freeTests: [[FreeTest]]

  /// How many steps have been simulated.
  var steps: Int

  /// The time that they took [s].
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
    let arrays = network.sorted { $0.key < $1.key }
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
      meaning: "its unshifted correlation, NaN if there is none")
    try file.write(Name.cycle, tests.map { Int32($0.test.cycle) })
    try file.write(Name.pattern, tests.map { Int32($0.pattern) })
    try file.write(Name.correlation, tests.map { $0.test.correlation ?? .nan })
    for (name, numbers) in arrays { try Self.add(name, numbers, to: file) }
    for (name, numbers) in arrays { try Self.write(name, numbers, to: file) }
    try file.close()
  }

  /// Adds a variable for an array, in the precision that the array has.
  private static func add(
    _ name: String, _ numbers: NumberSource, to file: NetCDFWriter
  ) throws(NetCDFError) {
    func add(_ type: (some NetCDFValue).Type) throws(NetCDFError) {
      try file.addVariable(
        name, type, dimensions: ["length_of_\(name)"], units: "1",
        meaning: "\(name.split(separator: "_").joined(separator: " ")) of the network",
        storage: NetCDFStorage(isFilled: false))
    }
    try file.addDimension("length_of_\(name)", length: numbers.count)
    switch numbers.piece(0..<0) {
    case .double: try add(Double.self)
    case .single: try add(Float.self)
    }
  }

  /// Writes an array piece by piece.
  private static func write(
    _ name: String, _ numbers: NumberSource, to file: NetCDFWriter
  ) throws(NetCDFError) {
    for start in stride(from: 0, to: numbers.count, by: pieceLength) {
      switch numbers.piece(start..<min(start + pieceLength, numbers.count)) {
      case .double(let numbers): try file.write(name, numbers, at: start)
      case .single(let numbers): try file.write(name, numbers, at: start)
      }
    }
  }

  /// How many numbers of an array are held at once beside the network.
  private static let pieceLength = 1 << 16

  /// Reads a file.
  ///
  /// - Returns: Nil if no checkpoint with this stamp can be read completely; the trial then
  ///   starts from its beginning, which costs time and nothing else.
  static func read(_ path: String, stamp: String) -> TrialCheckpoint? {
    var status = stat()
    // Numbers are stored in full, so no array is longer than the file. The other values are bounded so
    // that they can be computed with.
    guard stat(path, &status) == 0,
      let file = try? NetCDFFile(opening: path, limit: Int(status.st_size)),
      case .text(stamp)? = try? file.attribute(Name.stamp),
      case .text(let steps)? = try? file.attribute(Name.steps), let steps = Int(steps),
      (0...1 << 60).contains(steps),
      case .real(let seconds)? = try? file.attribute(Name.seconds), (0...1e10).contains(seconds),
      let cycle = try? file.integer(Name.next), (0...Int(Int32.max)).contains(cycle),
      let patterns = try? file.integer(Name.patterns), (0...1_000_000).contains(patterns),
      case .text(let names)? = try? file.attribute(Name.arrays),
      let count = try? file.length(ofDimension: Name.test),
      let cycles: [Int32] = try? file.values(Name.cycle, shape: [count]),
      let owners: [Int32] = try? file.values(Name.pattern, shape: [count]),
      let correlations: [Double] = try? file.values(Name.correlation, shape: [count])
    else { return nil }
    var network: [String: NumberSource] = [:]
    for name in names.split(separator: " ").map(String.init) {
      guard let length = try? file.length(ofDimension: "length_of_\(name)"),
        let values = try? numbers(file, name, length)
      else { return nil }
      network[name] = NumberSource(values)
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

  /// This with a copy of the network, for which the learner may go on.
  func kept() -> TrialCheckpoint {
    var kept = self
    kept.network = LearnerState(network).arrays.mapValues(NumberSource.init)
    return kept
  }

  /// The size of the network [bytes], at most.
  var size: Int {
    network.values.reduce(0) { $0 + $1.count } * MemoryLayout<Double>.size
  }

  /// Reads an array in the precision in which it was written.
  private static func numbers(
    _ file: NetCDFFile, _ name: String, _ length: Int
  ) throws(NetCDFError) -> NumberArray {
    try file.type(ofVariable: name) == .float
      ? .single(file.values(name, shape: [length])) : .double(file.values(name, shape: [length]))
  }
}
