/// Zero-initialised memory for whole vectors, freed with the object.
///
/// The fast kernel reads the base pointer once per window and stays within the allocated count.
final class VectorBuffer<Scalar: VectorScalar> {
  let vectors: UnsafeMutablePointer<Scalar.Vector>
  /// The same memory, lane by lane.
  var scalars: UnsafeMutablePointer<Scalar> {
    UnsafeMutableRawPointer(vectors).assumingMemoryBound(to: Scalar.self)
  }

  /// Allocates at least `scalars` lanes.
  init(scalars: Int) {
    let lanes = Scalar.Vector.scalarCount
    let vectorCount = max(1, (scalars + lanes - 1) / lanes)
    // Swift aligns vectors to 16 bytes only, so that each vector would span two cache lines.
    let size = MemoryLayout<Scalar.Vector>.stride
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: vectorCount * size, alignment: size)
    vectors = memory.initializeMemory(
      as: Scalar.Vector.self, repeating: Scalar.Vector(), count: vectorCount)
  }

  /// Length of a row for at least `scalars` numbers: an odd number of vectors, so that the same
  /// column of different rows falls into different cache sets.
  static func rowLength(atLeast scalars: Int) -> Int {
    let lanes = Scalar.Vector.scalarCount
    return ((scalars + lanes - 1) / lanes | 1) * lanes
  }

  /// Allocates at least `count` lanes, which start with the given values.
  convenience init(_ values: some Collection<Double>, toAtLeast count: Int) {
    self.init(scalars: max(values.count, count))
    for (index, value) in values.enumerated() { scalars[index] = Scalar(value) }
  }

  deinit {
    UnsafeMutableRawPointer(vectors).deallocate()
  }
}

/// Memory for a fixed number of elements, freed with the object.
///
/// Unlike an array it has a stable pointer, which the loops of the fast kernel read once.
final class FixedBuffer<Element: BitwiseCopyable> {
  let elements: UnsafeMutablePointer<Element>

  /// Allocates memory with the given values.
  init(_ values: some Collection<Element>) {
    // Aligned to a cache line.
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: max(1, values.count) * MemoryLayout<Element>.stride, alignment: 64)
    elements = memory.bindMemory(to: Element.self, capacity: values.count)
    for (index, value) in values.enumerated() { (elements + index).initialize(to: value) }
  }

  deinit {
    UnsafeMutableRawPointer(elements).deallocate()
  }
}
