import CTranspose

/// A floating-point type in which the fast kernel computes, with the vectors that suit it.
///
/// A vector is 64 bytes: one register with AVX-512, two with AVX2, four with NEON.
public protocol VectorScalar: BinaryFloatingPoint, SIMDScalar, Codable, Sendable {
  /// The vector of this type.
  associatedtype Vector: SIMD, Sendable where Vector.Scalar == Self

  /// 2 to the power of every lane, for exponents within ``exponentLimit``; beyond it, of the limit.
  static func powerOfTwo(_ exponent: Vector) -> Vector

  /// The largest magnitude of an exponent. Two such powers still multiply without overflow.
  static var exponentLimit: Self { get }

  /// Turns 8 rows of 8 numbers, which lie one behind the other, into columns.
  static func transpose(_ rows: UnsafeMutablePointer<Self>)

  /// Turns each of 8 rows `x` of 8 numbers into `gain x + decay y`, where y is the row before it, of
  /// the first one `latest`.
  static func filter(
    _ rows: UnsafeMutablePointer<Self>, latest: UnsafePointer<Self>, gain: Self, decay: Self)

  /// The larger one of each of 8 numbers and a bound; what is no number stays none.
  static func maximum(_ numbers: SIMD8<Self>, _ bound: Self) -> SIMD8<Self>

  /// The lanes whose bit is set, lowest bit first, and zero in the others.
  static func kept(_ vector: Vector, _ lanes: UInt16) -> Vector

  /// Adds a number to the lanes whose bit is set, lowest bit first.
  static func add(_ number: Self, to vector: inout Vector, _ lanes: UInt16)
}

// These are written out for each type, because the generic ones of the standard library go through
// their lanes one by one.
//
// Both powers split the exponent into an integer and a fraction in [-1/2, 1/2] by adding and
// subtracting a large constant (conversions between integers and floating point would fall back to
// scalar code). The fraction's power is a polynomial that interpolates it at Chebyshev's nodes, with
// a relative error below 6e-16 and 6e-9; the integer is added to the exponent's bits.

extension Double: VectorScalar {
  public typealias Vector = SIMD8<Double>
  public static var exponentLimit: Double { 500 }

  @inline(__always)
  public static func powerOfTwo(_ exponent: SIMD8<Double>) -> SIMD8<Double> {
    let limit = SIMD8<Double>(repeating: exponentLimit)
    let below = exponent.replacing(with: limit, where: exponent .> limit)
    let x = below.replacing(with: -limit, where: below .< -limit)
    let magic = SIMD8<Double>(repeating: 0x1.8p52)
    let shifted = magic + x
    let fraction = x - (shifted - magic)
    // Even and odd powers apart: two short chains instead of a long one.
    let square = fraction * fraction
    var even = SIMD8<Double>(repeating: 0x1.e5e9f548e5725p-28)
    var odd = SIMD8<Double>(repeating: 0x1.b6571de2f2351p-24)
    even = SIMD8(repeating: 0x1.62bfe46117445p-20).addingProduct(even, square)
    odd = SIMD8(repeating: 0x1.ffcb76789860fp-17).addingProduct(odd, square)
    even = SIMD8(repeating: 0x1.4309130378460p-13).addingProduct(even, square)
    odd = SIMD8(repeating: 0x1.5d87fe908f88ap-10).addingProduct(odd, square)
    even = SIMD8(repeating: 0x1.3b2ab6fba385fp-7).addingProduct(even, square)
    odd = SIMD8(repeating: 0x1.c6b08d7044119p-5).addingProduct(odd, square)
    even = SIMD8(repeating: 0x1.ebfbdff82c590p-3).addingProduct(even, square)
    odd = SIMD8(repeating: 0x1.62e42fefa39f7p-1).addingProduct(odd, square)
    even = SIMD8(repeating: 1).addingProduct(even, square)
    let sum = even.addingProduct(odd, fraction)
    // The lowest bits of `shifted` are the integer in two's complement.
    let bits =
      unsafeBitCast(sum, to: SIMD8<Int64>.self)
      &+ (unsafeBitCast(shifted, to: SIMD8<Int64>.self) &<< 52)
    return unsafeBitCast(bits, to: SIMD8<Double>.self)
  }

  @inline(__always)
  public static func transpose(_ rows: UnsafeMutablePointer<Double>) {
    elise_transpose_double(rows)
  }

