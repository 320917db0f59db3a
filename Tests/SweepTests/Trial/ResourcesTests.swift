import NeuralCore
import Testing

@testable import Sweep

@Suite struct ResourcesTests {
  /// Two visible and two latent neurons, three synapses and two scaffold edges.
  ///
  /// If this fails, scores per resource are per something else.
  @Test(arguments: [4, 8])
  func smallNetworkIsCountedByHand(bytesPerNumber: Int) throws {
    var synapse = [Bool](repeating: false, count: 16)
    for index in [1, 4, 14] { synapse[index] = true }
    let network = try Network(
      visible: 2, latent: 2,
      scaffold: Scaffold(edges: [.init(pre: 0, post: 2), .init(pre: 2, post: 3)]),
      dendriticDelay: [5, 6, 7, 8], scaffoldDelay: [3, 3, 3, 3], interneuronDelay: [9, 9, 10, 9],
      dendriticSynapse: synapse, dendriticWeight: [Double](repeating: 0, count: 16),
      state: NetworkState(neurons: 4))
    #expect(
      Resources.values(of: network, bytesPerNumber: bytesPerNumber) == [
        "neurons": 4, "plastic_synapses": 3, "scaffold_edges": 2,
        // 4 neurons with two potentials, a trace and 10 past rates, and 3 weights.
        "state_bytes": Double((4 * 13 + 3) * bytesPerNumber),
        "operations_per_step": 10,
      ])
  }

  /// A full network has a synapse from every neuron to every other one.
  @Test func newNetworkIsFull() throws {
    let network = try TrialModelTests.model(["latent": .integer(5)]).newNetwork()
    let values = Resources.values(of: network, bytesPerNumber: 8)
    #expect(values["neurons"] == 8)
    #expect(values["plastic_synapses"] == 56)
  }
}
