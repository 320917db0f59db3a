import Foundation
import TestSupport
import Testing

@testable import Sweep

@Suite("A sweep file becomes a sweep")
struct SweepFileTests {
  @Test("What the file says arrives")
  func everything() throws {
    let sweep = try SweepFile(contentsOf: Fixtures.url("sweeps/everything.yaml").path)
    #expect(sweep.name == "every-thing_2.0")
    #expect(sweep.description == "All forms of values, zips, exclusions and blocks\n")
    #expect(sweep.tests == [.recall])
    #expect(sweep.replicates == ["seed"])
    #expect(sweep.patterns.map(\.path) == ["../patterns/fuer_elise.txt"])
    #expect(sweep.patterns[0].text.hasPrefix("# name: fuer_elise"))
    #expect(sweep.blocks.count == 3)
    #expect(
      sweep.blocks.map { $0.base[Parameter.index["training_cycles"]!] }
        == Array(repeating: .integer(1000), count: 3))
  }

  @Test("Tests and replicates have defaults")
  func defaults() throws {
    let sweep = try readSweep(
      "{name: s, fixed: {pattern: ../patterns/fuer_elise.txt}, grid: {seed: [1]}}")
    #expect(sweep.tests == [.recall])
    #expect(sweep.replicates == ["pattern_seed", "seed"])
    #expect(sweep.description == "")
  }

  @Test("The command line takes the place of what the file fixes")
  func overrides() throws {
    let plan = try expand(grid: "seed: [1, 2]", fixed: "  latent: 10\n", overrides: ["latent=20"])
    #expect(plan.trial(at: 0).parameters.latent == 20)
  }

  @Test("A pattern on the command line is relative to where the command runs")
  func patternOverride() throws {
    let path = Fixtures.url("patterns/fuer_elise.txt").path
    let sweep = try readSweep(
      "{name: s, fixed: {pattern: missing.txt}, grid: {seed: [1]}}", overrides: ["pattern=\(path)"])
    #expect(sweep.patterns.map(\.path) == [path])
  }

  @Test("Each pattern file is looked into once, by its path and text")
  func validation() throws {
    var seen: [String] = []
    let text = """
      name: s
      grid:
        - {pattern: ../patterns/fuer_elise.txt, seed: [1, 2]}
        - {pattern: [../patterns/fuer_elise.txt], latent: [2]}
      """
    _ = try readSweep(text) { path, _ in seen.append(path) }
    #expect(seen == [Fixtures.url("sweeps/../patterns/fuer_elise.txt").path])
  }

  @Test("A malformed pattern is an error where its name stands")
  func malformedPattern() throws {
    struct Malformed: Error, CustomStringConvertible {
      var description: String { "row 3 is short" }
    }
    let error = #expect(throws: SweepFileError.self) {
      try readSweep("name: s\ngrid:\n  pattern: [../patterns/fuer_elise.txt]\n") { _, _ in
        throw Malformed()
      }
    }
    #expect(
      "\(try #require(error))".hasSuffix(
        "fuer_elise.txt', but row 3 is short; allowed is a readable pattern file"))
    #expect("\(try #require(error))".contains("s.yaml:3:13: pattern: found '"))
  }

  @Test("The hash of the file follows its bytes")
  func contentHash() throws {
    let text = "{name: s, fixed: {pattern: ../patterns/fuer_elise.txt}, grid: {seed: [1]}}"
    #expect(try readSweep(text).contentHash == ContentHash(of: Array(text.utf8)))
  }

  @Test(
    "A name that is safe for a folder is kept as it is",
    arguments: ["a", "A.b-c_9", "-", "9", String(repeating: "n", count: 100)])
  func names(name: String) throws {
    let sweep = try readSweep(
      "{name: \(name == "-" ? "'-'" : name), fixed: {pattern: ../patterns/fuer_elise.txt}, grid: {seed: [1]}}"
    )
    #expect(sweep.name == name)
  }

  @Test(
    "A name that could leave its folder, hide, or mean something to a shell is refused",
    arguments: [
      "..", ".hidden", "a/b", "../a", "a b", "$(reboot)", "<b>", "é", "a\\nb", "",
      String(repeating: "n", count: 101),
    ])
  func unsafeNames(name: String) {
    #expect(
      refusal(
        "{name: \"\(name)\", fixed: {pattern: ../patterns/fuer_elise.txt}, grid: {seed: [1]}}")?
        .contains("allowed is letters, digits") == true)
  }
}
