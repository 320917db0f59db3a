import Testing

@testable import NeuralCore

/// If these fail, the kernel against which all others are tested is wrong in cases that the golden
/// traces do not cover: delays of one or two steps.
@Suite struct ReferenceKernelTests {
  @Test(
    "Delays are counted as the model counts them",
    arguments: [
      KernelCase(visible: 1, latent: 2, delay: 2...2, interneuronDelay: 0, stepsPerNote: 5),
      KernelCase(visible: 2, latent: 3, delay: 2...4, interneuronDelay: 1, stepsPerNote: 6),
      KernelCase(visible: 3, latent: 4, delay: 2...90, interneuronDelay: 7, edges: .repeated),
      KernelCase(visible: 3, latent: 4, learning: LearningRule(visible: 0.01, latent: 0.03)),
    ] + KernelCase.constants)
  func matchesPlainModel(example: KernelCase) throws {
    let network = try example.network()
    let kernel = try example.start(.reference, from: network)
    var plain = PlainModel(network, example.constants)
    for nudged in example.nudged {
      let start = plain.rates.count
      plain.runCycle(example.target, example.learning, nudged: nudged)
      let distance = deviation(
        kernel.rates(ofCycle: nudged, neurons: network.neurons),
        Array(plain.rates[start...].joined()))
      #expect(distance <= 1e-13, "rates deviate by \(distance)")
    }
    let found = kernel.network(beforeCycle: 0)
    #expect(deviation(found.dendriticWeight, Array(plain.w.joined())) <= 1e-12)
    #expect(deviation(found.state.somaticPotential, plain.u) <= 1e-11)
    #expect(deviation(found.state.dendriticPotential, plain.v) <= 1e-11)
    #expect(deviation(found.state.trace, plain.rbar) <= 1e-13)
  }

  /// The first steps by hand: one visible neuron at rest, whose only synapse comes from a latent
  /// neuron that fired at one known step.
  @Test("A spike of rate arrives after the dendritic delay less one step")
  func arrival() throws {
    let rest = ModelConstants().restingRate
    var state = NetworkState(neurons: 2)
    state.rateHistory = [rest, 1, rest, rest]  // the latent neuron fires in step -2
    let network = try Network(
      visible: 1, latent: 1, scaffold: Scaffold(), dendriticDelay: [9, 5], scaffoldDelay: [9, 9],
      interneuronDelay: [9, 9], dendriticSynapse: SynapseMask([false, true, false, false]),
      dendriticWeight: [0, 2, 0, 0], state: state)
    for kernel in KernelChoice.allCases {
      let target = Target(pattern: Pattern(name: "", columns: [[true]]), stepsPerNote: 4)
      let tested = kernel.type.init(
        network: network, targets: [target], learning: LearningRule(visible: 0, latent: 0),
        constants: ModelConstants())
      let rates = tested.rates(ofCycle: false, neurons: 2)
      // In step 2 the input is 2 mV * 1, before and after 2 mV * rest; step 3 sees it in the soma.
      var v = -70.0
      var u = -70.0
      for step in 0..<4 {
        u += 0.1 * (0.1 * (-70 - u) + 2 * (v - u))
        v += 0.01 * (-70 - v + 2 * (step == 2 ? 1 : rest))
        #expect(
          abs(rates[2 * step] - ModelConstants().rate(u))
            < (kernel == .windowedSingle ? 1e-6 : 1e-14),
          "\(kernel), step \(step)")
      }
    }
  }
}

/// If these fail, rates arrive at another time than the delays of a network say.
@Suite struct DelayLineTests {
  @Test("Rates before the history are the resting rate")
  func rest() {
    let line = DelayLine(neurons: 2, depth: 3, history: [], restingRate: 0.25)
    #expect(line.rates(stepsBack: 0) == [0.25, 0.25])
    #expect(line.history == [Double](repeating: 0.25, count: 6))
  }

  @Test("A history shorter than the line is its newest part; of a longer one the end counts")
  func history() {
    let short = DelayLine(neurons: 2, depth: 3, history: [1, 2, 3, 4], restingRate: 0.5)
    #expect(short.history == [0.5, 0.5, 1, 2, 3, 4])
    #expect(short.rate(1, stepsBack: 0) == 4)
    #expect(short.rate(0, stepsBack: 1) == 1)
    #expect(short.rate(0, stepsBack: 2) == 0.5)
    let long = DelayLine(neurons: 2, depth: 1, history: [1, 2, 3, 4], restingRate: 0.5)
    #expect(long.history == [3, 4])
  }

  @Test(
    "Delayed rates are those of the requested step, also after the ring wraps",
    arguments: [
      1, 2, 3, 7,
    ])
  func wrapAround(depth: Int) {
    var line = DelayLine(neurons: 2, depth: depth, history: [], restingRate: 0)
    for step in 1...50 {
      line.append([Double(step), Double(-step)])
      for back in 0..<depth {
        let expected = Double(max(0, step - back))
        #expect(line.rates(stepsBack: back) == [expected, -expected])
      }
    }
  }
}
