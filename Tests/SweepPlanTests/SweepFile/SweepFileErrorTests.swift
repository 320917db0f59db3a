import Foundation
import TestSupport
import Testing

@testable import SweepPlan

@Suite("A wrong sweep file is refused with place, key, what was found and what is allowed")
struct SweepFileErrorTests {
  /// A file whose grid, from line 5 on, is the given text.
  func file(grid: String, fixed: String = "latent: 50") -> String {
    "name: s\nfixed: {pattern: ../patterns/fuer_elise.txt, \(fixed)}\n# a comment\ngrid:\n\(grid)\n"
  }

  @Test(
    "Parts of the file",
    arguments: [
      ("", "s.yaml:1:1: this is not a sweep file: got an empty document; expected keys and values"),
      (
        "name: s\nname: t\n",
        "s.yaml:2:1: this is not a sweep file: got the key \"name\" again, first at line 1; "
          + "expected it once"
      ),
      (
        "- a\n",
        "s.yaml:1:1: sweep file: got a list; expected a mapping with the keys name, "
          + "description, fixed, grid, search, scores, replicates, blocks, until, "
          + "reference, trial_timeout"
      ),
      (
        "name: s\ngird: {}\n",
        "s.yaml:2:1: unknown key 'gird', did you mean 'grid'?; expected name, description, "
          + "fixed, grid, search, scores, replicates, blocks, until, "
          + "reference, trial_timeout"
      ),
      (
        "name: s\nlatent: 5\n",
        "s.yaml:2:1: unknown key 'latent', did you mean 'fixed: {latent: …}'?; expected name, "
          + "description, fixed, grid, search, scores, replicates, blocks, until, "
          + "reference, trial_timeout"
      ),
      (
        "name: s\nsed: [1, 2]\n",
        "s.yaml:2:1: unknown key 'sed', did you mean 'grid: {seed: …}'?; expected name, "
          + "description, fixed, grid, search, scores, replicates, blocks, until, "
          + "reference, trial_timeout"
      ),
      (
        "name: s\nexclude: [{seed: 1}]\n",
        "s.yaml:2:1: unknown key 'exclude', did you mean 'grid: {exclude: …}'?; expected name, "
          + "description, fixed, grid, search, scores, replicates, blocks, until, "
          + "reference, trial_timeout"
      ),
      (
        "name: s\nat_most: 3\n",
        "s.yaml:2:1: unknown key 'at_most', did you mean 'until: {at_most: …}'?; expected name, "
          + "description, fixed, grid, search, scores, replicates, blocks, until, "
          + "reference, trial_timeout"
      ),
      (
        "name: s\nfixed: {zip: {seed: [1]}}\n",
        "s.yaml:2:9: 'zip' is no parameter but a key of 'grid' in a sweep file"
      ),
      (
        "name: s\ngrid: {seed: [1], met: above}\n",
        "s.yaml:2:19: 'met' is no parameter but a key of 'search' in a sweep file"
      ),
      (
        "grid: {seed: [1]}\n",
        "s.yaml: name: got nothing; expected 1 to 100 of the characters a-z, A-Z, 0-9, '_', '-' and "
          + "'.', the first not '.'"
      ),
      (
        "name: a/b\n",
        "s.yaml:1:7: name: got 'a/b'; expected 1 to 100 of the characters a-z, A-Z, 0-9, '_', '-' "
          + "and '.', the first not '.'"
      ),
      (
        "name: \"\"\n",
        "s.yaml:1:7: name: got ''; expected 1 to 100 of the characters a-z, A-Z, 0-9, '_', '-' "
          + "and '.', the first not '.'"
      ),
      (
        "name: é\n",
        "s.yaml:1:7: name: got 'é'; expected 1 to 100 of the characters a-z, A-Z, 0-9, '_', '-' "
          + "and '.', the first not '.'"
      ),
      (
        "name: s\nfixed: {pattern: \"\"}\ngrid: {seed: [1]}\n",
        "s.yaml:2:18: pattern: got the text ''; expected a file, or generated"
      ),
      (
        "name: s\n",
        "s.yaml: grid: got nothing; expected a mapping of parameters to the values to sweep"
      ),
      (
        "name: s\ngrid:\n",
        "s.yaml:2:1: grid: got an empty grid; expected at least one key with its values"
      ),
      (
        "name: s\ngrid: {}\n",
        "s.yaml:2:7: grid: got an empty grid; expected at least one key with its values"
      ),
      (
        "name: s\ngrid: []\n",
        "s.yaml:2:1: grid: got an empty grid; expected at least one key with its values"
      ),
      (
        "name: s\ngrid: {seed: [1]}\n",
        "s.yaml:2:7: pattern: got no value, and it has no default; name it under `fixed` or in "
          + "`grid`: file with the sequence to learn, relative to the sweep file, or generated for "
          + "a random sequence (a file of that name is ./generated)"
      ),
      (
        "name: s\nfixed: {pattern: none.txt}\ngrid: {seed: [1]}\n",
        "s.yaml:2:18: pattern: got 'none.txt', but no such file; expected a readable pattern file, "
          + "or generated"
      ),
      (
        "name: s\nfixed: {pattern: ../patterns/fuer_elisa.txt}\ngrid: {seed: [1]}\n",
        "s.yaml:2:18: pattern: got '../patterns/fuer_elisa.txt', but no such file, did you mean "
          + "'fuer_elise.txt'?; expected a readable pattern file, or generated"
      ),
      (
        "name: s\nfixed: {pattern: ../patterns/fuer_elise.txt, trial_timeout: 5m}\ngrid: {seed: 1}\n",
        "s.yaml:2:46: 'trial_timeout' is no parameter but a key of the top level of a sweep file"
      ),
      (
        "name: s\nfixed: {pattern: ../patterns}\ngrid: {seed: [1]}\n",
        "s.yaml:2:18: pattern: got '../patterns', but this is a folder, not a file; "
          + "expected a readable pattern file, "
          + "or generated"
      ),
      (
        "name: s\nfixed: {latent: [1, 2]}\ngrid: {seed: [1]}\n",
        "s.yaml:2:17: latent: got a list; expected a single value here, and several in grid"
      ),
      (
        "name: s\ntests: [recall]\ngrid: {seed: [1]}\n",
        "s.yaml:2:1: tests: this key is called 'scores' now; expected 'scores: …'"
      ),
      (
        "name: s\nscores: [recall, robust]\ngrid: {seed: [1]}\n",
        "s.yaml:2:18: scores: got 'robust'; expected recall, capacity, robustness"
      ),
      (
        "name: s\nreplicates: [sead]\ngrid: {seed: [1]}\n",
        "s.yaml:2:14: unknown parameter 'sead', did you mean 'seed'?; "
          + "`elise-sweep parameters` lists every key"
      ),
    ])
  func parts(text: String, message: String) {
    #expect(refusal(text) == message)
  }

