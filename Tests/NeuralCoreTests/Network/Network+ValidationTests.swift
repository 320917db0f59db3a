import NeuralCore
import Testing

/// If these fail, a damaged or hand-made network file crashes the program, or is simulated as
/// something that its author did not mean.
@Suite struct NetworkValidationTests {
  /// The parts of a network of one visible and two latent neurons, all valid.
  struct Parts {
    var visible = 1
    var latent = 2
    var edges = [Scaffold.Edge(pre: 0, post: 1), Scaffold.Edge(pre: 2, post: 2)]
    var dendriticDelay = [2, 50, Network.maximalDelay]
    var scaffoldDelay = [1, 50, Network.maximalDelay]
    var interneuronDelay = [1, 50, Network.maximalDelay]
    var synapse = [false, true, true, true, false, true, true, false, false]
    var weight = [0, 0.5, -0.5, 1, 0, 0, 1e300, 0, 0]
    var state = NetworkState(neurons: 3)

    func network() throws(NetworkError) -> Network {
      try Network(
        visible: visible, latent: latent, scaffold: Scaffold(edges: edges),
        dendriticDelay: dendriticDelay, scaffoldDelay: scaffoldDelay,
        interneuronDelay: interneuronDelay, dendriticSynapse: SynapseMask(synapse),
        dendriticWeight: NumberArray(weight), state: state)
    }
  }

  struct Fault: CustomTestStringConvertible {
    var message: String
    var change: @Sendable (inout Parts) -> Void
    var testDescription: String { message }

    init(_ message: String, _ change: @escaping @Sendable (inout Parts) -> Void) {
      self.message = message
      self.change = change
    }
  }

  @Test("The bounds themselves are allowed")
  func valid() throws {
    var parts = Parts()
    let network = try parts.network()
    #expect(network.neurons == 3 && network.dendriticSynapses == 5)
    #expect(network.longestDelay == Network.maximalDelay)
    parts.edges = []
    parts.state.rateHistory = [0, 0.5, 1, 0, 0.5, 1]
    _ = try parts.network()
  }

  static let faults = [
    Fault("visible[0]: got 0; expected 1 to 1000000") { $0.visible = 0 },
    Fault("latent[0]: got 0; expected 1 to 1000000") { $0.latent = 0 },
    Fault("latent[0]: got 1000001; expected 1 to 1000000") { $0.latent = 1_000_001 },
    Fault("dendritic_delay: got 2 values; expected 3") { $0.dendriticDelay = [5, 5] },
    Fault("scaffold_delay: got 4 values; expected 3") { $0.scaffoldDelay = [5, 5, 5, 5] },
    Fault("interneuron_delay: got 0 values; expected 3") { $0.interneuronDelay = [] },
    Fault("dendritic_synapse: got 10 values; expected 9") { $0.synapse.append(false) },
    Fault("dendritic_weight: got 8 values; expected 9") { $0.weight.removeLast() },
    Fault("somatic_potential: got 2 values; expected 3") {
      $0.state.somaticPotential.removeLast()
    },
    Fault("dendritic_potential: got 4 values; expected 3") {
      $0.state.dendriticPotential.append(0)
    },
    Fault("trace: got 0 values; expected 3") { $0.state.trace = [] },
    Fault("rate_history: got 7 values; expected 6") {
      $0.state.rateHistory = NumberArray(Array(repeating: 0, count: 7))
    },
    Fault("dendritic_delay[1]: got 1; expected 2 to 100000") { $0.dendriticDelay[1] = 1 },
    Fault("dendritic_delay[2]: got 100001; expected 2 to 100000") {
      $0.dendriticDelay[2] = 100_001
    },
    Fault("scaffold_delay[0]: got 0; expected 1 to 100000") { $0.scaffoldDelay[0] = 0 },
    Fault("scaffold_delay[0]: got 100001; expected 1 to 100000") { $0.scaffoldDelay[0] = 100_001 },
    Fault("interneuron_delay[2]: got -3; expected 1 to 100000") { $0.interneuronDelay[2] = -3 },
    Fault("interneuron_delay[2]: got 100001; expected 1 to 100000") {
      $0.interneuronDelay[2] = 100_001
    },
    Fault("scaffold_pre[1]: got 3; expected 0 to 2") { $0.edges[1] = .init(pre: 3, post: 1) },
    Fault("scaffold_pre[0]: got -1; expected 0 to 2") { $0.edges[0] = .init(pre: -1, post: 1) },
    Fault("scaffold_post[0]: got 0; expected 1 to 2") { $0.edges[0] = .init(pre: 1, post: 0) },
    Fault("scaffold_post[1]: got 3; expected 1 to 2") { $0.edges[1] = .init(pre: 1, post: 3) },
    Fault("dendritic_weight[3]: got nan; expected a finite number") { $0.weight[3] = .nan },
    Fault("somatic_potential[0]: got inf; expected a finite number") {
      $0.state.somaticPotential[0] = .infinity
    },
    Fault("dendritic_potential[2]: got -inf; expected a finite number") {
      $0.state.dendriticPotential[2] = -.infinity
    },
    Fault("trace[1]: got nan; expected a finite number") { $0.state.trace[1] = .nan },
    Fault("rate_history[2]: got nan; expected a finite number") {
      $0.state.rateHistory = [0, 0, .nan]
    },
    Fault("dendritic_synapse[4]: got 1; expected 0, since no neuron connects to itself") {
      $0.synapse[4] = true
    },
    Fault("dendritic_weight[7]: got 0.25; expected 0, since there is no such synapse") {
      $0.weight[7] = 0.25
    },
  ]

  @Test("An error names the part that is not allowed, and the allowed values", arguments: faults)
  func fault(fault: Fault) {
    var parts = Parts()
    fault.change(&parts)
    do {
      _ = try parts.network()
      Issue.record("was accepted")
    } catch {
      #expect("\(error)" == fault.message)
    }
  }
}
