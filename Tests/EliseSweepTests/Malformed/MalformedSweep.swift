import Foundation
import Sweep

/// A sweep file that no run can begin with.
struct MalformedSweep {
  /// What is wrong with it, in a few words.
  var what: String
  var bytes: [UInt8]
  /// Whether the fault has a line and a column; a part that is missing has none.
  var hasPosition = true

  init(_ what: String, _ text: String, hasPosition: Bool = true) {
    self.init(what, bytes: Array(text.utf8), hasPosition: hasPosition)
  }

  init(_ what: String, bytes: [UInt8], hasPosition: Bool = true) {
    self.what = what
    self.bytes = bytes
    self.hasPosition = hasPosition
  }

  /// A sweep whose grid, in flow style, is the given text.
  init(grid: String, fixed: String = "") {
    self.init(
      "grid \(grid.prefix(60)), fixed \(fixed.prefix(60))",
      "name: x\nfixed: {pattern: scale.txt\(fixed.isEmpty ? "" : ", ")\(fixed)}\ngrid: {\(grid)}\n")
  }

  /// Every file that is tried.
  static var all: [MalformedSweep] {
    texts + encodings + explosions + parts + ranges + combinations + ofEveryParameter
  }

  private static let start = "name: x\nfixed: {pattern: scale.txt}\n"

  /// What is no YAML, or more YAML than is allowed.
  private static let texts: [MalformedSweep] = [
    .init("nothing", ""), .init("spaces", "  \n \n"), .init("a comment", "# name: x\n"),
    .init("a word", "sweep"), .init("a list", "- name: x\n"), .init("a number", "42\n"),
    .init("an open list", start + "grid: {seed: [1, 2\n"),
    .init("an open mapping", start + "grid: {seed: [1]\n"),
    .init("an open quote", start + "grid: {seed: [\"1]}\n"),
    .init("the wrong bracket", start + "grid: {seed: [1}}\n"),
    .init("a tab", start + "grid:\n\tseed: [1]\n"),
    .init("a shifted line", start + "grid:\n  seed: [1]\n latent: [4]\n"),
    .init("no colon", start + "grid\n"), .init("two documents", start + "grid: {seed: [1]}\n---\na: 1\n"),
    .init("a key twice", start + "grid: {seed: [1], seed: [2]}\n"),
    .init("a part twice", start + "grid: {seed: [1]}\ngrid: {seed: [2]}\n"),
    .init("a list as a key", start + "grid: {[1]: [2]}\n"),
    .init("a tag", start + "grid: {seed: !!python/object:os.system [1]}\n"),
    .init("a directive", "%FOO\n" + start + "grid: {seed: [1]}\n"),
    .init("an unknown escape", "name: \"\\q\"\n"), .init("half an escape", "name: \"\\"),
    .init("a block scalar as the grid", start + "grid: |\n  seed: [1]\n"),
    .init("JSON lines", "{\"name\": \"x\"}\n{\"name\": \"y\"}\n"),
  ]

  /// Bytes that are no text.
  private static let encodings: [MalformedSweep] = [
    .init("a NUL", bytes: Array(start.utf8) + [0] + Array("grid: {seed: [1]}\n".utf8)),
    .init("Latin-1", bytes: Array("name: x\ndescription: F".utf8) + [0xFC, 0x72, 0x0A]),
    .init("half a character", bytes: Array("name: x\ndescription: ".utf8) + [0xE2, 0x82]),
    .init("an overlong character", bytes: Array("name: ".utf8) + [0xC0, 0xAF, 0x0A]),
    .init("a surrogate", bytes: Array("name: ".utf8) + [0xED, 0xA0, 0x80, 0x0A]),
    .init("UTF-16", bytes: [0xFF, 0xFE] + "name: x\n".utf8.flatMap { [$0, 0] }),
    .init("UTF-32", bytes: [0, 0, 0xFE, 0xFF] + "name: x\n".utf8.flatMap { [0, 0, 0, $0] }),
    .init("a picture", bytes: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + [UInt8](0...255)),
    .init("zeros", bytes: Array(repeating: 0, count: 100_000)),
    .init("an escape sequence", "name: x\ndescription: \u{1B}[2J\n"),
    .init("a vertical tab", start + "grid: {seed: [1]}\u{B}\n"),
  ]

