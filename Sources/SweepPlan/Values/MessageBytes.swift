/// Writes values into the bytes of a message. A ``ByteReader`` in another process of the same program
/// reads them in the same order.
package struct ByteWriter {
  package var bytes: [UInt8] = []

  @inlinable
  package init() {}

  @inlinable
  package mutating func write(_ value: UInt64) {
    withUnsafeBytes(of: value.littleEndian) { bytes += $0 }
  }

  @inlinable
  package mutating func write(_ value: Int) { write(UInt64(bitPattern: Int64(value))) }

  @inlinable
  package mutating func write(_ value: Double) { write(value.bitPattern) }

  @inlinable
  package mutating func write(_ value: String) {
    write(value.utf8.count)
    bytes += value.utf8
  }

  @inlinable
  package mutating func write(_ value: ArraySlice<UInt8>) {
    write(value.count)
    bytes += value
  }

  /// Writes the number of elements, then the elements.
  package mutating func write<Element>(
    all elements: some Collection<Element>, _ write: (inout ByteWriter, Element) -> Void
  ) {
    self.write(elements.count)
    for element in elements { write(&self, element) }
  }
}

/// Reads values from the bytes of a message, in the order in which a ``ByteWriter`` wrote them.
///
/// Both ends are the same program, so a message of another form is a programming error.
package struct ByteReader {
  package var rest: ArraySlice<UInt8>

  @inlinable
  package init(_ bytes: [UInt8]) { rest = bytes[...] }

  @inlinable
  package var isAtEnd: Bool { rest.isEmpty }

  @inlinable
  package mutating func read(_: UInt64.Type) -> UInt64 {
    UInt64(littleEndian: take(8).withUnsafeBytes { $0.loadUnaligned(as: UInt64.self) })
  }

  @inlinable
  package mutating func read(_: Int.Type) -> Int { Int(Int64(bitPattern: read(UInt64.self))) }

  @inlinable
  package mutating func read(_: Double.Type) -> Double { Double(bitPattern: read(UInt64.self)) }

  @inlinable
  package mutating func read(_: String.Type) -> String {
    String(decoding: take(read(Int.self)), as: UTF8.self)
  }

  /// Reads bytes without copying them.
  @inlinable
  package mutating func read(_: ArraySlice<UInt8>.Type) -> ArraySlice<UInt8> {
    take(read(Int.self))
  }

  /// Reads the number of elements, then the elements.
  package mutating func read<Element>(all read: (inout ByteReader) -> Element) -> [Element] {
    (0..<self.read(Int.self)).map { _ in read(&self) }
  }

  @inlinable
  package mutating func take(_ count: Int) -> ArraySlice<UInt8> {
    precondition(0...rest.count ~= count, "a message is shorter than it says")
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }
}
