import CVectors

/// A floating-point type of the fast kernel, with its vector type and operations.
///
/// A vector is 64 bytes: one register with AVX-512, two with AVX2, four with NEON.
public protocol VectorScalar: BinaryFloatingPoint, SIMDScalar, Codable, Sendable {
  /// The vector of this type.
  associatedtype Vector: SIMD, Sendable, BitwiseCopyable where Vector.Scalar == Self

  /// A word of bits that says, for one lane, in which of several vectors a synapse exists.
  associatedtype SynapseWord: FixedWidthInteger & BitwiseCopyable

  /// 2 to the power of every lane, as the ratio of a numerator and `even - odd`. Exponents are
  /// clamped to ±``exponentLimit``.
  static func powerOfTwo(_ exponent: Vector) -> (numerator: Vector, even: Vector, odd: Vector)

  /// The largest magnitude of an exponent: the product of two sums of numerator and denominator
  /// does not overflow.
  static var exponentLimit: Self { get }

  /// Transposes 8 consecutive rows of 8 numbers in place.
  static func transpose(_ rows: UnsafeMutablePointer<Self>)

  /// The larger of each number and its bound; NaN stays NaN.
  static func maximum(_ numbers: SIMD8<Self>, _ bound: SIMD8<Self>) -> SIMD8<Self>

  /// Wraps numbers of this type without a copy.
  static func array(_ numbers: [Self]) -> NumberArray

  /// Updates the weights of a panel and computes its dendritic inputs for a pair of steps.
  ///
  /// - Parameters:
  ///   - weights: One vector per presynaptic neuron [mV]: `visible` vectors, then `latent` vectors.
  ///   - presynaptic: Indices of these presynaptic neurons.
  ///   - synapses: For each lane, words with one bit per vector, highest bit first, set if the
  ///     synapse exists; latent neurons start a new word.
  ///   - isDense: Whether few synapses are missing.
  ///   - activity: Delayed rates and traces of the pair.
  ///   - state: The neurons of the panel.
  ///   - inputs: Receives the dendritic inputs of both steps [mV].
  static func learn(
    _ weights: UnsafeMutablePointer<Vector>, visible: Int, latent: Int,
    presynaptic: UnsafePointer<Int32>, synapses: UnsafePointer<SynapseWord>, isDense: Bool,
    _ activity: PresynapticRows<Self>, _ state: PanelState<Self>,
    inputs: UnsafeMutablePointer<Vector>)
}

// The operations are written out for each type, because the generic ones of the standard library
// process lanes one by one.
//
// Both powers split the exponent into an integer and a fraction in [-1/2, 1/2] by adding and
// subtracting a large constant (conversions between integers and floating point would fall back to
// scalar code). The power of the fraction is (even + odd) / (even - odd), since 2^-x is its
// inverse. Both polynomials interpolate at Chebyshev nodes, with a relative error below 4e-18
// (double) and 1e-10 (single), and need half the multiply-adds of one polynomial for the power
// itself. The caller divides anyway. The integer is added to the bits of the exponent.

extension Double: VectorScalar {
  public typealias Vector = SIMD8<Double>
  public typealias SynapseWord = Int64
  public static var exponentLimit: Double { 490 }
  public static func array(_ numbers: [Double]) -> NumberArray { .double(numbers) }

  @inline(__always)
  public static func powerOfTwo(
    _ exponent: SIMD8<Double>
  ) -> (numerator: SIMD8<Double>, even: SIMD8<Double>, odd: SIMD8<Double>) {
    let limit = SIMD8<Double>(repeating: exponentLimit)
    let below = exponent.replacing(with: limit, where: exponent .> limit)
    let x = below.replacing(with: -limit, where: below .< -limit)
    let magic = SIMD8<Double>(repeating: 0x1.8p52)
    let shifted = magic + x
    let fraction = x - (shifted - magic)
    let square = fraction * fraction
    let even = SIMD8(repeating: 0x1.1103623a70207p+12)
      .addingProduct(square, SIMD8(repeating: 0x1.d25e4fce34840p+7) + square)
    let slope = SIMD8(repeating: 0x1.7a7a07f77ac8dp+10).addingProduct(
      square,
      SIMD8(repeating: 0x1.433ba8a0a12a5p+4)
        .addingProduct(square, SIMD8(repeating: 0x1.7a5c86e1290ebp-6)))
    let odd = slope * fraction
    // The lowest bits of `shifted` are the integer in two's complement.
    let bits =
      unsafeBitCast(even + odd, to: SIMD8<Int64>.self)
      &+ (unsafeBitCast(shifted, to: SIMD8<Int64>.self) &<< 52)
    return (unsafeBitCast(bits, to: SIMD8<Double>.self), even, odd)
  }

