/// The number of steps that the fast kernel takes through memory at once.
///
/// A block of 8 steps makes the most of the registers: 8 sums, 8 updates and a weight fit into the
/// 32 of AVX-512, and every weight that is loaded serves 16 multiply-adds.
enum StepBlock {
  /// Steps of one block.
  static let steps = 8

  /// Number of blocks that hold so many steps; the last one may be partly filled.
  static func count(steps: Int) -> Int { (steps + Self.steps - 1) / Self.steps }

  /// Reads the numbers of 8 steps or neurons, which need not be aligned.
  @inline(__always)
  static func load<Scalar: VectorScalar>(_ numbers: UnsafePointer<Scalar>) -> SIMD8<Scalar> {
    UnsafeRawPointer(numbers).loadUnaligned(as: SIMD8<Scalar>.self)
  }

  /// Writes such numbers.
  @inline(__always)
  static func store<Scalar: VectorScalar>(
    _ values: SIMD8<Scalar>, to numbers: UnsafeMutablePointer<Scalar>
  ) {
    UnsafeMutableRawPointer(numbers).storeBytes(of: values, as: SIMD8<Scalar>.self)
  }
}