  /// Short texts that mean something huge, and huge ones.
  private static let explosions: [MalformedSweep] =
    [
      .init(
        "aliases that explode",
        "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
          + (1...20).map {
            "a\($0): &a\($0) [" + Array(repeating: "*a\($0 - 1)", count: 9).joined(separator: ", ")
              + "]\n"
          }.joined()),
      .init("an anchor", start + "grid: &a {seed: [1]}\n"),
      .init("an alias of itself", "name: x\ngrid: &a {seed: *a}\n"),
      .init("a merge key", "name: x\nfixed: {pattern: scale.txt, <<: {latent: 4}}\ngrid: {seed: [1]}\n"),
      .init("more than a megabyte", "name: x\n# " + String(repeating: "x", count: 1_100_000), hasPosition: false),
      .init("a long name", "name: " + String(repeating: "x", count: 900_000)),
      .init("a long key", start + String(repeating: "k", count: 900_000) + ": 1\n"),
      .init("a long number", start + "grid: {seed: [" + String(repeating: "9", count: 900_000) + "]}\n"),
      .init("many blocks", start + "grid:\n" + String(repeating: "  - seed: 1\n", count: 80_000)),
      .init(
        "many exclusions",
        start + "grid:\n  seed: [1]\n  exclude:\n" + String(repeating: "    - seed: 1\n", count: 60_000)),
      .init("many unknown keys", start + (0..<60_000).map { "k\($0): 1\n" }.joined()),
    ]
    + [100, 10_000, 400_000].flatMap { depth in
      [
        .init("\(depth) open lists", start + "grid: " + String(repeating: "[", count: depth)),
        .init("\(depth) open mappings", start + "grid: " + String(repeating: "{a: ", count: depth)),
        .init(
          "\(depth) dashes", start + "grid:\n" + String(repeating: "- ", count: depth) + "1\n"),
      ] as [MalformedSweep]
    }

  /// Parts of the file that are wrong, missing, or in the wrong place.
  private static let parts: [MalformedSweep] =
    [
      .init("no name", "fixed: {pattern: scale.txt}\ngrid: {seed: [1]}\n", hasPosition: false),
      .init("no grid", start, hasPosition: false), .init("an empty grid", start + "grid:\n"),
      .init("an empty list of blocks", start + "grid: []\n"),
      .init("a word as the grid", start + "grid: seed\n"),
      .init("words as blocks", start + "grid: [seed, latent]\n"),
      .init("an empty block", start + "grid: [{seed: [1]}, {}]\n"),
      .init("a list as fixed", "name: x\nfixed: [pattern]\ngrid: {seed: [1]}\n"),
      .init("a word as fixed", "name: x\nfixed: scale.txt\ngrid: {seed: [1]}\n"),
      .init("a parameter at the top", start + "latent: 5\ngrid: {seed: [1]}\n"),
      .init("an unknown part", start + "gird: {seed: [1]}\n"),
      .init("no pattern", "name: x\ngrid: {seed: [1]}\n"),
    ]
    + [
      "", "a/b", "..", ".hidden", "/etc/passwd", "a b", "$(reboot)", "`reboot`", "x;reboot", "<b>x</b>",
      "\"a\\nb\"", "é", "[x]", "{a: b}", "a\\b", "~", "*", "\"x\\0y\"", "%s%n",
    ].map { .init("name \($0)", "name: \($0)\nfixed: {pattern: scale.txt}\ngrid: {seed: [1]}\n") }
    + [
      "description: [a]", "description: {a: b}", "tests: [everything]", "tests: []", "tests: {recall: 1}",
      "tests: [[recall]]", "replicates: [sead]", "replicates: {seed: 1}",
      "trial_timeout: 5", "trial_timeout: -1h", "trial_timeout: 0s", "trial_timeout: [1h]",
      "trial_timeout: nan", "trial_timeout: 1e400d", "trial_timeout: 1 hour",
    ].map { .init("part \($0)", start + "\($0)\ngrid: {seed: [1]}\n") }

