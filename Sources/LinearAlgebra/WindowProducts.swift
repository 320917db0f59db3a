import CLAPACK

/// The two matrix products that a window of a learning network cannot do without: the yardstick of
/// its kernels.
///
/// With N neurons and K steps these are the dendritic input `w R` (N × N × K) and the update
/// `w + C Xᵀ` of rank K.
public final class WindowProducts<Scalar: WindowProductScalar> {
  /// Number of neurons N.
  public let neurons: Int

  /// Number of steps K.
  public let steps: Int

  private var weights: [Scalar]
  private var input: [Scalar]
  private let rates: [Scalar]
  private let traces: [Scalar]
  private let updates: [Scalar]

  /// Allocates the matrices.
  public init(neurons: Int, steps: Int) {
    precondition(neurons > 0 && steps > 0)
    self.neurons = neurons
    self.steps = steps
    weights = Array(repeating: 0.5, count: neurons * neurons)
    input = Array(repeating: 0, count: neurons * steps)
    rates = Array(repeating: 0.25, count: neurons * steps)
    traces = Array(repeating: 0.125, count: neurons * steps)
    updates = Array(repeating: 0x1p-20, count: neurons * steps)
  }

  /// Multiplications and additions of both products.
  public var operations: Double { 4 * Double(neurons) * Double(neurons) * Double(steps) }

  /// Takes both products, in this thread alone.
  ///
  /// The corresponding Fortran routine is `DGEMM` or `SGEMM`.
  public func run() {
    let n = size(neurons)
    let k = size(steps)
    _ = locked {
      Scalar.multiplyAdd(n, k, n, weights, rates, false, 0, &input)
      Scalar.multiplyAdd(n, n, k, updates, traces, true, 1, &weights)
      return 0
    }
  }

  /// The dendritic inputs and the weights after ``run()``, one after the other, as a check.
  public var result: (input: Scalar, weight: Scalar) { (input[0], weights[0]) }
}

/// A floating-point type with matrix products.
public protocol WindowProductScalar: BinaryFloatingPoint, Sendable {
  /// `c := a b + scale c` for matrices stored column by column, or with b transposed.
  static func multiplyAdd(
    _ rows: Int32, _ columns: Int32, _ inner: Int32, _ a: [Self], _ b: [Self],
    _ isTransposed: Bool, _ scale: Self, _ c: inout [Self])
}

private func letter(_ isTransposed: Bool) -> CChar {
  CChar(UInt8(ascii: isTransposed ? "T" : "N"))
}

extension Double: WindowProductScalar {
  public static func multiplyAdd(
    _ rows: Int32, _ columns: Int32, _ inner: Int32, _ a: [Double], _ b: [Double],
    _ isTransposed: Bool, _ scale: Double, _ c: inout [Double]
  ) {
    clapack_dgemm_add(
      letter(isTransposed), rows, columns, inner, a, b, isTransposed ? columns : inner, scale, &c)
  }
}

extension Float: WindowProductScalar {
  public static func multiplyAdd(
    _ rows: Int32, _ columns: Int32, _ inner: Int32, _ a: [Float], _ b: [Float],
    _ isTransposed: Bool, _ scale: Float, _ c: inout [Float]
  ) {
    clapack_sgemm_add(
      letter(isTransposed), rows, columns, inner, a, b, isTransposed ? columns : inner, scale, &c)
  }
}
