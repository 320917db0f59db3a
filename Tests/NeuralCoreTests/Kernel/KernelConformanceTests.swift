import NeuralCore
import Testing

/// If these fail, results depend on the kernel for sizes that do not fill a vector, delays shorter
/// than a window, or notes that do not fit into one.
@Suite struct KernelConformanceTests {
  static let populations = [
    (1, 1), (1, 2), (2, 3), (3, 13), (1, 16), (7, 26), (13, 50), (5, 124), (13, 187),
  ].map { KernelCase(visible: $0, latent: $1, seed: UInt64($0 + 1_000 * $1)) }

  static let delays = [
    (2...2, 0), (2...3, 1), (2...400, 0), (48...48, 250), (49...49, 0), (50...50, 250),
    (47...60, 3), (150...700, 250),
  ].map { KernelCase(visible: 4, latent: 9, delay: $0, interneuronDelay: $1, seed: 5) }

  static let noteLengths = [3, 7, 12, 47, 48, 49, 96, 100].flatMap { stepsPerNote in
    [1, 3].map { notes in
      KernelCase(visible: 3, latent: 6, stepsPerNote: stepsPerNote, notes: notes, seed: 6)
    }
  }

  static let variations = [
    KernelCase(visible: 5, latent: 8, learning: LearningRule(visible: 0, latent: 0)),
    KernelCase(visible: 5, latent: 8, learning: LearningRule(visible: 0.02, latent: 0)),
    KernelCase(visible: 5, latent: 8, learning: LearningRule(visible: 0, latent: 0.02)),
    KernelCase(visible: 4, latent: 8, edges: .none),
    KernelCase(visible: 4, latent: 8, interneuronDelay: 90, lagSpread: 37),
    KernelCase(visible: 4, latent: 8, interneuronDelay: -40),
    KernelCase(visible: 4, latent: 8, edges: .repeated),
    KernelCase(visible: 6, latent: 17, density: 0.5),
    KernelCase(visible: 6, latent: 17, density: 0),
    KernelCase(visible: 6, latent: 60, density: 0.002),  // panels without a synapse between others
    KernelCase(visible: 3, latent: 4, nudged: [false, false, true, true, true, false]),
  ]

  /// Every variant of the model, dense and sparse, under everything that can act on a network.
  static let variants = ModelVariant.allCases.flatMap { variant in
    [1, 0.5].flatMap { density in
      KernelCase.Disturbance.allCases.map { disturbance in
        KernelCase(
          visible: 5, latent: 19, stepsPerNote: 30, notes: 5,
          learning: LearningRule(visible: 1e-3, latent: 5e-3, variant: variant), density: density,
          disturbance: disturbance)
      }
    }
  }

  /// Neurons with constants of their own, in one panel and in several.
  static let heterogeneous =
    (variants + [
      KernelCase(visible: 1, latent: 2), KernelCase(visible: 13, latent: 187, edges: .repeated),
    ]).map(\.heterogeneous)

  /// Networks whose weights take several tiles: a window is then longer than a block. Of the larger
  /// ones less is kept of a window.
  static let tiled = [(260, 1), (260, 0.6), (505, 1)].map { latent, density in
    KernelCase(
      visible: 13, latent: latent, stepsPerNote: 33, notes: 2, density: density,
      nudged: [true, false], seed: 8)
  }

  @Test(
    "Kernels compute the reference's numbers",
    arguments: [
      KernelChoice.windowedDouble, .windowedSingle,
    ],
    populations + delays + noteLengths + variations + variants + heterogeneous + tiled
      + KernelCase.constants)
  func matchesReference(kernel: KernelChoice, of example: KernelCase) throws {
    let network = try example.network()
    let reference = try example.start(.reference, from: network)
    let tested = try example.start(kernel, from: network)
    let bounds = Bounds.of(kernel)
    func compare(_ what: String, _ found: [Double], _ expected: [Double], within bound: Double) {
      let distance = deviation(found, expected)
      #expect(
        distance <= bound,
        "\(what): got a deviation of \(distance); expected at most \(bound)")
    }
    for cycle in example.nudged.indices {
      let drive = example.drive(ofCycle: cycle)
      compare(
        "rates of cycle \(cycle)", tested.rates(drive, neurons: network.neurons),
        reference.rates(drive, neurons: network.neurons), within: bounds.rate)
    }
    let found = tested.network(beforeCycle: 7)
    let expected = reference.network(beforeCycle: 7)
    compare(
      "weights", found.dendriticWeight.doubles, expected.dendriticWeight.doubles,
      within: bounds.weight)
    compare(
      "somatic potentials", found.state.somaticPotential, expected.state.somaticPotential,
      within: bounds.potential)
    compare(
      "dendritic potentials", found.state.dendriticPotential, expected.state.dendriticPotential,
      within: bounds.potential)
    compare("traces", found.state.trace, expected.state.trace, within: bounds.rate)
    compare(
      "rates of the past", found.state.rateHistory.doubles, expected.state.rateHistory.doubles,
      within: bounds.rate)
    #expect(found.cycle == 7)
    #expect(found.dendriticSynapse == network.dendriticSynapse)
    #expect(found.scaffold == network.scaffold)
  }

  @Test("A synapse that does not exist never gets a weight", arguments: KernelChoice.allCases)
  func absentSynapses(kernel: KernelChoice) throws {
    for (latent, density) in [(21, 1), (60, 1), (21, 0.5)] {
      var example = KernelCase(visible: 5, latent: latent, density: density)
      example.learning = LearningRule(visible: 0.1, latent: 0.1)
      let network = try example.network()
      let tested = try example.start(kernel, from: network)
      var none: RateRecord?
      for _ in 0..<3 {
        try tested.runCycle(CycleDrive(nudged: true), recordingInto: &none)
        let weight = tested.network(beforeCycle: 0).dendriticWeight
        let grown = weight.indices.filter { !network.dendriticSynapse[$0] && weight[$0] != 0 }
        #expect(grown.isEmpty, "\(latent) latent neurons, density \(density)")
        #expect(weight != network.dendriticWeight)
      }
    }
  }

  /// How far a kernel may stray from the reference. Differences of rounding grow while a network
  /// runs; an error in the order of a step or in a delay shows as 1e-4 or more.
  private struct Bounds {
    var weight: Double  // [mV]
    var potential: Double  // [mV]
    var rate: Double

    static func of(_ kernel: KernelChoice) -> Bounds {
      switch kernel {
      case .reference, .windowedDouble: Bounds(weight: 1e-11, potential: 1e-10, rate: 1e-11)
      case .windowedSingle: Bounds(weight: 1e-4, potential: 1e-3, rate: 1e-4)
      }
    }
  }
}
