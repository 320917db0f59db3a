import Testing

@testable import NeuralCore

/// If these fail, the fast kernel reads rates of another step or of another neuron.
@Suite struct RateRingTests {
  struct Shape: CustomTestStringConvertible {
    var neurons: Int
    var delay: Int
    var history: Int
    var testDescription: String { "\(neurons) neurons, delay \(delay), history \(history)" }
  }

  static let shapes = [
    Shape(neurons: 1, delay: 1, history: 0), Shape(neurons: 2, delay: 2, history: 1),
    Shape(neurons: 3, delay: 5, history: 5), Shape(neurons: 9, delay: 8, history: 20),
    Shape(neurons: 17, delay: 60, history: 10), Shape(neurons: 5, delay: 400, history: 1_000),
  ]

  @Test("The ring matches a plain delay line", arguments: shapes)
  func matchesDelayLine(shape: Shape) {
    check(shape, Double.self)
    check(shape, Float.self)
  }

  private func check<Scalar: VectorScalar>(_ shape: Shape, _ type: Scalar.Type) {
    var random = RandomStream(seed: 7, purpose: .bootstrap)
    /// Rates that single precision holds exactly.
    func rate() -> Double { Double(random.integer(below: 1 << 20)) * 0x1p-20 }

    let history = NumberArray((0..<shape.history * shape.neurons).map { _ in rate() })
    let ring = RateRing<Scalar>(
      neurons: shape.neurons, longestDelay: shape.delay, windowLength: 8, history: history,
      restingRate: 0.25)
    var line = DelayLine(
      neurons: shape.neurons, depth: shape.delay, history: history.doubles, restingRate: 0.25)
    let padded = (shape.neurons + 15) / 16 * 16
    func place(_ neuron: Int, _ step: Int) -> Int {
      StepBlock.place(ofNeuron: neuron, Scalar.self) + step * Scalar.Vector.scalarCount
    }
    var wrong = 0
    for _ in 0..<3 * shape.delay + 20 {
      // Blocks lie one behind the other until the delay ends; the last may be partly known.
      for neuron in 0..<shape.neurons {
        for delay in [1, (1 + shape.delay) / 2, shape.delay] {
          for offset in stride(from: 0, to: delay, by: 8) {
            let block = ring.blocks.block(neuron, delay: delay, offset: offset)
            for step in 0..<min(8, delay - offset)
            where Double(block[step]) != line.rate(neuron, stepsBack: delay - 1 - offset - step) {
              wrong += 1
            }
          }
        }
      }
      let count = 1 + random.integer(below: 8)
      // Steps beyond `count` are written too, and must not be found later. While they are written,
      // other threads read the past.
      let rates = (0..<StepBlock.panelStride * padded).map { _ in rate() }
      rates.map { Scalar($0) }.withUnsafeBufferPointer {
        ring.append($0.baseAddress!, of: 0..<shape.neurons, at: 0)
      }
      for neuron in 0..<shape.neurons
      where Double(ring.blocks.block(neuron, delay: shape.delay)[0])
        != line.rate(neuron, stepsBack: shape.delay - 1)
      { wrong += 1 }
      ring.advance(count)
      for step in 0..<count {
        line.append((0..<shape.neurons).map { rates[place($0, step)] })
      }
    }
    #expect(wrong == 0, "\(wrong) rates are wrong")
    let past = ring.history(shape.delay, 0..<shape.delay * shape.neurons)
    #expect(past.map { Double($0) } == line.history)
  }
}
