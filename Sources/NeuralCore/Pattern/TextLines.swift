/// The lines of a text without their line ends, one at a time, so that a large file is not copied.
struct TextLines: Sequence, IteratorProtocol {
  /// A line.
  struct Line {
    /// The line number, from 1.
    let number: Int
    /// The characters of the line.
    let text: Substring

    /// The words of the line, separated by blanks, tabs, commas and semicolons: at most `count`, and one more with the
    /// rest of a longer line.
    func words(atMost count: Int) -> [Substring] {
      guard let last = text.utf8.lastIndex(where: { !Self.isSeparator($0) }) else { return [] }
      return text.utf8[...last].split(maxSplits: count, whereSeparator: Self.isSeparator)
        .map { Substring($0) }
    }

    /// Number of words.
    var wordCount: Int {
      var count = 0
      var wasSeparator = true
      for byte in text.utf8 {
        let isSeparator = Self.isSeparator(byte)
        if wasSeparator && !isSeparator { count += 1 }
        wasSeparator = isSeparator
      }
      return count
    }

    /// The place, from 1, of the first value that is missing between commas or semicolons, or before
    /// the first of them; nil if there is none. A separator at the end is allowed.
    var missingValue: Int? {
      var (values, isMissing, wasSeparator) = (0, true, true)
      for byte in text.utf8 {
        if byte == 0x2C || byte == 0x3B {
          if isMissing { return values + 1 }
          isMissing = true
          wasSeparator = true
        } else if Self.isSeparator(byte) {
          wasSeparator = true
        } else {
          if wasSeparator { values += 1 }
          (isMissing, wasSeparator) = (false, false)
        }
      }
      return nil
    }

    private static func isSeparator(_ byte: UInt8) -> Bool {
      byte == 0x20 || 0x09...0x0C ~= byte || byte == 0x2C || byte == 0x3B
    }
  }

  private var rest: Substring.UTF8View
  private var number = 0
  private var isAtEnd = false

  init(_ text: String) { rest = text[...].utf8 }

  mutating func next() -> Line? {
    guard !isAtEnd else { return nil }
    number += 1
    guard let end = rest.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) else {
      isAtEnd = true
      return Line(number: number, text: Substring(rest))
    }
    let line = Line(number: number, text: Substring(rest[..<end]))
    var next = rest.index(after: end)
    // CR LF is one line end.
    if rest[end] == 0x0D, next < rest.endIndex, rest[next] == 0x0A { rest.formIndex(after: &next) }
    rest = rest[next...]
    return line
  }
}
