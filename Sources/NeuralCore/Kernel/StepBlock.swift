/// The number of steps that the fast kernel takes through memory at once.
///
/// A block of 8 steps makes the most of the registers: 8 sums, 8 updates and a weight fit into the
/// 32 of AVX-512, and every weight that is loaded serves 16 multiply-adds.
enum StepBlock {
  /// Steps of one block.
  static let steps = 8

  /// Number of blocks that hold so many steps; the last one may be partly filled.
  static func count(steps: Int) -> Int { (steps + Self.steps - 1) / Self.steps }
}

/// Turns 8 vectors of 8 numbers over: lane m of vector n becomes lane n of vector m.
///
/// - Parameters:
///   - source: 8 runs of 8 numbers, at multiples of `sourceStride`; need not be aligned.
///   - destination: Receives the turned runs, at multiples of `destinationStride`.
@inline(__always)
func transpose8<Scalar: VectorScalar>(
  _ source: UnsafePointer<Scalar>, stride sourceStride: Int,
  to destination: UnsafeMutablePointer<Scalar>, stride destinationStride: Int
) {
  typealias Row = SIMD8<Scalar>
  let source = UnsafeRawPointer(source)
  let sourceBytes = sourceStride * MemoryLayout<Scalar>.stride
  let destination = UnsafeMutableRawPointer(destination)
  let destinationBytes = destinationStride * MemoryLayout<Scalar>.stride

  /// Shuffles two rows like cards: first the lower halves, then the upper ones.
  @inline(__always)
  func shuffled(_ first: Row, _ second: Row) -> (Row, Row) {
    var low = Row()
    var high = Row()
    low.evenHalf = first.lowHalf
    low.oddHalf = second.lowHalf
    high.evenHalf = first.highHalf
    high.oddHalf = second.highHalf
    return (low, high)
  }
  @inline(__always)
  func row(_ index: Int) -> Row {
    source.loadUnaligned(fromByteOffset: index * sourceBytes, as: Row.self)
  }

  // Each round moves one bit of a row's number into the lane's number; three swap them.
  let (a0, a1) = shuffled(row(0), row(4))
  let (a2, a3) = shuffled(row(1), row(5))
  let (a4, a5) = shuffled(row(2), row(6))
  let (a6, a7) = shuffled(row(3), row(7))
  let (b0, b1) = shuffled(a0, a4)
  let (b2, b3) = shuffled(a1, a5)
  let (b4, b5) = shuffled(a2, a6)
  let (b6, b7) = shuffled(a3, a7)
  let (c0, c1) = shuffled(b0, b4)
  let (c2, c3) = shuffled(b1, b5)
  let (c4, c5) = shuffled(b2, b6)
  let (c6, c7) = shuffled(b3, b7)
  @inline(__always)
  func store(_ row: Row, _ index: Int) {
    destination.advanced(by: index * destinationBytes).storeBytes(of: row, as: Row.self)
  }
  store(c0, 0)
  store(c1, 1)
  store(c2, 2)
  store(c3, 3)
  store(c4, 4)
  store(c5, 5)
  store(c6, 6)
  store(c7, 7)
}
