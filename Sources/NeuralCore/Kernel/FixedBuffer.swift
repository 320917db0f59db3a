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
