import Foundation
import Testing

@testable import NeuralCore

/// If these fail, the rates of the fast kernel are not those of the rate function.
@Suite struct VectorScalarTests {
  private func powerOfTwo<Scalar: VectorScalar>(_ exponent: Scalar) -> Scalar {
    let power = Scalar.powerOfTwo(Scalar.Vector(repeating: exponent))
    return power.numerator[0] / (power.even[0] - power.odd[0])
  }

  @Test("A power is right to a few units in the last place, in double precision")
  func double() {
    var random = RandomStream(seed: 1, purpose: .bootstrap)
    let exponents =
      (-4_000...4_000).map { Double($0) / 100 }
      + (0..<100_000).map { _ in 80 * random.uniform() - 40 }
    var worst = 0.0
    for exponent in exponents {
      let exact = exp2(exponent)
      worst = max(worst, abs(powerOfTwo(exponent) - exact) / exact)
    }
    #expect(worst < 1e-15)
    #expect(powerOfTwo(0.0) == 1)
  }

  @Test("A power is right to a few units in the last place, in single precision")
  func single() {
    var random = RandomStream(seed: 2, purpose: .bootstrap)
    let exponents =
      (-4_000...4_000).map { Float($0) / 100 }
      + (0..<100_000).map { _ in Float(80 * random.uniform() - 40) }
    var worst = 0.0
    for exponent in exponents {
      let exact = exp2(Double(exponent))
      worst = max(worst, abs(Double(powerOfTwo(exponent)) - exact) / exact)
    }
    #expect(worst < 3e-7)
    #expect(powerOfTwo(0 as Float) == 1)
  }

  @Test("Every lane is its own")
  func lanes() {
    let exponents = SIMD8<Double>(-40, -3, -0.5, 0, 0.1, 1, 17, 40)
    let (numerator, even, odd) = Double.powerOfTwo(exponents)
    for lane in 0..<8 {
      let found = numerator[lane] / (even[lane] - odd[lane])
      #expect(abs(found / exp2(exponents[lane]) - 1) < 1e-15)
    }
  }

  @Test("A pass over a dense panel gives the same bits with and without masks")
  func densePass() {
    checkDensePass(Double.self)
    checkDensePass(Float.self)
  }

  private func checkDensePass<Scalar: VectorScalar>(_ type: Scalar.Type) {
    let (visible, latent) = (13, 117)
    let lanes = Scalar.Vector.scalarCount
    let bits = Scalar.SynapseWord.bitWidth
    // One synapse per lane is missing; the first of them follow each other across both parts.
    func exists(_ pre: Int, _ lane: Int) -> Bool { pre != (lane % 4 == 3 ? 7 * lane : 9 + lane) }
    let words = [0..<visible, visible..<visible + latent].flatMap { part in
      var words = [Scalar.SynapseWord](repeating: 0, count: (part.count + bits - 1) / bits * lanes)
      for (index, pre) in part.enumerated() {
        for lane in 0..<lanes where exists(pre, lane) {
          words[index / bits * lanes + lane] |= 1 << (bits - 1 - index % bits)
        }
      }
      return words
    }
    func pass(isDense: Bool) -> (weights: [Scalar], inputs: [Scalar]) {
      var random = RandomStream(seed: 3, purpose: .bootstrap)
      func numbers(_ count: Int, _ value: (Int) -> Double) -> VectorBuffer<Scalar> {
        VectorBuffer((0..<count).map(value), toAtLeast: count)
      }
      let neurons = visible + latent
      let weights = numbers(neurons * lanes) {
        exists($0 / lanes, $0 % lanes) ? random.uniform() - 0.5 : 0
      }
      let rates = numbers(2 * neurons) { _ in random.uniform() }
      let traces = numbers(2 * neurons) { _ in random.uniform() }
      let inputs = numbers(2 * lanes) { _ in 0 }
      func vector() -> Scalar.Vector {
        var vector = Scalar.Vector()
        for lane in 0..<lanes { vector[lane] = Scalar(random.uniform() - 0.5) }
        return vector
      }
      let state = PanelState<Scalar>(
        soma: vector(), dendrite: vector(), coupling: vector(), decay: vector(),
        surpriseBefore: vector(), surpriseNow: vector(), rateFromVisible: vector(),
        rateFromLatent: vector())
      Scalar.learn(
        weights.vectors, visible: visible, latent: latent,
        presynaptic: (0..<neurons).map { Int32($0) }, synapses: words, isDense: isDense,
        PresynapticRows(
          rates: UnsafePointer(rates.scalars), traces: UnsafePointer(traces.scalars),
          stride: neurons), state, inputs: inputs.vectors)
      return withExtendedLifetime((weights, rates, traces, inputs)) {
        (
          (0..<neurons * lanes).map { weights.scalars[$0] },
          (0..<2 * lanes).map { inputs.scalars[$0] }
        )
      }
    }
    let (dense, masked) = (pass(isDense: true), pass(isDense: false))
    #expect(dense.weights == masked.weights)
    #expect(dense.inputs == masked.inputs)
    for lane in 0..<lanes {
      let absent = (0..<visible + latent).filter { dense.weights[$0 * lanes + lane] == 0 }
      #expect(absent == [lane % 4 == 3 ? 7 * lane : 9 + lane])
    }
  }

  @Test("Beyond the limit the power stays at the limit's, and two of them multiply")
  func limits() {
    checkLimits(Double.self)
    checkLimits(Float.self)
  }

  private func checkLimits<Scalar: VectorScalar>(_ type: Scalar.Type) {
    let limit = Scalar.exponentLimit
    let largest = powerOfTwo(limit)
    for exponent in [limit, 2 * limit, .greatestFiniteMagnitude, .infinity] {
      #expect(powerOfTwo(exponent) == largest)
      #expect(powerOfTwo(-exponent) == powerOfTwo(-limit))
    }
    let (numerator, even, odd) = Scalar.powerOfTwo(Scalar.Vector(repeating: limit))
    let sum = numerator[0] + (even[0] - odd[0])
    #expect((sum * sum).isFinite)
    #expect(powerOfTwo(-limit) > 0)
    #expect(powerOfTwo(limit.nextDown) <= largest)
  }

  @Test("NaN stays NaN, so that divergence is noticed")
  func notANumber() {
    #expect(powerOfTwo(Double.nan).isNaN)
    #expect(powerOfTwo(Float.nan).isNaN)
  }
}
