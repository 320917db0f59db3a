import Foundation
import TestSupport
import Testing

@testable import SweepPlan

@Suite("Whatever a sweep file holds, it is read or refused with a message, and soon")
struct HostileSweepFileTests {
  /// Reads a file and expands it if it is small.
  func read(_ bytes: [UInt8]) {
    do {
      let sweep = try SweepFile(bytes, path: Fixtures.url("sweeps/s.yaml").path)
      if sweep.blocks.reduce(0, { $0 + $1.count }) < 10_000 { _ = try Plan(sweep) }
    } catch {
      #expect(error is SweepFileError)
      #expect(!"\(error)".contains("\n"))
    }
  }

  @Test("What a fuzzer found")
  func fuzzed() throws {
    let corpus = try Fixtures.fuzzed("sweep")
    #expect(!corpus.isEmpty)
    for (_, bytes) in corpus { read(bytes) }
  }

  @Test("Every prefix of a valid file")
  func prefixes() throws {
    let text = Array(try Fixtures.text("sweeps/everything.yaml").utf8)
    for length in text.indices { read(Array(text.prefix(length))) }
  }

  @Test("Random damage to a valid file", arguments: 0..<8)
  func damage(seed: UInt64) throws {
    let text = Array(try Fixtures.text("sweeps/everything.yaml").utf8)
    let tokens = [
      "[", "]", "{", "}", ":", "- ", "\n", "\t", "\0", "&a ", "*a", "!!int ", "none", ".nan",
      ".inf", "1e400", "-0", "9223372036854775807", "9223372036854775808", "1e-320", "\"", "'",
      "\u{FEFF}", "é", "---\n", "zip: ", "exclude: ", "{from: 1, to: 5, points: 3, scale: log}",
      "{from: 0, to: 1e308, step: 1e-300}", "~", "true", "../../../etc/passwd",
    ]
    var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    for _ in 0..<150 {
      var damaged = text
      for _ in 0...random(3) {
        let start = random(damaged.count)
        let end = min(start + random(12), damaged.count)
        damaged.replaceSubrange(start..<end, with: Array(tokens[random(tokens.count)].utf8))
      }
      read(damaged)
    }
  }

  @Test(
    "A file near the size limit, of one kind throughout",
    arguments: [
      ("name: s\ngrid:\n", "  - latent: 2\n"), ("name: s\ngrid: {seed: [1", ", 1"),
      ("name: s\ngrid:\n  seed: [1]\n  exclude:\n", "    - seed: 1\n"),
      ("name: s\ngrid:\n  zip:\n", "    - seed: [1]\n"), ("name: ", "x"), ("", "# "),
      ("name: s\nreplicates: [seed", ", seed"), ("name: s\ntests: [recall", ", recall"),
      ("name: s\ngrid: {", "? "), ("", "\"\\"), ("name: s\nx", "x"),
    ])
  func large(start: String, part: String) {
    let parts = (SweepFile.maximumSize - 100) / part.utf8.count
    let text = start + String(repeating: part, count: parts)
    read(Array(text.utf8))
    read(Array((text + "]}\n").utf8))
  }
}