  @Test(
    "Values and grids",
    arguments: [
      (
        "  latnet: [10]",
        "s.yaml:5:3: unknown parameter 'latnet', did you mean 'latent'?; "
          + "`elise-sweep parameters` lists every key"
      ),
      (
        "  seed: [1, two]",
        "s.yaml:5:13: seed: got 'two'; expected an integer from 0 to 9223372036854775807"
      ),
      (
        "  seed: [1, \"2\"]",
        "s.yaml:5:13: seed: got the text '2'; expected an integer from 0 to 9223372036854775807"
      ),
      (
        "  seed: [5\u{A0}]",
        "s.yaml:5:10: seed: got '5<U+00A0>'; expected an integer from 0 to 9223372036854775807"
      ),
      (
        "  nudging: [0.5, 1]",
        "s.yaml:5:18: nudging: got '1'; expected a number from 0 to 1 (excluded)"
      ),
      ("  seed: []", "s.yaml:5:9: seed: got an empty list; expected at least one value"),
      (
        "  seed:",
        "s.yaml:5:8: seed: got nothing; expected a value, a list of values, "
          + "or a range {from, to, step or points, scale}"
      ),
      (
        "  seed: [[1]]",
        "s.yaml:5:10: seed: got a list; expected single values in its list"
      ),
      (
        "  latent: [10]",
        "s.yaml:5:3: latent: got values for it again; it has values from line 2 already"
      ),
      (
        "  seed: {from: 1, until: 3}",
        "s.yaml:5:19: unknown key 'until'; expected from, to, step, points, scale"
      ),
      (
        "  seed: {from: 1}",
        "s.yaml:5:9: seed: got a range without to; expected a range with from and to"
      ),
      (
        "  seed: {from: 3, to: 1}",
        "s.yaml:5:9: seed: got a range from 3 to 1; expected a range from low to high"
      ),
      (
        "  nudging: {from: 0, to: 0.5}",
        "s.yaml:5:12: nudging: got a range without step or points; expected {from, to, step} "
          + "or {from, to, points} for numbers that are not whole"
      ),
      (
        "  seed: {from: 1, to: 3, step: 0.5}",
        "s.yaml:5:32: seed: step: got '0.5'; expected an integer from 1 to 9223372036854775807"
      ),
      (
        "  seed: {from: 1, to: 3, step: 1e30}",
        "s.yaml:5:32: seed: step: got '1e30'; expected an integer from 1 to 9223372036854775807"
      ),
      (
        "  seed: {from: 1, to: 3, step: \"1\"}",
        "s.yaml:5:32: seed: step: got the text '1'; expected an integer from 1 to 9223372036854775807"
      ),
      (
        "  nudging: {from: 0, to: 0.5, step: 1e999}",
        "s.yaml:5:37: nudging: step: got '1e999'; expected a finite number above 0"
      ),
      (
        "  nudging: {from: 0, to: 0.5, step: 1e-999}",
        "s.yaml:5:37: nudging: step: got '1e-999', which is read as 0; "
          + "expected a finite number above 0"
      ),
      (
        "  nudging: {from: 0, to: 0.5, step: 0}",
        "s.yaml:5:37: nudging: step: got '0'; expected a finite number above 0"
      ),
      (
        "  nudging: {from: 0, to: 0.5, points: 1}",
        "s.yaml:5:39: nudging: points: got '1'; expected an integer from 2 to 10000000"
      ),
      (
        "  nudging: {from: 0, to: 0.5, points: 18446744073709551615}",
        "s.yaml:5:39: nudging: points: got '18446744073709551615'; "
          + "expected an integer from 2 to 10000000"
      ),
      (
        "  nudging: {from: 0, to: 0.5, points: 3, scale: log}",
        "s.yaml:5:19: nudging: from: got '0'; expected a number above 0 on a log scale"
      ),
      (
        "  nudging: {from: 0, to: 0.5, points: 3, scale: cubic}",
        "s.yaml:5:49: nudging: scale: got 'cubic'; expected linear or log"
      ),
      (
        "  nudging: {from: 0, to: 0.5, step: 0.1, scale: log}",
        "s.yaml:5:49: nudging: got a scale without points; expected a scale with points"
      ),
      (
        "  nudging: {from: 0, to: 0.5, step: 0.1, points: 3}",
        "s.yaml:5:37: nudging: got both step and points; expected one of them"
      ),
      (
        "  kernel: {from: 1, to: 2}",
        "s.yaml:5:11: kernel: got a range; expected windowed or reference"
      ),
      (
        "  note_duration: {from: 1, to: 2, points: 4}",
        "s.yaml:5:3: got note_duration 1.3333333333333333 and time_step 0.1; note_duration must be a "
          + "multiple of time_step, at least 3 of them"
      ),
      (
        "  zip: {delay_min: [1, 2], delay_max: [3, 4, 5]}",
        "s.yaml:5:28: zip: got 3 values of delay_max and 2 of delay_min; expected equally many"
      ),
      (
        "  seed: [1]\n  zip: {seed: [1]}",
        "s.yaml:6:9: seed: got values for it again; it has values from line 5 already"
      ),
      (
        "  seed: [1]\n  exclude: [{nudging: 0.5}]",
        "s.yaml:6:14: exclude: got 'nudging', which this block does not sweep; "
          + "expected a key of the same block"
      ),
      (
        "  seed: [1]\n  exclude: {seed: 1}",
        "s.yaml:6:12: exclude: got a mapping; "
          + "expected a list of mappings of parameters to values"
      ),
      (
        "  seed: [1, 2]\n  exclude: [{seed: [2, 1]}]",
        "s.yaml:5:3: exclude: got exclusions that leave no trial of this block; "
          + "expected at least one trial"
      ),
      (
        "  - exlude: [{seed: 1}]\n    seed: [1]",
        "s.yaml:5:5: unknown parameter 'exlude', did you mean 'exclude'?; "
          + "`elise-sweep parameters` lists every key"
      ),
      (
        "  delay_max: [20, 4]",
        "s.yaml:5:3: got delay_min 5 and delay_max 4; delay_min must be at most delay_max"
      ),
      (
        "  kernel: [reference]\n  precision: [double, single]",
        "s.yaml:5:3: got kernel reference and precision single; "
          + "kernel reference needs precision double"
      ),
    ])
  func grids(grid: String, message: String) {
    #expect(refusal(file(grid: grid)) == message)
  }

