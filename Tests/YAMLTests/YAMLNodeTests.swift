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
}
