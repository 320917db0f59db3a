import Foundation
import NetCDF
import NetworkFiles
import NeuralCore
import TestSupport
import Testing

/// A user's file may be truncated by a full disk or damaged. The result must be an error, never another
/// network.
struct NetworkFileDamageTests {
  @Test("A truncated file is an error")
  func truncated() throws {
    try withSavedNetwork { path, network in
      let whole = try Data(contentsOf: URL(fileURLWithPath: path))
      for length in stride(from: 0, to: whole.count, by: 97) {
        try whole.prefix(length).write(to: URL(fileURLWithPath: path), options: .atomic)
        #expect(throws: NetworkFileError.self, "first \(length) bytes") {
          try NetworkFile.read(path)
        }
      }
    }
  }

  /// Values are located in the file by their bytes. Damage to the links between HDF5's blocks is not
  /// tested here, because it can crash HDF5 itself.
  @Test("A flipped bit in a value or in the superblock is an error, not another network")
  func flippedBits() throws {
    try withSavedNetwork { path, network in
      let whole = try Data(contentsOf: URL(fileURLWithPath: path))
      var positions = Array(0..<48)  // The superblock.
      for values in [
        network.dendriticWeight.doubles, network.state.trace, network.state.rateHistory.doubles,
      ] {
        let bytes = values.withUnsafeBytes { Data($0) }
        positions += try #require(whole.range(of: bytes), "where the values are")
      }
      for position in positions {
        var damaged = whole
        damaged[position] ^= 1 << UInt8(position % 8)
        try damaged.write(to: URL(fileURLWithPath: path), options: .atomic)
        #expect(throws: NetworkFileError.self, "bit \(position % 8) of byte \(position)") {
          try NetworkFile.read(path)
        }
      }
    }
  }

  private func withSavedNetwork(_ body: (String, Network) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("network.nc").path
      let network = try smallNetwork(history: 3)
      try NetworkFile.write(network, to: path)
      try body(path, network)
    }
  }
}

/// Files that are readable but do not contain a network.
struct NetworkFileContentTests {
  /// A file of 2 visible and 2 latent neurons, as another program might write it.
  struct Handmade {
    var visible: NetCDFAttribute? = 2
    var latent: NetCDFAttribute? = 2
    var cycle: NetCDFAttribute? = -1
    var neurons = 4
    var omitted = ""
    var doubles: [String: [Double]] = [:]
    var integers: [String: [Int32]] = [:]

    func write(_ path: String) throws {
      let file = try NetCDFWriter(creating: path)
      for (name, value) in [("visible", visible), ("latent", latent), ("cycle", cycle)] {
        if let value { try file.setAttribute(name, value) }
      }
      try file.addDimension("neuron", length: neurons)
      try file.addDimension("edge", length: 1)
      let square = ["neuron", "neuron"]
      func add(_ name: String, _ dimensions: [String], integer value: Int32) throws {
        guard name != omitted else { return }
        let count = dimensions.reduce(1) { $0 * ($1 == "edge" ? 1 : neurons) }
        if let values = doubles[name] {
          try file.addVariable(name, Double.self, dimensions: dimensions)
          try file.write(name, values)
        } else {
          try file.addVariable(name, Int32.self, dimensions: dimensions)
          try file.write(name, integers[name] ?? Array(repeating: value, count: count))
        }
      }
      for name in ["dendritic_weight", "dendritic_synapse"] { try add(name, square, integer: 0) }
      for name in ["dendritic_delay", "scaffold_delay", "interneuron_delay"] {
        try add(name, ["neuron"], integer: 60)
      }
      for name in ["somatic_potential", "dendritic_potential", "trace"] {
        try add(name, ["neuron"], integer: 0)
      }
      try add("scaffold_pre", ["edge"], integer: 0)
      try add("scaffold_post", ["edge"], integer: 3)
      try file.addVariable("extra", Double.self, dimensions: square)
      try file.setAttribute("extra", "ignored")
      try file.close()
    }
  }

  /// If this fails, a user who gives the cube of a sweep reads of a wrong attribute and looks for damage.
  @Test("A NetCDF file of something else is named as that")
  func anotherFile() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "cube.nc").path
      let file = try NetCDFWriter(creating: path)
      try file.setAttribute("visible", "none")
      try file.close()
      let error = #expect(throws: NetworkFileError.self) { try NetworkFile.read(path) }
      #expect(error == .noNetwork(path: path))
    }
  }

  @Test("Other widths of numbers are accepted, and other contents are ignored")
  func accepted() throws {
    let network = try read(Handmade())
    #expect(network.neurons == 4)
    #expect(network.scaffold.edges == [.init(pre: 0, post: 3)])
    #expect(network.dendriticDelay == [60, 60, 60, 60])
  }

  @Test(
    "The error names the variable, the value and the expected values",
    arguments: [
      (Handmade(visible: nil), "got no attribute visible; expected one"),
      (Handmade(latent: nil), "got no attribute latent; expected one"),
      (Handmade(cycle: nil), "got no attribute cycle; expected one"),
      (Handmade(visible: "two"), "visible: got 'two'; expected a whole number"),
      (Handmade(visible: 3), "dimension neuron: got 4; expected visible + latent = 5"),
      (Handmade(visible: 0), "visible: got 0; expected 1 to 1000000"),
      (Handmade(latent: .integer(.max)), "expected 1 to 1000000"),
      (Handmade(cycle: -2), "cycle: got -2; expected -1 to 2147483647"),
      (Handmade(omitted: "dendritic_weight"), "got no variable dendritic_weight; expected one"),
      (Handmade(omitted: "scaffold_post"), "got no variable scaffold_post; expected one"),
      (
        Handmade(doubles: ["dendritic_delay": [60, 60.5, 60, 60]]),
        "dendritic_delay: got values of type double; expected whole numbers"
      ),
      // NeuralCore words these three.
      (Handmade(integers: ["dendritic_delay": [60, 60, 1, 60]]), "dendritic_delay[2]"),
      (Handmade(integers: ["scaffold_post": [1]]), "scaffold_post[0]"),
      (Handmade(doubles: ["trace": [0, 0, 0, .nan]]), "trace[3]"),
      (
        Handmade(integers: [
          "dendritic_synapse": [0, 1, 1, 1, 1, 0, 2, 1, 1, 1, 0, 1, 1, 1, 1, 0]
        ]),
        "dendritic_synapse[6]: got 2; expected 0 or 1"
      ),
    ])
  func refused(file: Handmade, text: String) throws {
    let error = #expect(throws: NetworkFileError.self) { try read(file) }
    #expect(error?.description.contains(text) == true, "\(error?.description ?? "")")
    #expect(error?.description.contains("network.nc: ") == true)
  }

  private func read(_ file: Handmade) throws -> Network {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("network.nc").path
      try file.write(path)
      return try NetworkFile.read(path)
    }
  }
}