  @Test(
    "A sequence may be as long as its pattern file and no longer",
    arguments: [
      (
        "name: s\nfixed: {sequence_length: 26, pattern: ../patterns/fuer_elise.txt}\n"
          + "grid: {seed: [1]}\n", [],
        "s.yaml:2:9: sequence_length: got 26; expected at most 25, the notes of "
          + "'../patterns/fuer_elise.txt', or none"
      ),
      (
        "name: s\ngrid:\n  seed: [1]\n  pattern: [../patterns/fuer_elise.txt]\n"
          + "  sequence_length: [none, 25, 27, 28]\n", [],
        "s.yaml:5:3: sequence_length: got 27; expected at most 25, the notes of "
          + "'../patterns/fuer_elise.txt', or none"
      ),
      (
        "name: s\ngrid:\n  zip:\n    pattern: [../patterns/fuer_elise.txt, "
          + "../sweeps/../patterns/fuer_elise.txt]\n    sequence_length: [25, 30]\n", [],
        "s.yaml:5:5: sequence_length: got 30; expected at most 25, the notes of "
          + "'../sweeps/../patterns/fuer_elise.txt', or none"
      ),
      (
        "name: s\nfixed: {pattern: ../patterns/fuer_elise.txt}\ngrid: {seed: [1]}\n",
        ["sequence_length=26"],
        "--set sequence_length=26: sequence_length: got 26; expected at most 25, the notes of "
          + "'../patterns/fuer_elise.txt', or none"
      ),
    ])
  func sequenceTooLong(text: String, overrides: [String], message: String) {
    #expect(refusal(text, overrides: overrides) == message)
  }

