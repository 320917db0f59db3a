import NeuralCore
import Testing

/// If these fail, the simulated network is not the paper's: an equation, the order of the steps, a
/// delay, the target or the schedule is off, and whatever a sweep reports is about another model.
@Suite struct GoldenTraceTests {
  /// How far a kernel may stray from the authors' numbers over 48 cycles.
  struct Bounds {
    var weight: Double  // [mV]
    var potential: Double  // [mV]
    var trace: Double
    var rate: Double

    static func of(_ kernel: KernelChoice) -> Bounds {
      switch kernel {
      case .reference, .windowedDouble:
        Bounds(weight: 1e-9, potential: 1e-9, trace: 1e-9, rate: 1e-9)
      case .windowedSingle:
        Bounds(weight: 0.02, potential: 0.01, trace: 1e-4, rate: 3e-4)
      }
    }
  }

  /// The traces, with how many things each holds to compare.
  static let traces = [
    ("elise-h50", 6 * 4 + 4 + 4), ("reservoir-h50", 5 * 4 + 1 + 1),
    ("disrupted-h50", 3 * 4 + 1 + 2),
  ]

  @Test(
    "Weights, state and rates are those of the authors' code", arguments: KernelChoice.allCases,
    traces)
  func matchesAuthorsCode(kernel: KernelChoice, trace: (name: String, parts: Int)) throws {
    let golden = try GoldenTrace(trace.name)
    let (simulation, learner) = try golden.simulation(kernel)
    let bounds = Bounds.of(kernel)
    var compared: [String] = []
    func compare(_ what: String, _ found: [Double], _ expected: [Double], within bound: Double) {
      let distance = deviation(found, expected)
      #expect(
        distance <= bound,
        "\(what): got a deviation of \(distance); expected at most \(bound)")
      compared.append(what)
    }

    try simulation.run { cycle in
      (try? golden.rateVariable(cycle)) == nil ? .none : .everything
    } observe: { cycle, record in
      if let record, let name = try golden.rateVariable(cycle) {
        let every = try golden.rateEvery()
        let rates = stride(from: 0, to: record.samples, by: every).flatMap { step in
          (0..<record.neurons).map { record[sample: step, neuron: $0] }
        }
        compare(name, rates, try golden.rates(name), within: bounds.rate)
      }
      let saved = cycle.phase == .training ? golden.cycles : golden.replayCycles
      guard let row = saved.firstIndex(of: cycle.number) else { return }
      let network = learner.network()
      let after = "after \(cycle.phase) cycle \(cycle.number)"
      let prefix = cycle.phase == .training ? "" : "replay_"
      compare(
        "weights \(after)", network.dendriticWeight.doubles,
        try golden.row(prefix + "dendritic_weight", row), within: bounds.weight)
      guard cycle.phase == .training else { return }
      compare(
        "somatic potentials \(after)", network.state.somaticPotential,
        try golden.row("somatic_potential", row), within: bounds.potential)
      compare(
        "dendritic potentials \(after)", network.state.dendriticPotential,
        try golden.row("dendritic_potential", row), within: bounds.potential)
      compare(
        "traces \(after)", network.state.trace, try golden.row("trace", row),
        within: bounds.trace)
    }
    #expect(compared.count == trace.parts, "compared only \(compared)")
  }
}