  @inline(__always)
  public static func filter(
    _ rows: UnsafeMutablePointer<Double>, latest: UnsafePointer<Double>, gain: Double, decay: Double
  ) {
    elise_filter_double(rows, latest, gain, decay)
  }

  @inline(__always)
  public static func maximum(_ numbers: SIMD8<Double>, _ bound: Double) -> SIMD8<Double> {
    numbers.replacing(with: bound, where: numbers .< bound)
  }

  @inline(__always)
  public static func kept(_ vector: SIMD8<Double>, _ lanes: UInt16) -> SIMD8<Double> {
    SIMD8().replacing(with: vector, where: mask(lanes))
  }

  @inline(__always)
  public static func add(_ number: Double, to vector: inout SIMD8<Double>, _ lanes: UInt16) {
    vector = vector.replacing(with: vector + SIMD8(repeating: number), where: mask(lanes))
  }

  @inline(__always)
  private static func mask(_ lanes: UInt16) -> SIMDMask<SIMD8<Int64>> {
    let bits = SIMD8<Int64>(repeating: Int64(lanes)) & SIMD8(1, 2, 4, 8, 16, 32, 64, 128)
    return bits .!= SIMD8<Int64>()
  }
}

extension Float: VectorScalar {
  public typealias Vector = SIMD16<Float>
  public static var exponentLimit: Float { 62 }

  @inline(__always)
  public static func powerOfTwo(_ exponent: SIMD16<Float>) -> SIMD16<Float> {
    let limit = SIMD16<Float>(repeating: exponentLimit)
    let below = exponent.replacing(with: limit, where: exponent .> limit)
    let x = below.replacing(with: -limit, where: below .< -limit)
    let magic = SIMD16<Float>(repeating: 0x1.8p23)
    let shifted = magic + x
    let fraction = x - (shifted - magic)
    var sum = SIMD16<Float>(repeating: 0x1.4413896e1ad27p-13)
    sum = SIMD16(repeating: 0x1.5f0890162a90ap-10).addingProduct(sum, fraction)
    sum = SIMD16(repeating: 0x1.3b2a53045179ap-7).addingProduct(sum, fraction)
    sum = SIMD16(repeating: 0x1.c6af6cdbbdcc7p-5).addingProduct(sum, fraction)
    sum = SIMD16(repeating: 0x1.ebfbe00e63baep-3).addingProduct(sum, fraction)
    sum = SIMD16(repeating: 0x1.62e4302fc626ep-1).addingProduct(sum, fraction)
    sum = SIMD16(repeating: 1).addingProduct(sum, fraction)
    let bits =
      unsafeBitCast(sum, to: SIMD16<Int32>.self)
      &+ (unsafeBitCast(shifted, to: SIMD16<Int32>.self) &<< 23)
    return unsafeBitCast(bits, to: SIMD16<Float>.self)
  }

  @inline(__always)
  public static func transpose(_ rows: UnsafeMutablePointer<Float>) { elise_transpose_float(rows) }

  @inline(__always)
  public static func filter(
    _ rows: UnsafeMutablePointer<Float>, latest: UnsafePointer<Float>, gain: Float, decay: Float
  ) {
    elise_filter_float(rows, latest, gain, decay)
  }

  @inline(__always)
  public static func maximum(_ numbers: SIMD8<Float>, _ bound: Float) -> SIMD8<Float> {
    numbers.replacing(with: bound, where: numbers .< bound)
  }

  @inline(__always)
  public static func kept(_ vector: SIMD16<Float>, _ lanes: UInt16) -> SIMD16<Float> {
    SIMD16().replacing(with: vector, where: mask(lanes))
  }

  @inline(__always)
  public static func add(_ number: Float, to vector: inout SIMD16<Float>, _ lanes: UInt16) {
    vector = vector.replacing(with: vector + SIMD16(repeating: number), where: mask(lanes))
  }

  @inline(__always)
  private static func mask(_ lanes: UInt16) -> SIMDMask<SIMD16<Int32>> {
    let lane = SIMD16<Int32>(
      1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024, 2_048, 4_096, 8_192, 16_384, 32_768)
    let bits = SIMD16<Int32>(repeating: Int32(lanes)) & lane
    return bits .!= SIMD16<Int32>()
  }
}
