import Foundation
import NetCDF
import NetworkFiles
import NeuralCore
import TestSupport
import Testing

struct NetworkFileTests {
  @Test("The network of the golden traces is read")
  func golden() throws {
    let path = Fixtures.url("golden/elise-h50-network.nc").path
    let network = try Network(contentsOf: path)
    #expect(network.visible == 13)
    #expect(network.latent == 50)
    #expect(network.neurons == 63)
    #expect(network.scaffold.edges.count == 77)
    #expect(network.cycle == -1)
    #expect(network.dendriticSynapses == 63 * 62)
    #expect(network.state == NetworkState(neurons: 63))
    for neuron in 0..<63 {
      #expect(network.interneuronDelay[neuron] == network.scaffoldDelay[neuron] + 250)
    }
  }

  @Test("A network that was saved continues bit for bit", arguments: [0, 1, 40])
  func roundTrip(history: Int) throws {
    var network = try smallNetwork(history: history)
    network.cycle = 41
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("network.nc").path
      try NetworkFile.write(network, to: path, origin: origin)
      let read = try NetworkFile.read(path)
      #expect(read == network)
      #expect(bits(read) == bits(network))
      let file = try NetCDFFile(opening: path)
      #expect(try file.attribute("pattern") == "Für Elise")
      #expect(try file.attribute("parameters") == #"{"latent":3}"#)
      #expect(try file.attribute("seed") == 7)
      #expect(try file.attribute("time_step_ms") == 0.1)
      #expect(try file.attribute("version") == "elise-sweep 0")
      #expect(try file.attribute("trial") == "3f9a")
      #expect(try file.attribute("model") == "elise")
      #expect(try file.attribute("units", of: "dendritic_weight") == "mV")
      for dimension in ["neuron", "post", "pre"] {
        #expect(try file.values(dimension, shape: [5]) == [0, 1, 2, 3, 4] as [Int32])
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["network.nc"])
    }
  }

  /// If this fails, a sequence that was generated is in no result, or another one is.
  @Test("The file has the notes of every learned pattern, or the levels of an analog one")
  func sequence() throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("network.nc").path
      var origin = origin
      origin.patterns.append(Pattern(name: "two", columns: [[false, false], [true, false]]))
      try NetworkFile.write(smallNetwork(history: 0), to: path, origin: origin)
      let notes = try NetCDFFile(opening: path)
      #expect(
        try notes.values("sequence", shape: [5, 2]) == [1, 0, 0, 1, 1, 1, 0, 0, 1, 0] as [Int8])
      #expect(try notes.values("sequence_pattern", shape: [5]) == [0, 0, 0, 1, 1] as [Int32])
      #expect(try notes.values("visible_neuron", shape: [2]) == [0, 1] as [Int32])
      #expect(try notes.attribute("pattern") == "Für Elise, two")

      origin.patterns = [Pattern(name: "curve", levels: [[0, 0.25], [1, 0.5]])]
      try NetworkFile.write(smallNetwork(history: 0), to: path, origin: origin)
      let levels = try NetCDFFile(opening: path)
      #expect(try levels.values("sequence", shape: [2, 2]) == [0, 0.25, 1, 0.5] as [Double])
    }
  }

  /// If this fails, the weights of a baseline cannot be read, or belong to other neurons than the file says.
  @Test("The arrays of a network of another model are written with their axes, units and meanings")
  func arrays() throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("network.nc").path
      var origin = origin
      origin.model = "esn"
      let past = (0..<20).map(Double.init)
      try NetworkFile.write(
        [
          NetworkArray("w", .weight, [.latent, .visiblePre], "weight", [1, 2, 3, 4, 5, 6]),
          NetworkArray("delay", .state, [.neuron], unit: "ms", "delay", [1, 2, 3, 4, 5]),
          NetworkArray("past", .state, [.pastStep, .neuron], "past rate", past),
        ], visible: 2, latent: 3, cycle: 9, to: path, origin: origin)
      let file = try NetCDFFile(opening: path)
      #expect(try file.values("w", shape: [3, 2]) == [1, 2, 3, 4, 5, 6] as [Double])
      #expect(try file.values("past", shape: [4, 5]) == past)
      #expect(try file.values("latent_neuron", shape: [3]) == [2, 3, 4] as [Int32])
      #expect(try file.values("visible_pre", shape: [2]) == [0, 1] as [Int32])
      #expect(try file.attribute("units", of: "delay") == "ms")
      #expect(try file.attribute("long_name", of: "w") == "weight")
      #expect(try file.attribute("model") == "esn")
      #expect(try file.integer("cycle") == 9)
      #expect(try file.shape(ofVariable: "sequence") == [3, 2])
      // A user who continues with such a file reads which networks can be continued with.
      let error = #expect(throws: NetworkFileError.self) { try NetworkFile.read(path) }
      #expect(
        error?.description == path
          + ": got a network of model esn; expected a network of elise or one of its variants")
    }
  }

  @Test("A network without scaffold can be saved")
  func withoutScaffold() throws {
    var network = try smallNetwork(history: 2)
    network.scaffold = Scaffold()
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("network.nc").path
      try NetworkFile.write(network, to: path)
      #expect(try NetworkFile.read(path) == network)
    }
  }

  @Test("If a file cannot be written, the error names it and no file remains")
  func unwritable() throws {
    try withTemporaryFolder { folder in
      let network = try smallNetwork(history: 0)
      let path = folder.appendingPathComponent("missing/network.nc").path
      let error = #expect(throws: NetworkFileError.self) {
        try NetworkFile.write(network, to: path)
      }
      #expect(error?.description.hasPrefix(path) == true)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }
  }

  private func bits(_ network: Network) -> [[UInt64]] {
    [
      network.dendriticWeight.doubles, network.state.somaticPotential,
      network.state.dendriticPotential,
      network.state.trace, network.state.rateHistory.doubles,
    ].map { $0.map(\.bitPattern) }
  }
}

