import NeuralCore
import Testing

/// If these fail, robustness is measured against other damage than the table says.
@Suite struct NetworkDamageTests {
  /// 5 visible and 15 latent neurons with 380 synapses, 95 of them onto visible neurons.
  private static func network(_ latent: Int = 15) throws -> Network {
    try Network(NetworkParameters(visible: 5, latent: latent), seed: 3)
  }

  /// A network after some damage, as a kernel has it.
  private static func damaged(
    _ network: Network, _ damage: NetworkDamage, _ variant: ModelVariant = .elise,
    seed: UInt64 = 1, kernel: KernelChoice = .reference
  ) throws -> Network {
    let target = Target(
      pattern: Pattern(
        name: "p", columns: [[Bool](repeating: true, count: network.visible)]), stepsPerNote: 3)
    let task = LearningTask(targets: [target], constants: ModelConstants(), seed: seed)
    let model = EliseModel(
      learning: LearningRule(variant: variant),
      network: NetworkParameters(visible: network.visible, latent: network.latent), kernel: kernel)
    let learner = try #require(
      model.learner(continuing: LearnerState(network), after: damage, for: task))
    return (learner as! EliseLearner).network()
  }

  /// Where synapses of a network are missing in another one.
  private static func lost(_ network: Network, _ damaged: Network) -> Set<Int> {
    Set(
      network.dendriticSynapse.indices.filter {
        network.dendriticSynapse[$0] && !damaged.dendriticSynapse[$0]
      })
  }

  @Test(
    "The requested fraction of the plastic synapses is lost, and no other synapse",
    arguments: [
      (ModelVariant.elise, 0.1, 38), (.elise, 0.01, 4), (.elise, 1, 380), (.elise, 0, 0),
      (.reservoir, 0.2, 19), (.reservoir, 0.01, 1), (.reservoir, 1, 95), (.somaOnly, 0.2, 19),
    ])
  func losses(variant: ModelVariant, fraction: Double, expected: Int) throws {
    let network = try Self.network()
    let damaged = try Self.damaged(network, .synapseLoss(fraction), variant)
    let lost = Self.lost(network, damaged)
    #expect(lost.count == expected)
    #expect(damaged.dendriticSynapses == network.dendriticSynapses - expected)
    if variant != .elise { #expect(lost.allSatisfy { $0 / 20 < 5 }) }
    for index in network.dendriticWeight.indices {
      #expect(
        damaged.dendriticWeight[index]
          == (lost.contains(index) ? 0 : network.dendriticWeight[index]))
    }
    #expect(damaged.scaffold == network.scaffold)
    #expect(damaged.state.somaticPotential == network.state.somaticPotential)
  }

  @Test("A small loss is a subset of a large one; another seed loses other synapses")
  func nestedLosses() throws {
    let network = try Self.network()
    func lost(_ fraction: Double, seed: UInt64 = 1) throws -> Set<Int> {
      Self.lost(network, try Self.damaged(network, .synapseLoss(fraction), seed: seed))
    }
    let losses = try [0.01, 0.02, 0.05, 0.1, 0.2].map { try lost($0) }
    for (mild, severe) in zip(losses, losses.dropFirst()) {
      #expect(mild.isStrictSubset(of: severe))
    }
    #expect(try lost(0.2) == losses[4])
    #expect(try lost(0.2, seed: 2) != losses[4])
  }

  @Test("Plastic synapses are those that can learn")
  func plasticSynapses() throws {
    let network = try Self.network()
    func count(_ variant: ModelVariant) -> Int {
      network.plasticSynapses(LearningRule(variant: variant))
    }
    #expect(count(.elise) == 380)
    #expect(count(.reservoir) == 95)
    #expect(count(.somaOnly) == 95)
  }

  @Test("Weights are noisy in proportion to themselves", arguments: [0.05, 0.8])
  func noisyWeights(deviation: Double) throws {
    // 70 neurons with 4830 synapses.
    let network = try Self.network(65)
    let noisy = try Self.damaged(network, .weightNoise(deviation))
    #expect(noisy.dendriticSynapse == network.dendriticSynapse)
    let changes = zip(noisy.dendriticWeight, network.dendriticWeight).compactMap { noisy, weight in
      if weight == 0 {
        #expect(noisy == 0)
        return nil as Double?
      }
      return noisy / weight - 1
    }
    try #require(changes.count == 70 * 69)
    let count = Double(changes.count)
    let mean = changes.reduce(0, +) / count
    let variance = changes.reduce(0) { $0 + $1 * $1 } / count
    #expect(abs(mean) < 5 * deviation / count.squareRoot())
    #expect(abs(variance / (deviation * deviation) - 1) < 5 * (2 / count).squareRoot())
    #expect(try Self.damaged(network, .weightNoise(deviation)) == noisy)
    #expect(try Self.damaged(network, .weightNoise(deviation), seed: 2) != noisy)
  }

  @Test("Severities of weight noise are those of one draw")
  func noiseScales() throws {
    let network = try Self.network()
    func change(_ deviation: Double) throws -> [Double] {
      let noisy = try Self.damaged(network, .weightNoise(deviation))
      return zip(noisy.dendriticWeight, network.dendriticWeight).map { $0 - $1 }
    }
    #expect(try deviation(change(0.5), change(0.25).map { 2 * $0 }) < 1e-12)
    #expect(try change(0).allSatisfy { $0 == 0 })
  }

  @Test(
    "Every kernel takes the same damage, whatever synapses there are",
    arguments: [KernelChoice.windowedDouble, .windowedSingle], [1.0, 0.3])
  func kernelsAgree(kernel: KernelChoice, density: Double) throws {
    var parameters = NetworkParameters(visible: 5, latent: 28)
    parameters.connectivity.density = density
    let network = try Network(parameters, seed: 3)
    for damage in [NetworkDamage.synapseLoss(0.2), .weightNoise(0.4)] {
      let expected = try Self.damaged(network, damage)
      let found = try Self.damaged(network, damage, kernel: kernel)
      #expect(found.dendriticSynapse == expected.dendriticSynapse)
      // Single precision rounds a weight, and its noisy value.
      let bound = kernel == .windowedDouble ? 0 : 2e-7
      #expect(
        zip(found.dendriticWeight, expected.dendriticWeight).allSatisfy {
          abs($0 - $1) <= bound * abs($1)
        }, "\(damage)")
    }
  }

  @Test("Lost neurons are latent ones, and more of them hold those of fewer")
  func lostNeurons() throws {
    let network = try Self.network()
    let target = Target(
      pattern: Pattern(
        name: "p", columns: [[Bool](repeating: true, count: network.visible)]), stepsPerNote: 3)
    let task = LearningTask(targets: [target], constants: ModelConstants(), seed: 1)
    let learner = EliseLearner(
      network, for: task, learning: LearningRule(), kernel: .reference)
    // 0.3, 0.75, 1.5, 3, 6 and 15 neurons.
    let lost = [0.02, 0.05, 0.1, 0.2, 0.4, 1].map { learner.lostLatentNeurons($0, seed: 1) }
    #expect(lost.map(\.count) == [0, 1, 2, 3, 6, 15])
    for (fewer, more) in zip(lost, lost.dropFirst()) {
      #expect(Set(fewer).isSubset(of: more))
    }
    #expect(Set(lost[5]) == Set(5..<20))
    #expect(Set(learner.lostLatentNeurons(0.4, seed: 2)) != Set(lost[4]))
  }
}
