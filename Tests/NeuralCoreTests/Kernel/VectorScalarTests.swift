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
