import Foundation
import Testing

@testable import SweepPlan

@Suite("A content hash is 128 bits of XXH3, written as 32 digits")
struct ContentHashTests {
  @Test("The value agrees with xxhsum -H2")
  func known() {
    #expect(ContentHash(of: []).description == "99aa06d3014798d86001c324468d497f")
  }

  @Test(
    "A file has the hash of its bytes, however many there are", arguments: [0, 1, 65_536, 200_001])
  func file(count: Int) throws {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 7) }
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: file) }
    #expect(ContentHash(ofFile: file.path) == nil)
    try Data(bytes).write(to: file)
    #expect(ContentHash(ofFile: file.path) == ContentHash(of: bytes))
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
