import Glibc
import Testing

@testable import NeuralCore

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

/// If these fail, neurons differ in another way, or by another amount, than a sweep asks for.
@Suite struct HeterogeneityTests {
  private static func constants(_ heterogeneity: Double, seed: UInt64 = 1) -> ModelConstants {
    var constants = ModelConstants()
    constants.heterogeneity = heterogeneity
    constants.heterogeneitySeed = seed
    return constants
  }

  /// The factors of each neuron.
  private static func factors(_ constants: ModelConstants, _ count: Int) -> [[Double]] {
    constants.ofNeurons(count).map { own in
      [
        own.rateSlope / constants.rateSlope,
        (own.rateThreshold - constants.leakPotential)
          / (constants.rateThreshold - constants.leakPotential),
        own.leakConductance / constants.leakConductance,
      ]
    }
  }

  @Test("Factors have the mean 1 and the deviation that was asked for, each on its own")
  func distribution() {
    let factors = Self.factors(Self.constants(0.1), 20_000)
    func mean(_ value: ([Double]) -> Double) -> Double {
      factors.reduce(0) { $0 + value($1) } / Double(factors.count)
    }
    for index in 0..<3 {
      #expect(abs(mean { $0[index] } - 1) < 0.003)
      #expect(abs(mean { pow($0[index] - 1, 2) }.squareRoot() - 0.1) < 0.002)
      #expect(abs(mean { ($0[index] - 1) * ($0[(index + 1) % 3] - 1) }) < 3e-4)
    }
  }

  @Test("No factor is below 0.1 or above the one that the check of the time step assumes")
  func limits() {
    let factors = Self.factors(Self.constants(1), 20_000).joined()
    #expect(abs(factors.min()! - 0.1) < 1e-12)
    #expect(factors.max()! < ModelConstants.largestFactor(1))
    // The largest number of a stream, from the least uniform number above 0.
    #expect((-2 * log(0x1p-53)).squareRoot() < 8.6)
  }

  @Test("Draws depend on the seed, not on the size of the network")
  func draws() {
    let constants = Self.constants(0.2)
    #expect(constants.ofNeurons(9)[..<5] == constants.ofNeurons(5)[...])
    #expect(constants.ofNeurons(5) != Self.constants(0.2, seed: 2).ofNeurons(5))
    #expect(
      Self.constants(0, seed: 3).ofNeurons(2) == [
        Self.constants(0, seed: 3), Self.constants(0, seed: 3),
      ])
  }

  @Test("The trace of a presynaptic neuron and the rate at rest are those of equal neurons")
  func sharedConstants() throws {
    let example = KernelCase(visible: 3, latent: 5, learning: LearningRule(visible: 0, latent: 0))
    let traces = try [example, example.heterogeneous].map { example in
      // One step, in which no neuron acts on another.
      var network = try example.network()
      network.state.somaticPotential = Array(repeating: -70, count: 8)
      var running = example
      (running.stepsPerNote, running.notes) = (3, 1)
      let kernel = try running.start(.windowedDouble, from: network)
      _ = kernel.rates(ofCycle: false, neurons: 8)
      return kernel.network(beforeCycle: 0).state.trace
    }
    #expect(traces[0] == traces[1])
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
