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
      #expect(try file.attribute("units", of: "dendritic_weight") == "mV")
      for dimension in ["neuron", "post", "pre"] {
        #expect(try file.values(dimension, shape: [5]) == [0, 1, 2, 3, 4] as [Int32])
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["network.nc"])
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
  pattern: "Für Elise", parameters: #"{"latent":3}"#, seed: 7, timeStep: 0.1,
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
