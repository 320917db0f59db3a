/// Reads bytes from the front to the back, without copying them.
struct ByteCursor {
  /// What has not been read yet.
  private(set) var rest: Slice<UnsafeBufferPointer<UInt8>>

  /// Starts at the first of some bytes, which must outlive the cursor.
  init(_ bytes: UnsafeBufferPointer<UInt8>) { rest = bytes[...] }

  /// The place of the next byte among those that the cursor started with.
  var position: Int { rest.startIndex }

  /// Reads what must come next; reads nothing where something else comes.
  mutating func skip(_ expected: StaticString) -> Bool {
    let count = expected.utf8CodeUnitCount
    guard rest.count >= count else { return false }
    let start = rest.startIndex
    for offset in 0..<count where rest[start + offset] != expected.utf8Start[offset] {
      return false
    }
    rest = rest.dropFirst(count)
    return true
  }

  /// Reads so many bytes; nil where there are fewer.
  mutating func take(_ count: Int) -> Slice<UnsafeBufferPointer<UInt8>>? {
    guard rest.count >= count else { return nil }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }

  /// Reads up to a byte, and not the byte itself; nil where it does not come.
  mutating func take(until byte: UInt8) -> Slice<UnsafeBufferPointer<UInt8>>? {
    guard let end = rest.firstIndex(of: byte) else { return nil }
    return take(end - rest.startIndex)
  }
}
