/// The lines of a text, one at a time and without what ends them, so that no more is kept of a large
/// file than is needed of it.
struct TextLines: Sequence, IteratorProtocol {
  /// A line.
  struct Line {
    /// Its number, counted from 1.
    let number: Int
    /// Its characters.
    let text: Substring

    /// The words of the line, which spaces and tabs part: at most so many, and one more that holds the
    /// rest of a longer line.
    func words(atMost count: Int) -> [Substring] {
      guard let last = text.utf8.lastIndex(where: { !Self.isSpace($0) }) else { return [] }
      return text.utf8[...last].split(maxSplits: count, whereSeparator: Self.isSpace)
        .map { Substring($0) }
    }

    /// How many words the line has.
    var wordCount: Int {
      var count = 0
      var wasSpace = true
      for byte in text.utf8 {
        let isSpace = Self.isSpace(byte)
        if wasSpace && !isSpace { count += 1 }
        wasSpace = isSpace
      }
      return count
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || 0x09...0x0C ~= byte }
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
    // Some systems end a line in two characters.
    if rest[end] == 0x0D, next < rest.endIndex, rest[next] == 0x0A { rest.formIndex(after: &next) }
    rest = rest[next...]
    return line
  }
}
