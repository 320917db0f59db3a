import Foundation
import Parameters
import TestSupport
import Testing

@testable import SweepPlan

@Suite("A sweep file becomes a sweep")
struct SweepFileTests {
  @Test("What the file says arrives")
  func everything() throws {
    let sweep = try SweepFile(contentsOf: Fixtures.url("sweeps/everything.yaml").path)
    #expect(sweep.name == "every-thing_2.0")
    #expect(sweep.description == "All forms of values, zips, exclusions and blocks\n")
    #expect(sweep.scoreGroups == [.recall])
    #expect(sweep.replicates == ["seed"])
    #expect(sweep.files.map(\.path) == ["../patterns/fuer_elise.txt"])
    #expect(sweep.files[0].text.hasPrefix("# name: fuer_elise"))
    #expect(sweep.blocks.count == 3)
    #expect(
      sweep.blocks.map { $0.base[Parameter.index["training_cycles"]!] }
        == Array(repeating: .integer(1000), count: 3))
  }

  @Test("Tests and replicates have defaults")
  func defaults() throws {
    let sweep = try readSweep(
      "{name: s, fixed: {pattern: ../patterns/fuer_elise.txt}, grid: {seed: [1]}}")
    #expect(sweep.scoreGroups == [.recall])
    #expect(sweep.replicates == ["pattern_seed", "seed"])
    #expect(sweep.description == "")
  }

  @Test("Tests are run once each, in a fixed order, under the names they are written with")
  func scoreGroups() throws {
    let sweep = try readSweep(
      """
      name: s
      fixed: {pattern: ../patterns/fuer_elise.txt}
      grid: {seed: [1]}
      scores: [robustness, capacity, recall, capacity]
      """)
    #expect(sweep.scoreGroups == [.recall, .capacity, .robustness])
    let names = try JSONEncoder().encode(sweep.scoreGroups)
    #expect(String(decoding: names, as: UTF8.self) == #"["recall","capacity","robustness"]"#)
    #expect(try JSONDecoder().decode([ScoreGroup].self, from: names) == sweep.scoreGroups)
    for test in ScoreGroup.allCases { #expect(!test.meaning.hasSuffix(".")) }
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
    #expect(sweep.files.map(\.path) == [path])
  }

  @Test("Each file is read once")
  func filesAreReadOnce() throws {
    var seen: [String] = []
    let text = """
      name: s
      grid:
        - {pattern: ../patterns/fuer_elise.txt, seed: [1, 2]}
        - {pattern: [../patterns/fuer_elise.txt], latent: [2], disruption: [none, ../disruptions/one_neuron.txt]}
        - {disruption: ../disruptions/one_neuron.txt, pattern: ../patterns/fuer_elise.txt, seed: 3}
      """
    let folder = Fixtures.url("sweeps").path
    let source = InputFileSource([]) { role, path in
      seen.append(path)
      return try InputFile(role, path, in: folder)
    }
    let sweep = try readSweep(text, source: source)
    #expect(seen == ["../patterns/fuer_elise.txt", "../disruptions/one_neuron.txt"])
    #expect(sweep.files.map(\.role) == [.pattern, .disruption])
    #expect(sweep.files.map(\.path) == seen)
    #expect(sweep.files[0].facts == .patterns([PatternSize(visible: 13, notes: 25)]))
  }

  /// If this fails, a sweep with a file that no trial can read is planned and run.
  @Test func aFileWithoutPatternsIsRefused() throws {
    let message = try #require(refusal("name: s\ngrid: {pattern: size.yaml}\n"))
    #expect(message.hasPrefix("s.yaml:2:17: pattern: got 'size.yaml', but "))
    #expect(message.hasSuffix("; expected a readable pattern file, or generated"))
  }

  @Test("A generated pattern and an undisturbed replay need no file")
  func noFiles() throws {
    let sweep = try readSweep(
      """
      name: s
      fixed: {pattern: generated, sequence_length: 9, vocabulary: 3, disruption: none}
      grid: {order: [1, 2]}
      """)
    #expect(sweep.files.isEmpty)
  }

  @Test(
    "A malformed file is an error where its name stands",
    arguments: [
      (
        "name: s\ngrid:\n  pattern: [../patterns/fuer_elise.txt]\n", [],
        "s.yaml:3:13: pattern: got '../patterns/fuer_elise.txt', but row 3 is short; "
          + "expected a readable pattern file, or generated"
      ),
      (
        "name: s\ngrid: {pattern: generated, disruption: [none, size.yaml]}\n", [],
        "s.yaml:2:47: disruption: got 'size.yaml', but row 3 is short; "
          + "expected a readable disruption file, or none"
      ),
      (
        "name: s\ngrid: {pattern: generated}\n", ["disruption=FIXTURES/sweeps/size.yaml"],
        "--set disruption=size.yaml: disruption: got 'size.yaml', but row 3 is short; "
          + "expected a readable disruption file, or none"
      ),
    ])
  func malformedFile(text: String, overrides: [String], message: String) throws {
    struct Malformed: Error, CustomStringConvertible {
      var description: String { "row 3 is short" }
    }
    let folder = Fixtures.url("").path
    let error = try #require(
      throws: SweepFileError.self
    ) {
      try readSweep(
        text,
        overrides: overrides.map {
          $0.split(separator: "FIXTURES", omittingEmptySubsequences: false).joined(
            separator: folder)
        }, source: InputFileSource([]) { _, _ in throw Malformed() })
    }
    let shown = "\(error)".split(
      separator: Fixtures.url("sweeps").path + "/", omittingEmptySubsequences: false)
    #expect(shown.joined() == message)
  }

  @Test("A disruption on the command line is relative to where the command runs")
  func disruptionOverride() throws {
    let path = Fixtures.url("disruptions/one_neuron.txt").path
    let text = """
      name: s
      fixed: {pattern: ../patterns/fuer_elise.txt, disruption: missing.txt}
      grid: {seed: [1]}
      """
    let sweep = try readSweep(text, overrides: ["disruption=\(path)"])
    #expect(sweep.files.map(\.path) == ["../patterns/fuer_elise.txt", path])
    #expect(try readSweep(text, overrides: ["disruption=none"]).files.count == 1)
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
        .contains("expected 1 to 100 of the characters") == true)
  }

  /// If this fails, songs are left out of a sweep, or their order and with it the tables depend on the
  /// file system, or a result folder cannot be read once the songs are gone.
  @Test("A pattern of the shell stands for the files that match it, sorted")
  func filePatterns() throws {
    try withTemporaryFolder { folder in
      let songs = folder.appending(path: "my [songs]*")
      try FileManager.default.createDirectory(at: songs, withIntermediateDirectories: true)
      for name in ["b.txt", "aa.txt", "c [x].txt", ".hidden.txt", "notes.md"] {
        let text = Fixtures.tinyPattern.replacingOccurrences(of: "tiny", with: "\(name.count)")
        try Data(text.utf8).write(to: songs.appending(path: name))
      }
      func paths(_ grid: String, fixed: String = "latent: 5") throws -> [String] {
        let sweep = try SweepFile(
          Array("name: s\nfixed: {\(fixed)}\ngrid: {\(grid), seed: [1, 2]}\n".utf8),
          path: songs.path + "/s.yaml")
        #expect(try Plan(sweep).count == 2 * sweep.files.count)
        // What ranks and result folders receive.
        var writer = ByteWriter()
        sweep.write(to: &writer)
        var reader = ByteReader(writer.bytes)
        #expect(try SweepFile(from: &reader).files.map(\.path) == sweep.files.map(\.path))
        return sweep.files.map(\.path)
      }
      #expect(try paths("pattern: '*.txt'") == ["aa.txt", "b.txt", "c [x].txt"])
      #expect(try paths("pattern: ['[ab]*.txt', 'c [x].txt']") == ["aa.txt", "b.txt", "c [x].txt"])
      #expect(try paths("pattern: '../my*/b*'") == ["../my [songs]*/b.txt"])
      #expect(try paths("latent: 5", fixed: "pattern: b*.txt") == ["b.txt"])
      for (grid, fixed, message) in [
        ("pattern: '*.mid'", "latent: 5", "/*.mid', but no such file"),
        (
          "latent: 5", "pattern: '*.txt'",
          "pattern: got '*.txt', which matches 3 files; expected a single"
        ),
      ] {
        let error = #expect(throws: SweepFileError.self) { try paths(grid, fixed: fixed) }
        #expect("\(try #require(error))".contains(message), "\(error.map { "\($0)" } ?? "")")
      }
    }
  }
}

