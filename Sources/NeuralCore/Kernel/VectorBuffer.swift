/// Zero-initialised memory of whole vectors, freed with the object.
///
/// The fast kernels' only access to raw memory: they take the base pointers once per window and
/// index them within the counts given here.
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
    // Swift itself aligns vectors to 16 bytes, so that every one of them would lie on two cache lines.
    let size = MemoryLayout<Scalar.Vector>.stride
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: vectorCount * size, alignment: size)
    vectors = memory.initializeMemory(
      as: Scalar.Vector.self, repeating: Scalar.Vector(), count: vectorCount)
  }

  /// How long rows are made that hold so many numbers. An odd number of vectors keeps the same place in
  /// different rows from competing for the same cache sets.
  static func rowLength(atLeast scalars: Int) -> Int {
    let lanes = Scalar.Vector.scalarCount
    return ((scalars + lanes - 1) / lanes | 1) * lanes
  }

  /// Allocates memory that starts with given values.
  convenience init(_ values: some Collection<Double>, toAtLeast count: Int) {
    self.init(scalars: max(values.count, count))
    for (index, value) in values.enumerated() { scalars[index] = Scalar(value) }
  }

  deinit {
    UnsafeMutableRawPointer(vectors).deallocate()
  }
}

/// Memory of a fixed number of elements, freed with the object.
///
/// For what the fast kernel reads in its loops: other than an array it can be read through a pointer
/// that is taken once.
final class FixedBuffer<Element: BitwiseCopyable> {
  let elements: UnsafeMutablePointer<Element>

  /// Allocates memory that starts with given values.
  init(_ values: some Collection<Element>) {
    // Cache lines begin where the elements do.
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: max(1, values.count) * MemoryLayout<Element>.stride, alignment: 64)
    elements = memory.bindMemory(to: Element.self, capacity: values.count)
    for (index, value) in values.enumerated() { (elements + index).initialize(to: value) }
  }

  deinit {
    UnsafeMutableRawPointer(elements).deallocate()
  }
}
