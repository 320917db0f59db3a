import NeuralCore
import Testing

/// If these fail, networks are simulated with other constants than the paper's.
@Suite struct ModelConstantsTests {
  private let constants = ModelConstants()

  @Test(
    "The rate function is one half at its threshold and saturates",
    arguments: [
      (-58, 0.5), (-48, 0.952_574_126_822_433_2), (-70, 0.026_596_993_576_865_856), (1e4, 1),
      (-1e4, 0),
    ])
  func rate(potential: Double, expected: Double) {
    #expect(abs(constants.rate(potential) - expected) < 1e-15)
  }

  @Test("The teacher's conductances pull to the target", arguments: [-75.0, -70, -60, -50, 0])
  func teacher(target: Double) {
    let teacher = constants.teacher(target: target)
    #expect(abs(constants.nudgingConductance - 3.15) < 1e-14)
    #expect(abs(teacher.excitatory + teacher.inhibitory - 3.15) < 1e-14)
    let reversal = (teacher.excitatory * 0 + teacher.inhibitory * -75) / 3.15
    #expect(abs(reversal - target) < 1e-12)
    #expect(teacher.excitatory >= 0 && teacher.inhibitory >= 0)
  }
}

/// If these fail, a variant learns at other synapses than it says, or its latent neurons have
/// another dendrite.
@Suite struct LearningRuleTests {
  private static let visible = 4
  private static let neurons = 13

  /// A connection from one population to another.
  private enum Block {
    case visibleToVisible
    case latentToVisible
    case visibleToLatent
    case latentToLatent

    init(pre: Int, post: Int) {
      switch (pre < visible, post < visible) {
      case (true, true): self = .visibleToVisible
      case (false, true): self = .latentToVisible
      case (true, false): self = .visibleToLatent
      case (false, false): self = .latentToLatent
      }
    }
  }

  /// The connections whose weights change in a nudged cycle.
  private static func learned(_ kernel: KernelChoice, _ rule: LearningRule) throws -> Set<Block> {
    let example = KernelCase(visible: visible, latent: neurons - visible, learning: rule)
    let running = try example.start(kernel)
    let before = running.network(beforeCycle: 0).dendriticWeight
    _ = running.rates(ofCycle: true, neurons: neurons)
    let after = running.network(beforeCycle: 1).dendriticWeight
    return Set(
      before.indices.filter { before[$0] != after[$0] }
        .map { Block(pre: $0 % neurons, post: $0 / neurons) })
  }

  @Test(
    "A learning rate changes the weights of its own synapses", arguments: KernelChoice.allCases,
    ModelVariant.allCases)
  func learningRates(kernel: KernelChoice, variant: ModelVariant) throws {
    func learned(visible: Double, latent: Double) throws -> Set<Block> {
      try Self.learned(
        kernel, LearningRule(visible: visible, latent: latent, variant: variant))
    }
    #expect(try learned(visible: 0.01, latent: 0) == [.visibleToVisible])
    let onto: Set<Block> = variant == .elise ? [.visibleToLatent, .latentToLatent] : []
    #expect(try learned(visible: 0, latent: 0.01) == onto.union([.latentToVisible]))
  }

  @Test(
    "A latent soma follows its dendrite, except in soma_only", arguments: KernelChoice.allCases,
    ModelVariant.allCases)
  func dendrites(kernel: KernelChoice, variant: ModelVariant) throws {
    let example = KernelCase(
      visible: Self.visible, latent: Self.neurons - Self.visible,
      learning: LearningRule(variant: variant))
    let network = try example.network()
    var shifted = network
    for neuron in 0..<Self.neurons { shifted.state.dendriticPotential[neuron] += 5 }
    // No other neuron acts within the first step. Rates may differ by rounding only.
    let rates = try [network, shifted].map {
      try example.start(kernel, from: $0).rates(ofCycle: false, neurons: Self.neurons)
    }
    for neuron in 0..<Self.neurons {
      let isCoupled = neuron < Self.visible || variant != .somaOnly
      #expect((abs(rates[0][neuron] - rates[1][neuron]) > 1e-5) == isCoupled, "neuron \(neuron)")
    }
  }
}
