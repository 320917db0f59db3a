import CLAPACK

/// The two matrix products that every kernel needs for a window of a learning network, as a reference
/// for the speed of kernels.
///
/// With N neurons and K steps they are the dendritic input `w R` (N × N × K) and the update
/// `w + C Xᵀ` of rank K.
public final class WindowProducts<Scalar: WindowProductScalar> {
  /// The number of neurons N.
  public let neurons: Int

  /// The number of steps K.
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

  /// The number of multiplications and additions of both products.
  public var operations: Double { 4 * Double(neurons) * Double(neurons) * Double(steps) }

  /// Computes both products in this thread.
  ///
  /// The corresponding Fortran routine is `DGEMM` or `SGEMM`.
  public func run() {
    let n = size(neurons)
    let k = size(steps)
    locked {
      Scalar.multiplyAdd(n, k, n, weights, rates, false, 0, &input)
      Scalar.multiplyAdd(n, n, k, updates, traces, true, 1, &weights)
    }
  }

  /// The first dendritic input and the first weight after ``run()``, as a check.
  public var result: (input: Scalar, weight: Scalar) { (input[0], weights[0]) }
}

/// A floating-point type with matrix products.
public protocol WindowProductScalar: BinaryFloatingPoint, Sendable {
  /// Computes `c := a b + scale c`, or `c := a bᵀ + scale c`, for matrices stored column by column.
  static func multiplyAdd(
    _ rows: Int32, _ columns: Int32, _ inner: Int32, _ a: [Self], _ b: [Self],
    _ isTransposed: Bool, _ scale: Self, _ c: inout [Self])
}

extension Double: WindowProductScalar {
  public static func multiplyAdd(
    _ rows: Int32, _ columns: Int32, _ inner: Int32, _ a: [Double], _ b: [Double],
    _ isTransposed: Bool, _ scale: Double, _ c: inout [Double]
  ) {
    clapack_dgemm(
      Matrix.asIs, isTransposed ? Matrix.transposed : Matrix.asIs, rows, columns, inner,
      a, rows, b, isTransposed ? columns : inner, scale, &c, rows)
  }
}

extension Float: WindowProductScalar {
  public static func multiplyAdd(
    _ rows: Int32, _ columns: Int32, _ inner: Int32, _ a: [Float], _ b: [Float],
    _ isTransposed: Bool, _ scale: Float, _ c: inout [Float]
  ) {
    clapack_sgemm(
      Matrix.asIs, isTransposed ? Matrix.transposed : Matrix.asIs, rows, columns, inner,
      a, rows, b, isTransposed ? columns : inner, scale, &c, rows)
  }
}