@Suite("What statistics need of a sweep file") struct SweepFileStatisticsTests {
  private static func sweep(_ lines: String) throws -> SweepFile {
    try readSweep(
      """
      name: s
      fixed: {pattern: ../patterns/fuer_elise.txt}
      grid:
        latent: [20, 10]
        nudging: {from: 0.3, to: 0.5, step: 0.1}
        sequence_length: [10, 20]
        seed: [1, 2]
      \(lines)
      """)
  }

  /// If this fails, differences are taken from another level than the reader expects.
  @Test func referencesAreTheFirstLevelsOrThoseNamed() throws {
    let plain = try Self.sweep("")
    #expect(plain.references["latent"] == .integer(20))
    #expect(plain.references["nudging"] == .real(0.3))
    let named = try Self.sweep("reference: {latent: 10, nudging: 0.4}")
    #expect(named.references["latent"] == .integer(10))
    #expect(named.references["nudging"] == .real(0.4))
    #expect(named.references["seed"] == .integer(1))
  }

  /// If this fails, every song is a condition of its own, or seeds and not songs are units.
  @Test func blocksAreNoConditions() throws {
    let plan = try Plan(Self.sweep("blocks: [sequence_length]"))
    #expect(plan.conditionKeys == ["latent", "nudging"])
    #expect(plan.unitKeys == ["sequence_length"] && plan.hasBlocks)
    let plain = try Plan(Self.sweep(""))
    #expect(plain.unitKeys == ["seed"] && !plain.hasBlocks)
    #expect(plan.ids == plain.ids)
  }

  @Test(arguments: [
    ("blocks: [seed]", "8:10: blocks: got 'seed'; expected a key that is no replicate"),
    ("blocks: [delay_min]", "8:10: blocks: got 'delay_min'; expected a key of the grid"),
    ("blocks: [latnet]", "8:10: unknown parameter 'latnet', did you mean 'latent'?"),
    ("blocks: latent", "8:9: blocks: got 'latent'; expected a list of parameters"),
    ("reference: {delay_min: 5}", "8:13: reference: got 'delay_min'; expected a key of the grid"),
    (
      "reference: {latent: 30}",
      "8:21: reference: latent: got '30'; expected a value of the grid: 10, 20"
    ),
    (
      "reference: {latent: [10, 20]}",
      "8:21: reference: latent: got several values; expected a single value"
    ),
  ])
  func wrongPartsAreNamed(lines: String, message: String) throws {
    let error = #expect(throws: SweepFileError.self) { try Self.sweep(lines) }
    #expect(try #require(error).description.contains(message), "\(error!)")
  }
}
