import Foundation
import Testing

@testable import NeuralCore

/// If these fail, the rates of the fast kernels are not those of the rate function.
@Suite struct VectorScalarTests {
  private func exponential<Scalar: VectorScalar>(_ exponent: Scalar) -> Scalar {
    Scalar.exponential(Scalar.Vector(repeating: exponent))[0]
  }

  @Test("exp is right to a few units in the last place, in double precision")
  func double() {
    var random = RandomStream(seed: 1, purpose: .bootstrap)
    let exponents =
      (-4_000...4_000).map { Double($0) / 100 }
      + (0..<100_000).map { _ in 80 * random.uniform() - 40 }
    var worst = 0.0
    for exponent in exponents {
      let exact = exp(exponent)
      worst = max(worst, abs(exponential(exponent) - exact) / exact)
    }
    #expect(worst < 1e-15)
    #expect(exponential(0.0) == 1)
  }

  @Test("exp is right to a few units in the last place, in single precision")
  func single() {
    var random = RandomStream(seed: 2, purpose: .bootstrap)
    let exponents =
      (-4_000...4_000).map { Float($0) / 100 }
      + (0..<100_000).map { _ in Float(80 * random.uniform() - 40) }
    var worst = 0.0
    for exponent in exponents {
      let exact = exp(Double(exponent))
      worst = max(worst, abs(Double(exponential(exponent)) - exact) / exact)
    }
    #expect(worst < 3e-7)
    #expect(exponential(0 as Float) == 1)
  }

  @Test("Every lane is its own")
  func lanes() {
    let exponents = SIMD8<Double>(-40, -3, -0.5, 0, 0.1, 1, 17, 40)
    let found = Double.exponential(exponents)
    for lane in 0..<8 {
      #expect(abs(found[lane] / exp(exponents[lane]) - 1) < 1e-15)
    }
  }

  @Test("Beyond the limit the exponential stays at the limit's, and two of them multiply")
  func limits() {
    checkLimits(Double.self)
    checkLimits(Float.self)
  }

  private func checkLimits<Scalar: VectorScalar>(_ type: Scalar.Type) {
    let limit = Scalar.exponentLimit
    let largest = exponential(limit)
    for exponent in [limit, 2 * limit, .greatestFiniteMagnitude, .infinity] {
      #expect(exponential(exponent) == largest)
      #expect(exponential(-exponent) == exponential(-limit))
    }
    #expect(((1 + largest) * (1 + largest)).isFinite)
    #expect(exponential(-limit) > 0)
    #expect(exponential(limit.nextDown) <= largest)
  }

  @Test("What is no number stays none, so that divergence is noticed")
  func notANumber() {
    #expect(exponential(Double.nan).isNaN)
    #expect(exponential(Float.nan).isNaN)
  }
}
