/// A floating-point type in which the fast kernels compute, with the vectors that suit it.
///
/// A vector is 64 bytes: one register with AVX-512, two with AVX2, four with NEON.
public protocol VectorScalar: BinaryFloatingPoint, SIMDScalar, Codable, Sendable {
  /// The vector of this type.
  associatedtype Vector: SIMD, Sendable where Vector.Scalar == Self

  /// `exp` of every lane, for arguments within ``exponentLimit``; beyond it, of the limit.
  static func exponential(_ exponent: Vector) -> Vector

  /// The largest magnitude of an exponent. Two such exponentials still multiply without overflow.
  static var exponentLimit: Self { get }
}

// Both exponentials reduce the argument to |r| <= ln 2 / 2 by adding and subtracting a large
// constant (conversions between integers and floating point would fall back to scalar code), sum
// the Taylor series there, and scale by 2^n through the exponent bits.

extension Double: VectorScalar {
  public typealias Vector = SIMD8<Double>
  public static var exponentLimit: Double { 350 }

  @inline(__always)
  public static func exponential(_ exponent: SIMD8<Double>) -> SIMD8<Double> {
    let limit = SIMD8<Double>(repeating: exponentLimit)
    let x = exponent.replacing(with: limit, where: exponent .> limit)
      .replacing(with: -limit, where: exponent .< -limit)
    let magic = SIMD8<Double>(repeating: 0x1.8p52)
    let shifted = magic.addingProduct(x, SIMD8(repeating: 0x1.71547652b82fep0))
    let n = shifted - magic
    let r = x.addingProduct(n, SIMD8(repeating: -0x1.62e42fefa39efp-1))
      .addingProduct(n, SIMD8(repeating: -0x1.abc9e3b39803fp-56))
    var sum = SIMD8<Double>(repeating: 1 / 6_227_020_800)  // 1/13!
    sum = SIMD8(repeating: 1 / 479_001_600).addingProduct(sum, r)
    sum = SIMD8(repeating: 1 / 39_916_800).addingProduct(sum, r)
    sum = SIMD8(repeating: 1 / 3_628_800).addingProduct(sum, r)
    sum = SIMD8(repeating: 1 / 362_880).addingProduct(sum, r)
    sum = SIMD8(repeating: 1 / 40_320).addingProduct(sum, r)
    sum = SIMD8(repeating: 1 / 5_040).addingProduct(sum, r)
    sum = SIMD8(repeating: 1 / 720).addingProduct(sum, r)
    sum = SIMD8(repeating: 1 / 120).addingProduct(sum, r)
    sum = SIMD8(repeating: 1 / 24).addingProduct(sum, r)
    sum = SIMD8(repeating: 1 / 6).addingProduct(sum, r)
    sum = SIMD8(repeating: 0.5).addingProduct(sum, r)
    sum = SIMD8(repeating: 1).addingProduct(sum, r)
    sum = SIMD8(repeating: 1).addingProduct(sum, r)
    // The lowest bits of `shifted` are n in two's complement.
    let bits = unsafeBitCast(shifted, to: SIMD8<Int64>.self)
    let scale = (bits &+ 1023) &<< 52
    return sum * unsafeBitCast(scale, to: SIMD8<Double>.self)
  }
}

extension Float: VectorScalar {
  public typealias Vector = SIMD16<Float>
  public static var exponentLimit: Float { 43 }

  @inline(__always)
  public static func exponential(_ exponent: SIMD16<Float>) -> SIMD16<Float> {
    let limit = SIMD16<Float>(repeating: exponentLimit)
    let x = exponent.replacing(with: limit, where: exponent .> limit)
      .replacing(with: -limit, where: exponent .< -limit)
    let magic = SIMD16<Float>(repeating: 0x1.8p23)
    let shifted = magic.addingProduct(x, SIMD16(repeating: 0x1.715476p0))
    let n = shifted - magic
    let r = x.addingProduct(n, SIMD16(repeating: -0x1.62e4p-1))
      .addingProduct(n, SIMD16(repeating: -0x1.7f7d1cp-20))
    var sum = SIMD16<Float>(repeating: 1 / 5_040)
    sum = SIMD16(repeating: 1 / 720).addingProduct(sum, r)
    sum = SIMD16(repeating: 1 / 120).addingProduct(sum, r)
    sum = SIMD16(repeating: 1 / 24).addingProduct(sum, r)
    sum = SIMD16(repeating: 1 / 6).addingProduct(sum, r)
    sum = SIMD16(repeating: 0.5).addingProduct(sum, r)
    sum = SIMD16(repeating: 1).addingProduct(sum, r)
    sum = SIMD16(repeating: 1).addingProduct(sum, r)
    let bits = unsafeBitCast(shifted, to: SIMD16<Int32>.self)
    let scale = (bits &+ 127) &<< 23
    return sum * unsafeBitCast(scale, to: SIMD16<Float>.self)
  }
}
