import Testing

@testable import YAML

@Suite("A text that is not a YAML document is refused with a position")
struct YAMLErrorTests {
  @Test(
    "The message has the position, the cause and the expectation",
    arguments: [
      ("", "line 1, column 1: got an empty document; expected keys and values"),
      ("# only a comment\n", "line 1, column 1: got an empty document; expected keys and values"),
      ("---\n", "line 1, column 1: got an empty document; expected keys and values"),
      ("a: 1\n---\nb: 2\n", "line 2, column 1: got a second document; expected one"),
      (
        "a: 1\nb: 2\na: 3\n",
        "line 3, column 1: got the key \"a\" again, first at line 1; expected it once"
      ),
      ("a:\n\tb: 1\n", "line 2, column 1: got a tab; expected spaces"),
      (
        "a: *x\nb: &x 1\n",
        "line 1, column 4: got the alias *x of an unknown anchor; expected &x before it"
      ),
      (
        "a: &x\n  - 1\n  - b: *x\n",
        "line 3, column 8: got the alias *x inside the value of &x; expected it after that value"
      ),
      (
        "a: &x 1\nb: &x [*x]\n",
        "line 2, column 8: got the alias *x inside the value of &x; expected it after that value"
      ),
      (
        "a: &x [1]\n*x : 2\n",
        "line 2, column 1: got a list or mapping as a key; expected a single value"
      ),
      (
        "a: &x b\nb: 1\n*x : 2\n",
        "line 3, column 1: got the key \"b\" again, first at line 2; expected it once"
      ),
      (
        "a: &x 1\nb:\n  c: 2\n  <<: *x\n",
        "line 4, column 3: got << with another value; expected a mapping or a list of mappings"
      ),
      (
        "<<: [{a: 1}, [b]]\n",
        "line 1, column 1: got << with another value; expected a mapping or a list of mappings"
      ),
      (
        "<<:\n",
        "line 1, column 1: got << with another value; expected a mapping or a list of mappings"
      ),
      (
        "<<: {a: 1}\n<<: {b: 1}\n",
        "line 2, column 1: got the key \"<<\" again, first at line 1; expected it once"
      ),
      (
        "a: !!str 1\n",
        "line 1, column 4: got the tag tag:yaml.org,2002:str; expected a value without a tag"
      ),
      (
        "? [a, b]\n: 1\n",
        "line 1, column 3: got a list or mapping as a key; expected a single value"
      ),
      (
        "a: [1, 2\nb: 3\n",
        "line 2, column 2: did not find expected ',' or ']' while parsing a flow sequence "
          + "that starts at line 1, column 4"
      ),
      (
        "a: \u{1}\n",
        "line 1, column 4: got the control character U+0001; expected text"
      ),
      (
        "a: \0\n",
        "line 1, column 4: got the control character U+0000; expected text"
      ),
    ])
  func message(text: String, expected: String) {
    let error = #expect(throws: YAMLError.self) { try YAMLNode(parsing: text) }
    #expect(error?.description == expected)
  }

  @Test(
    "Bytes that are not UTF-8 are named with their position",
    arguments: [
      [0xFF], [0x80], [0xC0, 0x80], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80],
      [0xF4, 0x90, 0x80, 0x80], [0xC3], [0xE2, 0x82],
    ] as [[UInt8]])
  func notUTF8(bytes: [UInt8]) {
    #expect(
      throws: YAMLError(mark: Mark(line: 2, column: 4), reason: .notUTF8(byte: bytes[0]))
    ) { try YAMLNode(parsing: Array("ä: 1\nb: ".utf8) + bytes) }
  }

  @Test("UTF-16 is not UTF-8")
  func utf16() {
    #expect(throws: YAMLError(mark: Mark(line: 1, column: 1), reason: .notUTF8(byte: 0xFF))) {
      try YAMLNode(parsing: [0xFF, 0xFE, 0x61, 0x00] as [UInt8])
    }
  }

  @Test(
    "A short text with 10^9 elements is refused at the alias that exceeds the limit",
    arguments: [("", "[", "]"), ("", "{k: [", "]}"), ("<<: ", "[", "]")])
  func billionLaughs(merge: String, opening: String, closing: String) {
    // Each *a1 has 10 elements, each *a2 100, and so on.
    var text = merge.isEmpty ? "a0: &a0 lol\n" : "a0: &a0 {k: lol}\n"
    for level in 1...9 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      text +=
        "a\(level): &a\(level) {\(merge.isEmpty ? "v: " : merge)\(opening)\(aliases)\(closing)}\n"
    }
    let error = #expect(throws: YAMLError.self) { try YAMLNode(parsing: text) }
    #expect(error?.reason == .tooMuchRepetition(limit: YAMLNode.maximumRepetition))
    #expect(error.map { (5...7).contains($0.mark.line) } == true)
  }

  @Test("Aliases may repeat as many bytes as the limit, and not one more")
  func repetition() throws {
    // The size of the value is its text and one byte more; the alias repeats it once.
    let longest = String(repeating: "x", count: YAMLNode.maximumRepetition - 1)
    let root = try YAMLNode(parsing: "a: &a \(longest)\nb: *a\n")
    #expect(root.mapping?[1].value.scalar?.text == longest)
    #expect(
      throws: YAMLError(
        mark: Mark(line: 3, column: 4),
        reason: .tooMuchRepetition(limit: YAMLNode.maximumRepetition))
    ) { try YAMLNode(parsing: "a: &a \(longest)\nb: *a\nc: *a\n") }
  }

  @Test(
    "A megabyte of open brackets or braces ends at the nesting limit",
    arguments: ["[", "{", "- ", "? ", "[{a: "])
  func deepNesting(opening: String) {
    let text = String(repeating: opening, count: 1_000_000 / opening.utf8.count)
    #expect(throws: YAMLError.self) { try YAMLNode(parsing: text) }
  }

  @Test("Every prefix and every damaged byte of a document is read or refused, never a crash")
  func damage() {
    let text = Array(
      "a: &a [1, {b: \"c\\n\"}]\n'd': |\n  text\n? e\n: - 1\n  - *a\n<<: {f: 1}\n".utf8)
    for length in 0...text.count { _ = try? YAMLNode(parsing: text.prefix(length)) }
    for offset in text.indices {
      for byte: UInt8 in [0x00, 0x09, 0x0A, 0x22, 0x5B, 0x7D, 0x26, 0x2A, 0x80, 0xFF] {
        var damaged = text
        damaged[offset] = byte
        _ = try? YAMLNode(parsing: damaged)
      }
    }
  }
}
