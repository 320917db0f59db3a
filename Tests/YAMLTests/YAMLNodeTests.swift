import Testing

@testable import YAML

@Suite("A YAML document becomes a tree with positions")
struct YAMLNodeTests {
  @Test("Every node has the line and column where it starts, counted from 1")
  func marks() throws {
    let root = try YAMLNode(parsing: "name: size\ngrid:\n  latent: [10, \"20\"]\n")
    let pairs = try #require(root.mapping)
    #expect(pairs.map(\.key) == ["name", "grid"])
    #expect(pairs.map(\.keyMark) == [Mark(line: 1, column: 1), Mark(line: 2, column: 1)])
    #expect(pairs[0].value.mark == Mark(line: 1, column: 7))
    let latent = try #require(pairs[1].value.mapping?.first)
    #expect(latent.keyMark == Mark(line: 3, column: 3))
    let values = try #require(latent.value.sequence)
    #expect(values.map(\.mark) == [Mark(line: 3, column: 12), Mark(line: 3, column: 16)])
    #expect(values.map(\.scalar?.text) == ["10", "20"])
    #expect(values.map(\.scalar?.isPlain) == [true, false])
  }

  @Test("Columns count characters, not bytes, and not the byte order mark")
  func unicode() throws {
    let root = try YAMLNode(parsing: "\u{FEFF}dé: ü\n")
    #expect(root.mapping?[0].key == "dé")
    #expect(root.mapping?[0].keyMark == Mark(line: 1, column: 1))
    #expect(root.mapping?[0].value.mark == Mark(line: 1, column: 5))
  }

  @Test("Keys keep the order of the text")
  func order() throws {
    let keys = (0..<100).map { "key\(($0 * 37) % 100)" }
    let root = try YAMLNode(parsing: keys.map { "\($0): 1\n" }.joined())
    #expect(root.mapping?.map(\.key) == keys)
  }

  @Test("A missing value after a key is an empty node, and an empty text in quotes is not")
  func emptyValues() throws {
    let pairs = try #require(try YAMLNode(parsing: "a:\nb: \"\"\n").mapping)
    #expect(pairs[0].value.isEmpty)
    #expect(!pairs[1].value.isEmpty)
  }

  @Test("Nesting is allowed up to the limit and refused one deeper")
  func depth() throws {
    let limit = YAMLNode.maximumDepth
    func nested(_ levels: Int) -> String {
      String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
    }
    _ = try YAMLNode(parsing: nested(limit))
    #expect(
      throws: YAMLError(mark: Mark(line: 1, column: limit + 1), reason: .tooDeep(limit: limit))
    ) { try YAMLNode(parsing: nested(limit + 1)) }
  }

  @Test("An alias deepens its collection as the value it repeats does")
  func depthOfAliases() throws {
    let limit = YAMLNode.maximumDepth
    func text(_ levels: Int) -> String {
      "a: &a \(String(repeating: "[", count: levels))\(String(repeating: "]", count: levels))\nb: [*a]\n"
    }
    _ = try YAMLNode(parsing: text(limit - 2))
    #expect(
      throws: YAMLError(mark: Mark(line: 2, column: 5), reason: .tooDeep(limit: limit))
    ) { try YAMLNode(parsing: text(limit - 1)) }
  }

  @Test("An alias is the value of its anchor, at the position where the value is written")
  func aliases() throws {
    let text = """
      base: &base
        rates: [1, &two "2"]
      copy: *base
      again: *two
      *two : last
      """
    let pairs = try #require(YAMLNode(parsing: text).mapping)
    #expect(pairs.map(\.key) == ["base", "copy", "again", "2"])
    #expect(pairs[1].value == pairs[0].value)
    let rates = try #require(pairs[1].value.mapping?.first)
    #expect(rates.keyMark == Mark(line: 2, column: 3))
    #expect(pairs[2].value == rates.value.sequence?[1])
    #expect(pairs[2].value.mark == Mark(line: 2, column: 14))
    // A key belongs to its own entry.
    #expect(pairs[3].keyMark == Mark(line: 5, column: 1))
  }

  @Test("An anchor that is defined again replaces the earlier one for later aliases only")
  func redefinedAnchor() throws {
    let root = try YAMLNode(parsing: "a: &x 1\nb: *x\nc: &x 2\nd: *x\n")
    #expect(root.mapping?.map(\.value.scalar?.text) == ["1", "1", "2", "2"])
    let inner = try YAMLNode(parsing: "[&x [&x 3, *x], *x]")
    #expect(inner.sequence?[1].scalar?.text == "3")
  }

  /// The examples of the specification, and the order of the entries.
  @Test(
    "A merge key adds the entries that its mapping does not have, in the place of the key",
    arguments: [
      ("{<<: *center, r: 10}", "x=1 y=2 r=10"),
      ("{<<: [*center, *big]}", "x=1 y=2 r=10"),
      ("{<<: [*big, *left, *small], x: 1}", "r=10 y=2 x=1"),
      ("{<<: [*small, *big]}", "r=1"),
      ("{x: 7, <<: *center, z: 3}", "x=7 y=2 z=3"),
      ("{<<: {<<: *center, y: 5}, y: 6}", "x=1 y=6"),
      ("{<<: []}", ""), ("{<<: {}}", ""),
      ("{\"<<\": 1}", "<<=1"), ("{'<<': 1, x: 2}", "<<=1 x=2"),
    ])
  func mergeKeys(mapping: String, entries: String) throws {
    let text = """
      - &center {x: 1, y: 2}
      - &left {x: 0, y: 2}
      - &big {r: 10}
      - &small {r: 1}
      - \(mapping)
      """
    let pairs = try #require(YAMLNode(parsing: text).sequence?.last?.mapping)
    let found = pairs.map { "\($0.key)=\($0.value.scalar?.text ?? "")" }
    #expect(found.joined(separator: " ") == entries)
  }

  @Test("Merged entries have the positions where they are written")
  func mergedMarks() throws {
    let text = """
      base: &base
        latent: 50
      other:
        <<: *base
        seed: 1
      """
    let pairs = try #require(YAMLNode(parsing: text).mapping?[1].value.mapping)
    #expect(pairs.map(\.keyMark) == [Mark(line: 2, column: 3), Mark(line: 5, column: 3)])
    #expect(pairs[0].value.mark == Mark(line: 2, column: 11))
  }
}
