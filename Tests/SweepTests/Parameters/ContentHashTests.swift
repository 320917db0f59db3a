import Foundation
import Testing

@testable import Sweep

@Suite("A content hash is 128 bits of XXH3, written as 32 digits")
struct ContentHashTests {
  @Test("The value agrees with xxhsum -H2")
  func known() {
    #expect(ContentHash(of: []).description == "99aa06d3014798d86001c324468d497f")
  }

  @Test("Text and JSON give the hash back, and nothing else is a hash")
  func roundTrip() throws {
    let hash = ContentHash(high: 1, low: 0xABC)
    #expect(hash.description == "00000000000000010000000000000abc")
    #expect(ContentHash(hash.description) == hash)
    let data = try JSONEncoder().encode([hash])
    #expect(try JSONDecoder().decode([ContentHash].self, from: data) == [hash])
    for text in [
      "", "0", hash.description + "0", hash.description.uppercased(),
      "+" + String(repeating: "0", count: 31),
    ] {
      #expect(ContentHash(text) == nil)
    }
  }

  @Test("Hashes sort like their texts")
  func order() {
    let hashes = (0..<100).map { ContentHash(of: [UInt8($0)]) }
    #expect(hashes.sorted().map(\.description) == hashes.map(\.description).sorted())
  }
}
