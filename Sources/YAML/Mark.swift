/// A position in a text, as editors show it.
public struct Mark: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The line, counted from 1.
  public let line: Int

  /// The column in characters (Unicode scalars), counted from 1.
  public let column: Int

  /// Returns whether `left` is before `right` in the text.
  public static func < (left: Mark, right: Mark) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }

  /// `line:column`, which editors and terminals show as a link.
  public var description: String { "\(line):\(column)" }
}

extension Mark {
  /// Creates the position of a byte in a UTF-8 text.
  init(offset: Int, in bytes: [UInt8]) {
    var line = 1
    var column = 1
    for byte in bytes.prefix(offset) {
      if byte == UInt8(ascii: "\n") {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1  // Continuation bytes belong to the character before.
      }
    }
    self.init(line: line, column: column)
  }
}

extension [UInt8] {
  /// Returns the first byte of the character at a position in a UTF-8 text, or nil after its end.
  func firstByte(at mark: Mark) -> UInt8? {
    var line = 1
    var column = 1
    for byte in self {
      if byte & 0xC0 == 0x80 { continue }
      if line == mark.line && column == mark.column { return byte }
      if byte == UInt8(ascii: "\n") {
        if line == mark.line { return nil }
        line += 1
        column = 1
      } else {
        column += 1
      }
    }
    return nil
  }

  /// The offset of the first byte that is not valid UTF-8, or nil if there is none.
  var firstOffsetOutsideUTF8: Int? {
    var offset = 0
    while offset < count {
      let lead = self[offset]
      let (length, lowest): (Int, UInt32)
      switch lead {
      case 0x00...0x7F:
        offset += 1
        continue
      case 0xC2...0xDF: (length, lowest) = (2, 0x80)
      case 0xE0...0xEF: (length, lowest) = (3, 0x800)
      case 0xF0...0xF4: (length, lowest) = (4, 0x10000)
      default: return offset
      }
      guard offset + length <= count else { return offset }
      var code = UInt32(lead) & (0xFF >> UInt32(length + 1))
      for byte in self[offset + 1..<offset + length] {
        guard byte & 0xC0 == 0x80 else { return offset }
        code = code << 6 | UInt32(byte & 0x3F)
      }
      guard code >= lowest, code <= 0x10FFFF, !(0xD800...0xDFFF).contains(code) else {
        return offset
      }
      offset += length
    }
    return nil
  }
}