  /// Ranges that have no values, too many, or no end.
  private static let ranges: [MalformedSweep] = [
    "{}", "{from: 1}", "{to: 1}", "{from: 1, to: 3, stop: 1}", "{from: 3, to: 1}",
    "{from: 1, to: 1000000000000}", "{from: 1, to: 9223372036854775807}", "{from: 1, to: 1e300}",
    "{from: 1, to: 3, step: 0}", "{from: 1, to: 3, step: -1}", "{from: 1, to: 3, step: .nan}",
    "{from: .nan, to: 3}", "{from: 1, to: .inf}", "{from: 0, to: 1e18, step: 1e-18}",
    "{from: 1, to: 3, points: 0}", "{from: 1, to: 3, points: 1000000000000}",
    "{from: 1, to: 3, points: 2, step: 1}", "{from: 0, to: 3, points: 3, scale: log}",
    "{from: 1, to: 3, points: 3, scale: cubic}", "{from: 1, to: 3, scale: log}", "{from: a, to: b}",
    "{from: [1], to: 3}", "{from: 1, to: {from: 1, to: 2}}", "{from: 1, from: 2, to: 3}",
  ].map { .init(grid: "seed: \($0)") }

  /// Values that are allowed, each for itself.
  private static let combinations: [MalformedSweep] = [
    .init(grid: "seed: {from: 1, to: 10000}, latent: {from: 2, to: 10001}, test_every: {from: 1, to: 10000}"),
    .init(grid: "seed: {from: 1, to: 100000}, latent: {from: 2, to: 90000}"),
    .init(grid: "latent: [10, 100000]"), .init(grid: "seed: [1]", fixed: "latent: 100000"),
    .init(grid: "note_duration: [10000]", fixed: "pattern_count: 1, sequence_length: 1000000"),
    .init(grid: "delay_min: [20], delay_max: [10]"), .init(grid: "seed: [1]", fixed: "delay_min: 20"),
    .init(grid: "nudged_replay_cycles: [200]"), .init(grid: "seed: [1]", fixed: "vocabulary: 5"),
    .init(grid: "kernel: [reference], precision: [single]"), .init(grid: "sequence_length: [3, 5]"),
    .init(grid: "cue_notes: [5]"), .init(grid: "pattern_count: [2]"), .init(grid: "seed: [1]", fixed: "seed: 1"),
    .init(grid: "seed: [1], zip: {latent: [4, 5], nudging: [0.1]}"), .init(grid: "zip: [latent]"),
    .init(grid: "zip: {}"), .init(grid: "zip: {latent: {from: 2, to: 1e12}}"),
    .init(grid: "seed: [1], exclude: [{seed: 1}]"), .init(grid: "seed: [1], exclude: [{latent: 4}]"),
    .init(grid: "seed: [1], exclude: {seed: 1}"), .init(grid: "seed: [1], exclude: [seed]"),
    .init(grid: "seed: [1], exclude: [{seed: x}]"), .init(grid: "pattern: [scale.txt]"),
    .init(grid: "disruption: [nowhere.txt]"), .init(grid: "disruption: [scale.txt]"),
    .init(
      "a pattern that cannot be",
      "name: x\nfixed: {pattern: generated, vocabulary: 2, order: 1, sequence_length: 50}\ngrid: {seed: [1]}\n"),
    .init(
      "a generated pattern that does not fit into memory",
      "name: x\nfixed: {pattern: generated, vocabulary: 90000, order: 2, sequence_length: 1000000,"
        + " visible: 100000}\ngrid: {seed: [1]}\n"),
  ] + ["nowhere.txt", ".", "/", "/dev/zero", "/dev/stdin", "pipe", "\"\"", "\"a\\0b\"", "~/x.txt", "s.yaml"].map {
    .init("pattern \($0)", "name: x\nfixed: {pattern: \($0)}\ngrid: {seed: [1]}\n")
  }

  /// Each parameter with values of the wrong kind.
  private static var ofEveryParameter: [MalformedSweep] {
    let numbers = Parameter.all.map(\.key).filter {
      ![
        "model", "scaffold", "protect_scaffold", "pattern", "plastic_replay", "disruption", "precision",
        "kernel",
      ].contains($0)
    }
    let wrong = ["five", ".nan", "1e999", "-1e999", "\"5\"", "[5]", "{until: 5}", "0x10", "1_0"]
    let numeric = numbers.flatMap { key in
      wrong.map { MalformedSweep(grid: "\(key): [\($0)]") }
        + [MalformedSweep(grid: "\(key): []"), MalformedSweep(grid: "\(key): 1, \(key)s: 1")]
    }
    let choices = ["model", "scaffold", "protect_scaffold", "plastic_replay", "precision", "kernel"]
      .flatMap { key in ["nothing", "2", ".inf", "[]"].map { MalformedSweep(grid: "\(key): [\($0)]") } }
    return numeric + choices
  }
}
