import Foundation
import Journal
import Parameters
import SweepPlan

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
    .init("an open list", "\(start)grid: {seed: [1, 2\n"),
    .init("an open mapping", "\(start)grid: {seed: [1]\n"),
    .init("an open quote", "\(start)grid: {seed: [\"1]}\n"),
    .init("the wrong bracket", "\(start)grid: {seed: [1}}\n"),
    .init("a tab", "\(start)grid:\n\tseed: [1]\n"),
    .init("a shifted line", "\(start)grid:\n  seed: [1]\n latent: [4]\n"),
    .init("no colon", "\(start)grid\n"),
    .init("two documents", "\(start)grid: {seed: [1]}\n---\na: 1\n"),
    .init("a key twice", "\(start)grid: {seed: [1], seed: [2]}\n"),
    .init("a part twice", "\(start)grid: {seed: [1]}\ngrid: {seed: [2]}\n"),
    .init("a list as a key", "\(start)grid: {[1]: [2]}\n"),
    .init("a tag", "\(start)grid: {seed: !!python/object:os.system [1]}\n"),
    .init("a directive", "%FOO\n" + "\(start)grid: {seed: [1]}\n"),
    .init("an unknown escape", "name: \"\\q\"\n"), .init("half an escape", "name: \"\\"),
    .init("a block scalar as the grid", "\(start)grid: |\n  seed: [1]\n"),
    .init("JSON lines", "{\"name\": \"x\"}\n{\"name\": \"y\"}\n"),
  ]

  /// Bytes that are no text.
  private static var encodings: [MalformedSweep] {
    func utf8(_ text: String, _ more: [UInt8]) -> [UInt8] { [UInt8](text.utf8) + more }
    let name = [UInt8]("name: x\n".utf8)
    let wide: [UInt8] = name.flatMap { [$0, 0] }
    let wider: [UInt8] = name.flatMap { [0, 0, 0, $0] }
    let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    return [
      .init("a NUL", bytes: utf8(start, [0, 0x0A])),
      .init("Latin-1", bytes: utf8("name: x\ndescription: F", [0xFC, 0x72, 0x0A])),
      .init("half a character", bytes: utf8("name: x\ndescription: ", [0xE2, 0x82])),
      .init("an overlong character", bytes: utf8("name: ", [0xC0, 0xAF, 0x0A])),
      .init("a surrogate", bytes: utf8("name: ", [0xED, 0xA0, 0x80, 0x0A])),
      .init("UTF-16", bytes: utf8("", [0xFF, 0xFE]) + wide),
      .init("UTF-32", bytes: utf8("", [0, 0, 0xFE, 0xFF]) + wider),
      .init("a picture", bytes: png + [UInt8](0...255)),
      .init("zeros", bytes: [UInt8](repeating: 0, count: 100_000)),
      .init("an escape sequence", "name: x\ndescription: \u{1B}[2J\n"),
      .init("a vertical tab", "\(start)grid: {seed: [1]}\u{B}\n"),
    ]
  }

  /// Short texts that mean something huge, and huge ones.
  private static var explosions: [MalformedSweep] {
    func many(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }
    let nine = (0...20).map { level in many(level == 0 ? "x, " : "*a\(level - 1), ", 9) }
    let aliases = nine.enumerated().map { "a\($0): &a\($0) [\($1)]\n" }.joined()
    let unknown = (0..<60_000).map { "k\($0): 1\n" }.joined()
    var all: [MalformedSweep] = [
      .init("aliases that explode", aliases),
      .init("an alias without an anchor", "\(start)grid: {seed: *a}\n"),
      .init("an alias of itself", "name: x\ngrid: &a {seed: *a}\n"),
      .init("a merge of numbers", "name: x\nfixed: {<<: [4]}\ngrid: {seed: [1]}\n"),
      .init("more than a megabyte", "name: x\n# \(many("x", 1_100_000))", hasPosition: false),
      .init("a long name", "name: \(many("x", 900_000))"),
      .init("a long key", "\(start)\(many("k", 900_000)): 1\n"),
      .init("a long number", "\(start)grid: {seed: [\(many("9", 900_000))]}\n"),
      .init("many blocks", "\(start)grid:\n\(many("  - seed: 1\n", 80_000))"),
      .init(
        "many exclusions",
        "\(start)grid:\n  seed: [1]\n  exclude:\n\(many("    - seed: 1\n", 60_000))"),
      .init("many unknown keys", "\(start)\(unknown)"),
    ]
    for depth in [100, 10_000, 400_000] {
      all.append(.init("\(depth) open lists", "\(start)grid: \(many("[", depth))"))
      all.append(.init("\(depth) open mappings", "\(start)grid: \(many("{a: ", depth / 2))"))
      all.append(.init("\(depth) dashes", "\(start)grid:\n\(many("- ", depth))1\n"))
    }
    return all
  }

  /// Parts of the file that are wrong, missing, or in the wrong place.
  private static var parts: [MalformedSweep] {
    let whole: [MalformedSweep] = [
      .init("no name", "fixed: {pattern: scale.txt}\ngrid: {seed: [1]}\n", hasPosition: false),
      .init("no grid", start, hasPosition: false), .init("an empty grid", "\(start)grid:\n"),
      .init("an empty list of blocks", "\(start)grid: []\n"),
      .init("a word as the grid", "\(start)grid: seed\n"),
      .init("words as blocks", "\(start)grid: [seed, latent]\n"),
      .init("an empty block", "\(start)grid: [{seed: [1]}, {}]\n"),
      .init("a list as fixed", "name: x\nfixed: [pattern]\ngrid: {seed: [1]}\n"),
      .init("a word as fixed", "name: x\nfixed: scale.txt\ngrid: {seed: [1]}\n"),
      .init("a parameter at the top", "\(start)latent: 5\ngrid: {seed: [1]}\n"),
      .init("an unknown part", "\(start)gird: {seed: [1]}\n"),
      .init("no pattern", "name: x\ngrid: {seed: [1]}\n"),
    ]
    let names: [String] = [
      "", "a/b", "..", ".hidden", "/etc/passwd", "a b", "$(reboot)", "`reboot`", "x;reboot",
      "<b>x</b>", "\"a\\nb\"", "é", "[x]", "{a: b}", "a\\b", "~", "*", "\"x\\0y\"", "%s%n",
    ]
    let others: [String] = [
      "description: [a]", "description: {a: b}", "scores: [everything]", "scores: []",
      "scores: {recall: 1}", "scores: [[recall]]", "replicates: [sead]", "replicates: {seed: 1}",
      "trial_timeout: 5", "trial_timeout: -1h", "trial_timeout: 0s", "trial_timeout: [1h]",
      "trial_timeout: nan", "trial_timeout: 1e400d", "trial_timeout: 1 hour",
    ]
    let named = names.map { name in
      MalformedSweep(
        "name \(name)", "name: \(name)\nfixed: {pattern: scale.txt}\ngrid: {seed: [1]}\n")
    }
    let rest = others.map { MalformedSweep("part \($0)", "\(start)\($0)\ngrid: {seed: [1]}\n") }
    return whole + named + rest
  }

  /// Ranges that have no values, too many, or no end.
  private static let ranges: [MalformedSweep] = badRanges.map { .init(grid: "seed: \($0)") }

  private static let badRanges: [String] = [
    "{}", "{from: 1}", "{to: 1}", "{from: 1, to: 3, stop: 1}", "{from: 3, to: 1}",
    "{from: 1, to: 1000000000000}", "{from: 1, to: 9223372036854775807}", "{from: 1, to: 1e300}",
    "{from: 1, to: 3, step: 0}", "{from: 1, to: 3, step: -1}", "{from: 1, to: 3, step: .nan}",
    "{from: .nan, to: 3}", "{from: 1, to: .inf}", "{from: 0, to: 1e18, step: 1e-18}",
    "{from: 1, to: 3, points: 0}", "{from: 1, to: 3, points: 1000000000000}",
    "{from: 1, to: 3, points: 2, step: 1}", "{from: 0, to: 3, points: 3, scale: log}",
    "{from: 1, to: 3, points: 3, scale: cubic}", "{from: 1, to: 3, scale: log}", "{from: a, to: b}",
    "{from: [1], to: 3}", "{from: 1, to: {from: 1, to: 2}}", "{from: 1, from: 2, to: 3}",
  ]

  /// Values that are allowed, each for itself.
  private static var combinations: [MalformedSweep] {
    let grids: [String] = [
      "seed: {from: 1, to: 10000}, latent: {from: 2, to: 10001}, test_every: {from: 1, to: 10000}",
      "seed: {from: 1, to: 100000}, latent: {from: 2, to: 90000}",
      "delay_min: [20], delay_max: [10]", "nudged_replay_cycles: [200]",
      "kernel: [reference], precision: [single]", "sequence_length: [3, 5]", "cue_notes: [5]",
      "pattern_count: [2]", "seed: [1], zip: {latent: [4, 5], nudging: [0.1]}", "zip: [latent]",
      "zip: {}", "zip: {latent: {from: 2, to: 1e12}}", "seed: [1], exclude: [{seed: 1}]",
      "seed: [1], exclude: [{latent: 4}]", "seed: [1], exclude: {seed: 1}",
      "seed: [1], exclude: [seed]", "seed: [1], exclude: [{seed: x}]", "pattern: [scale.txt]",
      "disruption: [nowhere.txt]", "disruption: [scale.txt]",
    ]
    let fixed: [String] = [
      "delay_min: 20", "vocabulary: 5", "seed: 1", "sequence_length: 1000000",
    ]
    let generated: [String] = [
      "vocabulary: 2, order: 1, sequence_length: 50",
      "vocabulary: 90000, order: 2, sequence_length: 1000000, visible: 100000",
      "vocabulary: 5, order: 2", "sequence_length: 10",
    ]
    let patterns: [String] = [
      "nowhere.txt", ".", "/", "/dev/zero", "/dev/stdin", "pipe", "\"\"", "\"a\\0b\"", "~/x.txt",
      "s.yaml",
    ]
    let named =
      patterns.map { "{pattern: \($0)}" } + generated.map { "{pattern: generated, \($0)}" }
    return grids.map { .init(grid: $0) } + fixed.map { .init(grid: "seed: [1]", fixed: $0) }
      + named.map { .init("fixed \($0)", "name: x\nfixed: \($0)\ngrid: {seed: [1]}\n") }
  }

  /// Each parameter with values of the wrong kind.
  private static var ofEveryParameter: [MalformedSweep] {
    let choices: Set<String> = [
      "model", "scaffold", "protect_scaffold", "plastic_replay", "precision", "kernel",
    ]
    let numbers: [String] = [
      "five", ".nan", "1e999", "-1e999", "\"5\"", "[5]", "{until: 5}", "0x10", "1_0",
    ]
    let words: [String] = ["nothing", "2", ".inf", "[]"]
    var all: [MalformedSweep] = []
    for key in Parameter.all.map(\.key) where key != "pattern" && key != "disruption" {
      for value in choices.contains(key) ? words : numbers {
        all.append(.init(grid: "\(key): [\(value)]"))
      }
      all.append(.init(grid: "\(key): []"))
      all.append(.init(grid: "\(key)s: 1"))
    }
    return all
  }
}
