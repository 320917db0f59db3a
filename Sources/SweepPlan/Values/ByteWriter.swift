/// Puts values into the bytes of a message, for a ``ByteReader`` in another process of the same
/// program to take out in the same order.
package struct ByteWriter {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  package mutating func write(_ value: UInt64) {
    withUnsafeBytes(of: value.littleEndian) { bytes += $0 }
  }

  package mutating func write(_ value: Int) { write(UInt64(bitPattern: Int64(value))) }

  package mutating func write(_ value: Double) { write(value.bitPattern) }

  package mutating func write(_ value: String) {
    write(value.utf8.count)
    bytes += value.utf8
  }

  package mutating func write(_ value: ArraySlice<UInt8>) {
    write(value.count)
    bytes += value
  }

  /// Writes how many elements there are, and each of them.
  package mutating func write<Element>(
    all elements: some Collection<Element>, _ write: (inout ByteWriter, Element) -> Void
  ) {
    self.write(elements.count)
    for element in elements { write(&self, element) }
  }
}
