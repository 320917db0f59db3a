import NeuralCore
import Testing

/// If these fail, a network whose numbers overflowed is scored as if it had learnt badly, and its
/// trial is reported as done.
@Suite struct KernelDivergenceTests {
  private static let example = KernelCase(visible: 5, latent: 18)

  @Test("A network that stays finite is not called diverged", arguments: KernelChoice.allCases)
  func finite(kernel: KernelChoice) throws {
    let tested = try Self.example.start(kernel)
    #expect(tested.isFinite)
    _ = tested.rates(ofCycle: true, neurons: 23)
    #expect(tested.isFinite)
  }

  @Test("Weights that overflow are noticed", arguments: KernelChoice.allCases)
  func weights(kernel: KernelChoice) throws {
    var network = try Self.example.network()
    network.dendriticWeight = NumberArray(network.dendriticSynapse.map { $0 ? 1e308 : 0 })
    try expectDivergence(kernel, from: network, LearningRule())
  }

  @Test("Learning rates that overflow are noticed", arguments: KernelChoice.allCases)
  func learning(kernel: KernelChoice) throws {
    let network = try Self.example.network()
    let most = Double.greatestFiniteMagnitude
    try expectDivergence(kernel, from: network, LearningRule(visible: most, latent: most))
  }

  /// With hundreds of edges onto one soma the Euler step itself is unstable.
  @Test("Somatic potentials that overflow are noticed", arguments: KernelChoice.allCases)
  func scaffold(kernel: KernelChoice) throws {
    var network = try Self.example.network()
    network.scaffold = Scaffold(
      edges: [Scaffold.Edge](repeating: Scaffold.Edge(pre: 0, post: 7), count: 5_000))
    try expectDivergence(kernel, from: network, LearningRule(visible: 0, latent: 0))
  }

  @Test("A potential that is no number is noticed", arguments: KernelChoice.allCases)
  func notANumber(kernel: KernelChoice) throws {
    for neuron in [0, 22] {
      var network = try Self.example.network()
      network.state.somaticPotential[neuron] = .nan
      try expectDivergence(kernel, from: network, LearningRule())
      network = try Self.example.network()
      network.state.dendriticPotential[neuron] = .infinity
      try expectDivergence(kernel, from: network, LearningRule())
    }
  }

  private func expectDivergence(
    _ kernel: KernelChoice, from network: Network, _ learning: LearningRule
  ) throws {
    var example = Self.example
    example.learning = learning
    example.stepsPerNote = 100
    let tested = try example.start(kernel, from: network)
    _ = tested.rates(ofCycle: true, neurons: 23)
    _ = tested.rates(ofCycle: true, neurons: 23)
    #expect(!tested.isFinite)
  }
}
