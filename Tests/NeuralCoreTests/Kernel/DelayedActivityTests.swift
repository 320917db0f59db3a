import CMalloc
import Testing

@testable import NeuralCore

/// If these fail, dendrites receive rates of another neuron or step, or traces are not the running
/// sums over earlier rates that learning needs.
@Suite struct DelayedActivityTests {
  @Test(
    "Rows hold delayed rates and the traces after them, window after window", arguments: [2, 9, 17])
  func rows(neurons: Int) throws {
    try check(Double.self, neurons: neurons, within: 1e-15)
    try check(Float.self, neurons: neurons, within: 1e-6)
  }

  private func check<Scalar: VectorScalar>(
    _ type: Scalar.Type, neurons: Int, within bound: Double
  ) throws {
    var parameters = NetworkParameters(visible: 1, latent: neurons - 1)
    parameters.growth = nil
    var network = try Network(parameters, seed: 4)
    var random = RandomStream(seed: 5, purpose: .bootstrap)
    /// A rate that single precision holds exactly.
    func rate() -> Double { Double(random.integer(below: 1 << 20)) * 0x1p-20 }
    network.state.trace = (0..<neurons).map { _ in rate() }
    let constants = ModelConstants()
    let depth = network.longestDelay
    let ring = RateRing<Scalar>(
      neurons: neurons, longestDelay: depth, windowLength: 40, history: [],
      restingRate: constants.restingRate)
    var line = DelayLine(
      neurons: neurons, depth: depth, history: [], restingRate: constants.restingRate)
    let activity = DelayedActivity<Scalar>(network, constants: constants, blocks: 5)
    var trace = network.state.trace
    let leak = constants.leakConductance
    let coupling = constants.dendriteConductance
    let gain = constants.timeStep * leak * coupling / (leak + coupling)
    // The last block of a window need not be full.
    for steps in [40, 13, 40, 8, 3] {
      // Members of a team come and go, so each has rows of its own; some miss a window.
      let member = steps == 13 ? 0 : 2
      for step in 0..<steps {
        let rows = activity.rows(of: member, steps: steps, from: ring).from(step)
        for neuron in 0..<neurons {
          let delay = network.dendriticDelay[neuron] - 1
          let expected = line.rate(neuron, stepsBack: delay - 1 - step)
          #expect(abs(Double(rows.traces[neuron]) - trace[neuron]) <= bound)
          #expect(abs(Double(rows.rates[neuron]) - expected) <= bound)
          trace[neuron] += gain * expected - leak * constants.timeStep * trace[neuron]
          #expect(abs(Double(rows.traces[neuron + rows.stride]) - trace[neuron]) <= bound)
        }
      }
      activity.advance(steps, from: ring)
      #expect(zip(activity.latestTrace, trace).allSatisfy { abs($0 - $1) <= bound })
      let padded = (neurons + 15) / 16 * 16
      for first in stride(from: 0, to: steps, by: 8) {
        let rates = (0..<StepBlock.panelStride * padded).map { _ in rate() }
        let count = min(8, steps - first)
        rates.map { Scalar($0) }.withUnsafeBufferPointer {
          ring.append($0.baseAddress!, of: 0..<neurons, at: 0)
        }
        ring.advance(count)
        for step in 0..<count {
          line.append(
            (0..<neurons).map {
              rates[StepBlock.place(ofNeuron: $0, Scalar.self) + step * Scalar.Vector.scalarCount]
            })
        }
      }
    }
  }

  /// If this fails, `plan` says that helping threads take less memory than they do, and a job that
  /// requests what `plan` says is killed.
  @Test("A helper takes the memory that is predicted", arguments: [57, 200, 512, 513, 1000])
  func memoryOfHelper(neurons: Int) throws {
    try checkMemory(Double.self, neurons: neurons)
    try checkMemory(Float.self, neurons: neurons)
  }

  private func checkMemory<Scalar: VectorScalar>(_ type: Scalar.Type, neurons: Int) throws {
    var parameters = NetworkParameters(visible: 1, latent: neurons - 1)
    parameters.growth = nil
    let network = try Network(parameters, seed: 4)
    let constants = ModelConstants()
    let window = WindowedKernel<Scalar>(
      network: network, targets: [], learning: LearningRule(), constants: constants
    ).windowLength
    let ring = RateRing<Scalar>(
      neurons: neurons, longestDelay: network.longestDelay, windowLength: window, history: [],
      restingRate: constants.restingRate)
    let activity = DelayedActivity<Scalar>(
      network, constants: constants, blocks: StepBlock.count(steps: window))
    let rows = activity.rows(of: 1, steps: window, from: ring)
    func size(_ block: UnsafePointer<Scalar>) -> Int {
      malloc_usable_size(UnsafeMutableRawPointer(mutating: block))
    }
    let allocated = size(rows.rates) + size(rows.traces)
    let predicted = WindowedKernel<Scalar>.bytesPerHelper(neurons)
    // The system rounds each of two blocks up to whole pages.
    #expect((predicted...predicted + 2 * 8192).contains(allocated), "\(allocated), \(predicted)")
  }
}
