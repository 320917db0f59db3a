import Testing

@testable import NeuralCore

/// If these fail, threads that compute one network together fetch each other's memory in each step,
/// and two threads can be slower than one.
@Suite struct PanelGapTests {
  @Test("Panels that different threads write are apart", arguments: [3, 62, 300])
  func panelsAreApart(latent: Int) throws {
    try check(Double.self, latent: latent)
    try check(Float.self, latent: latent)
  }

  private func check<Scalar: VectorScalar>(_ type: Scalar.Type, latent: Int) throws {
    let gap = PanelGap.vectors
    let vector = MemoryLayout<Scalar.Vector>.stride
    let parameters = NetworkParameters(visible: 13, latent: latent)
    let network = try Network(parameters, seed: 3)
    let constants = ModelConstants()
    let learning = LearningRule()
    let weights = WeightPanels<Scalar>(network, learning)
    let panels = weights.panels.count

    for panel in 1..<panels {
      let before = weights.panels[panel - 1]
      #expect(weights.panels[panel].start - before.start - before.count >= gap)
    }
    let population = Population<Scalar>(
      network, learning, constants, windowLength: 48, panels: panels)
    let used = MemoryLayout<PanelState<Scalar>>.offset(of: \.gap)!
    #expect(MemoryLayout<PanelState<Scalar>>.stride - used >= gap * vector)
    #expect(population.input(1, step: 0) - population.input(0, step: 7) > gap)

    let lanes = Scalar.Vector.scalarCount
    #expect(
      StepBlock.place(ofNeuron: lanes, Scalar.self)
        >= StepBlock.place(ofNeuron: 0, Scalar.self) + (StepBlock.steps + gap) * lanes)
    let ring = RateRing<Scalar>(
      neurons: network.neurons, longestDelay: network.longestDelay, windowLength: 48,
      history: network.state.rateHistory, restingRate: constants.restingRate)
    let scaffold = ScaffoldInput<Scalar>(
      network, constants: constants, windowLength: 48, panels: panels, from: ring)
    let slots = (-8..<48).map {
      scaffold.conductances($0).excitation - scaffold.conductances(0).excitation
    }
    #expect(scaffold.panelStride - (slots.max()! - slots.min()!) > gap)
  }
}