  @inline(__always)
  public static func transpose(_ rows: UnsafeMutablePointer<Double>) {
    elise_transpose_double(rows)
  }

  @inline(__always)
  public static func maximum(_ numbers: SIMD8<Double>, _ bound: SIMD8<Double>) -> SIMD8<Double> {
    numbers.replacing(with: bound, where: numbers .< bound)
  }

  @inline(__always)
  public static func learn(
    _ weights: UnsafeMutablePointer<SIMD8<Double>>, visible: Int, latent: Int,
    presynaptic: UnsafePointer<Int32>, synapses: UnsafePointer<Int64>, isDense: Bool,
    _ activity: PresynapticRows<Double>, _ state: PanelState<Double>,
    inputs: UnsafeMutablePointer<SIMD8<Double>>
  ) {
    elise_learn_double(
      UnsafeMutableRawPointer(weights).assumingMemoryBound(to: Double.self), visible, latent,
      presynaptic, synapses, isDense, activity.traces, activity.rates, activity.stride,
      state.surpriseBefore, state.surpriseNow, state.rateFromVisible, state.rateFromLatent,
      UnsafeMutableRawPointer(inputs).assumingMemoryBound(to: Double.self))
  }
}

extension Float: VectorScalar {
  public typealias Vector = SIMD16<Float>
  public typealias SynapseWord = Int32
  public static var exponentLimit: Float { 58 }
  public static func array(_ numbers: [Float]) -> NumberArray { .single(numbers) }

  @inline(__always)
  public static func powerOfTwo(
    _ exponent: SIMD16<Float>
  ) -> (numerator: SIMD16<Float>, even: SIMD16<Float>, odd: SIMD16<Float>) {
    let limit = SIMD16<Float>(repeating: exponentLimit)
    let below = exponent.replacing(with: limit, where: exponent .> limit)
    let x = below.replacing(with: -limit, where: below .< -limit)
    let magic = SIMD16<Float>(repeating: 0x1.8p23)
    let shifted = magic + x
    let fraction = x - (shifted - magic)
    let square = fraction * fraction
    let even = SIMD16(repeating: 0x1.4d1a4ep+4) + square
    let slope = SIMD16(repeating: 0x1.cdc74ap+2)
      .addingProduct(square, SIMD16(repeating: 0x1.d898e6p-5))
    let odd = slope * fraction
    let bits =
      unsafeBitCast(even + odd, to: SIMD16<Int32>.self)
      &+ (unsafeBitCast(shifted, to: SIMD16<Int32>.self) &<< 23)
    return (unsafeBitCast(bits, to: SIMD16<Float>.self), even, odd)
  }

  @inline(__always)
  public static func transpose(_ rows: UnsafeMutablePointer<Float>) { elise_transpose_float(rows) }

  @inline(__always)
  public static func maximum(_ numbers: SIMD8<Float>, _ bound: SIMD8<Float>) -> SIMD8<Float> {
    numbers.replacing(with: bound, where: numbers .< bound)
  }

  @inline(__always)
  public static func learn(
    _ weights: UnsafeMutablePointer<SIMD16<Float>>, visible: Int, latent: Int,
    presynaptic: UnsafePointer<Int32>, synapses: UnsafePointer<Int32>, isDense: Bool,
    _ activity: PresynapticRows<Float>, _ state: PanelState<Float>,
    inputs: UnsafeMutablePointer<SIMD16<Float>>
  ) {
    elise_learn_float(
      UnsafeMutableRawPointer(weights).assumingMemoryBound(to: Float.self), visible, latent,
      presynaptic, synapses, isDense, activity.traces, activity.rates, activity.stride,
      state.surpriseBefore, state.surpriseNow, state.rateFromVisible, state.rateFromLatent,
      UnsafeMutableRawPointer(inputs).assumingMemoryBound(to: Float.self))
  }
}