  @Test(
    "What reaches beyond the patterns of a trial is refused before anything runs",
    arguments: [
      (
        "{pattern: ../patterns/fuer_elise.txt, pattern_count: [1, 2]}",
        "pattern_count: got 2; expected at most 1, the patterns in "
          + "'../patterns/fuer_elise.txt', or none"
      ),
      (
        "{pattern: ../patterns/fuer_elise.txt, cue_notes: [25, 26]}",
        "cue_notes: got 26; expected at most 25, the notes of the sequence, or none"
      ),
      (
        "{pattern: ../patterns/fuer_elise.txt, sequence_length: [6, 5], cue_notes: 6}",
        "cue_notes: got 6; expected at most 5, the notes of the sequence, or none"
      ),
      (
        "{pattern: generated, vocabulary: 3, order: 2, pattern_count: 2, sequence_length: 5, "
          + "cue_notes: 6}",
        "cue_notes: got 6; expected at most 5, the notes of the sequence, or none"
      ),
      (
        "{pattern: ../patterns/fuer_elise.txt, disruption: ../disruptions/fuer_elise_small.txt, "
          + "note_duration: [10, 5]}",
        "disruption: got '../disruptions/fuer_elise_small.txt', which ends at step 1500; expected an "
          + "end up to step 1250, the length of a cycle"
      ),
      (
        "{pattern: generated, vocabulary: 3, order: 2, pattern_count: [5, 3, 2], "
          + "sequence_length: 15, disruption: ../disruptions/fuer_elise_small.txt}",
        "disruption: got '../disruptions/fuer_elise_small.txt', which ends at visible neuron 13; expected "
          + "an end up to 6, the number of visible neurons"
      ),
    ])
  func beyondThePatterns(grid: String, message: String) throws {
    let found = try #require(refusal("name: s\ngrid: \(grid)\n"))
    #expect(found.hasSuffix(message), "\(found)")
    #expect(found.hasPrefix("s.yaml:2:"))
  }

