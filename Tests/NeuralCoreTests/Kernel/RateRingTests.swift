import Testing

@testable import NeuralCore

/// If these fail, the fast kernels read rates of another step or of another neuron.
@Suite struct RateRingTests {
  struct Shape: CustomTestStringConvertible {
    var neurons: Int
    var delay: Int
    var window: Int
    var history: Int
    var testDescription: String {
      "\(neurons) neurons, delay \(delay), windows up to \(window), history \(history)"
    }
  }

  static let shapes = [
    Shape(neurons: 1, delay: 1, window: 1, history: 0),
    Shape(neurons: 2, delay: 2, window: 1, history: 1),
    Shape(neurons: 3, delay: 5, window: 5, history: 5),
    Shape(neurons: 17, delay: 60, window: 48, history: 10),
    Shape(neurons: 5, delay: 400, window: 48, history: 1_000),
  ]

  @Test("The ring gives what a plain delay line gives", arguments: shapes)
  func matchesDelayLine(shape: Shape) {
    check(shape, Double.self)
    check(shape, Float.self)
  }

  private func check<Scalar: VectorScalar>(_ shape: Shape, _ type: Scalar.Type) {
    var random = RandomStream(seed: 7, purpose: .bootstrap)
    /// Rates that single precision holds exactly.
    func rate() -> Double { Double(random.integer(below: 1 << 20)) * 0x1p-20 }

    let history = (0..<shape.history * shape.neurons).map { _ in rate() }
    let depth = shape.delay + shape.window
    var ring = RateRing<Scalar>(
      neurons: shape.neurons, depth: depth, history: history, restingRate: 0.25)
    var line = DelayLine(
      neurons: shape.neurons, depth: depth, history: history, restingRate: 0.25)
    let padded = shape.neurons + 3
    var wrong = 0
    for _ in 0..<3 * depth {
      let count = 1 + random.integer(below: shape.window)
      // A window is read before it is written, so its last step lies `count - 1` further back.
      for neuron in 0..<shape.neurons {
        for delay in [count, (count + shape.delay) / 2, shape.delay] where delay >= count {
          ring.forEachDelayed(neuron, delay: delay, count: count) { offset, rate in
            if Double(rate) != line.rate(neuron, stepsBack: delay - 1 - offset) { wrong += 1 }
          }
        }
      }
      let rates = (0..<count * padded).map { _ in rate() }
      rates.map { Scalar($0) }.withUnsafeBufferPointer {
        ring.append($0.baseAddress!, count: count, paddedNeurons: padded)
      }
      for step in 0..<count {
        line.append(Array(rates[step * padded..<step * padded + shape.neurons]))
      }
    }
    #expect(wrong == 0, "\(wrong) rates are wrong")
    #expect(ring.history(depth) == line.history)
    #expect(ring.history(shape.delay) == Array(line.history.suffix(shape.delay * shape.neurons)))
  }
}