let origin = NetworkOrigin(
  model: "elise",
  patterns: [Pattern(name: "Für Elise", columns: [[true, false], [false, true], [true, true]])],
  parameters: #"{"latent":3}"#, seed: 7, timeStep: 0.1,
  version: "elise-sweep 0", trial: "3f9a")

/// A network of 2 visible and 3 latent neurons with awkward numbers.
func smallNetwork(history: Int) throws -> Network {
  let neurons = 5
  let awkward = [-0.0, .leastNonzeroMagnitude, 1e308, -.greatestFiniteMagnitude, 0.1, 1.0 / 3]
  var synapse = (0..<neurons * neurons).map { $0 % 3 != 0 }
  for neuron in 0..<neurons { synapse[neuron * neurons + neuron] = false }
  return try Network(
    visible: 2, latent: 3,
    scaffold: Scaffold(edges: [
      .init(pre: 0, post: 2), .init(pre: 0, post: 2), .init(pre: 4, post: 3),
    ]),
    dendriticDelay: [50, 51, 52, 53, 150], scaffoldDelay: [1, 2, 3, 4, 5],
    interneuronDelay: [251, 252, 253, 254, 100_000], dendriticSynapse: SynapseMask(synapse),
    dendriticWeight: NumberArray(
      synapse.enumerated().map { $1 ? awkward[$0 % awkward.count] : 0 }),
    state: NetworkState(
      somaticPotential: [-70, -58, -0.0, .leastNonzeroMagnitude, 20],
      dendriticPotential: [1, 2, 3, 4, -0.0],
      trace: [0, 0.5, .leastNonzeroMagnitude, 0.1, 1],
      rateHistory: NumberArray((0..<history * neurons).map { 1 / Double($0 + 3) })),
    cycle: -1)
}