  @Test(
    "The time of a trial is a duration",
    arguments: [
      ("90m", 5400, nil), ("1.5h", 5400, nil),
      ("90", nil, "got '90'"), ("0s", nil, "got '0s'"), ("1e307d", nil, "got '1e307d'"),
      ("soon", nil, "got 'soon'"), ("[1m]", nil, "got a list"),
    ] as [(String, Double?, String?)])
  func trialTimeout(written: String, seconds: Double?, found: String?) throws {
    let text =
      "name: s\nfixed: {pattern: ../patterns/fuer_elise.txt}\ngrid: {seed: 1}\n"
      + "trial_timeout: \(written)\n"
    let message = found.map {
      "s.yaml:4:16: trial_timeout: \($0); expected a finite number above 0 with its unit, s, m, h or d, "
        + "such as 55m"
    }
    #expect(refusal(text) == message)
    if seconds != nil { #expect(try readSweep(text).trialTimeout == seconds) }
  }

  @Test(
    "A length is held against the patterns of the trials that have it, and against no others",
    arguments: [
      "  - {pattern: ../patterns/fuer_elise.txt, sequence_length: [2, 25]}",
      "  - {pattern: [../patterns/fuer_elise.txt], sequence_length: [25, 26], "
        + "exclude: [{sequence_length: 26}]}",
      "  - {pattern: ../patterns/fuer_elise.txt}\n"
        + "  - {pattern: generated, sequence_length: 26, vocabulary: 2, order: 9}",
    ])
  func sequenceFits(grid: String) {
    #expect(refusal("name: s\ngrid:\n\(grid)\n") == nil)
  }

  struct NoSequence: Error, CustomStringConvertible {
    var description: String { "no sequence\nhas them" }
  }

  @Test(
    "A generated pattern that cannot exist is refused at its length",
    arguments: [
      (
        "name: s\nfixed: {pattern: generated, vocabulary: 3, order: 2}\n"
          + "grid:\n  visible: [none]\n  sequence_length: [9, 10]\n", [],
        "s.yaml:5:3: pattern: no sequence\\nhas them"
      ),
      (
        "name: s\nfixed: {pattern: generated, sequence_length: 9, order: 2, visible: 13}\n"
          + "grid: {vocabulary: [3]}\n", ["sequence_length=10"],
        "--set sequence_length=10: pattern: no sequence\\nhas them"
      ),
    ])
  func impossibleRequest(text: String, overrides: [String], message: String) {
    let found = refusal(
      text, overrides: overrides,
      validateRequest: { request in
        if request.length == 10 { throw NoSequence() }
      })
    #expect(found == message)
  }

  @Test(
    "What a generated pattern needs, and what only it takes, is said where it is written",
    arguments: [
      (
        "pattern: generated, vocabulary: 3, order: 1",
        "s.yaml:2:9: got sequence_length none and pattern generated; "
          + "sequence_length must be named if pattern is generated"
      ),
      (
        "pattern: generated, sequence_length: none, vocabulary: 3, order: 1",
        "s.yaml:2:29: got sequence_length none and pattern generated; "
          + "sequence_length must be named if pattern is generated"
      ),
      (
        "pattern: generated, sequence_length: 9, order: 1",
        "s.yaml:2:9: got vocabulary none and pattern generated; "
          + "vocabulary must be named if pattern is generated"
      ),
      (
        "pattern: generated, sequence_length: 9, vocabulary: 3",
        "s.yaml:2:9: got order none and pattern generated; "
          + "order must be named if pattern is generated"
      ),
      (
        "pattern: generated, sequence_length: 9, vocabulary: 3, order: 1, visible: 2",
        "s.yaml:2:74: got visible 2 and vocabulary 3; "
          + "visible must be at least vocabulary, one neuron for each symbol"
      ),
      (
        "pattern: ../patterns/fuer_elise.txt, pattern_seed: 1",
        "s.yaml:2:46: got pattern_seed 1 and pattern ../patterns/fuer_elise.txt; "
          + "pattern_seed is for pattern generated alone and must be none with a pattern file"
      ),
    ])
  func generatedPatterns(fixed: String, message: String) {
    #expect(refusal("name: s\nfixed: {\(fixed)}\ngrid: {seed: [1]}\n") == message)
  }

  @Test("Setting what is swept, and settings that contradict the file, name the setting")
  func overrides() {
    #expect(
      refusal(file(grid: "  seed: [1]"), overrides: ["seed=2"])
        == "--set seed=2: seed: got a value for a key that the grid sweeps (line 5); "
        + "expected any key that is not in the grid")
    #expect(
      refusal(file(grid: "  seed: [1]"), overrides: ["delay_max=1"])
        == "--set delay_max=1: got delay_min 5 and delay_max 1; "
        + "delay_min must be at most delay_max")
  }

  @Test(
    "Huge sweeps are counted without being expanded",
    arguments: [
      ("  seed: {from: 1, to: 10000001}", "10000001"),
      ("  seed: {from: 1, to: 1000000000000}", "1000000000000"),
      ("  nudging: {from: 0, to: 0.5, points: 1e12}", "1000000000000"),
      ("  nudging: {from: 0, to: 0.5, step: 1e-300}", "more than 9223372036854775807"),
      (
        "  seed: {from: 0, to: 9223372036854775807}\n  nudging: {from: 0, to: 0.5, points: 1e12}",
        "more than 9223372036854775807"
      ),
      (
        "  - {seed: {from: 1, to: 6000000}}\n  - {nudging: {from: 0, to: 0.5, points: 6000000}}",
        "12000000"
      ),
      (
        "  zip: [{seed: {from: 1, to: 100000}}, {weight_mean: {from: 0, to: 999, step: 1}}]",
        "100000000"
      ),
    ])
  func huge(grid: String, count: String) {
    #expect(
      refusal(file(grid: grid))
        == "s.yaml:4:1: got \(count) trials; expected at most 10000000")
  }

  @Test("A huge list that is paired with a short one is refused before it is expanded")
  func hugeZip() {
    #expect(
      refusal(file(grid: "  zip: {delay_min: [5], seed: {from: 0, to: 9223372036854775807}}"))?
        .contains("expected equally many") == true)
  }

  @Test("Too many exclusions or blocks are refused")
  func tooMany() {
    let exclusions = Array(repeating: "{seed: 1}", count: 1001).joined(separator: ", ")
    #expect(
      refusal(file(grid: "  seed: [1, 2]\n  exclude: [\(exclusions)]"))
        == "s.yaml:5:3: got 1001 exclusions; expected at most 1000")
    let blocks = Array(repeating: "  - seed: 1\n", count: 10_001).joined()
    #expect(
      refusal(file(grid: blocks)) == "s.yaml:4:1: got 10001 blocks; expected at most 10000")
  }

  @Test("Hostile text reaches the terminal harmless and short")
  func hostileText() throws {
    let text = "name: \"\\e[31m\\n" + String(repeating: "x", count: 1000) + "\"\n"
    let message = try #require(refusal(text))
    #expect(!message.unicodeScalars.contains { $0.properties.generalCategory == .control })
    #expect(message.count < 250)
  }

  @Test("A file that is none says so")
  func files() throws {
    try withTemporaryFolder { folder in
      func message(_ path: String) -> String? {
        do {
          _ = try SweepFile(contentsOf: path)
          return nil
        } catch { return "\(error)".replacingOccurrences(of: folder.path, with: "") }
      }
      #expect(message(folder.path + "/a.yaml") == "/a.yaml: no such file")
      #expect(message(folder.path) == ": this is a folder, not a file")
      #expect(message("/dev/zero") == "/dev/zero: this is a pipe, a device or a socket, not a file")
      let large = folder.appendingPathComponent("large.yaml")
      try Data(repeating: 35, count: SweepFile.maximumSize + 1).write(to: large)
      #expect(message(large.path) == "/large.yaml: the file is larger than 1 MB")
      try Data(repeating: 35, count: SweepFile.maximumSize).write(to: large)
      #expect(
        message(large.path)?.hasSuffix("got an empty document; expected keys and values") == true)
    }
  }
}
