import Foundation
import TestSupport
import Testing

@testable import SweepPlan

@Suite struct WarningsTests {
  /// If this fails, a pattern with a forgotten channel is trained for a night without a word.
  @Test(
    arguments: [
      ("1 0 0\n0 1 1", nil),
      (
        "1 0 0\n0 0 0",
        "visible neuron 2 (counted from 1) never changes and counts for no correlation"
      ),
      (
        "1 1 1\n0 1 0\n0 0 0",
        "visible neurons 1, 3 (counted from 1) never change and count for no correlation"
      ),
      ("1 1 1\n0 0 0", "no visible neuron ever changes, so that nothing can be scored"),
    ] as [(String, String?)])
  func unusedChannels(rows: String, warning: String?) throws {
    try withTemporaryFolder { folder in
      let count = rows.split(separator: "\n").count
      try Data("# name: tune nNeurons: \(count) nSteps: 3\n\(rows)\n".utf8)
        .write(to: folder.appendingPathComponent("p.txt"))
      let file = try InputFile(.pattern, "p.txt", in: folder.path)
      #expect(file.warnings == (warning.map { ["'p.txt', pattern 'tune': " + $0] } ?? []))
    }
  }

  /// If this fails, two songs of which only the first word differs have one name in all tables, without a
  /// word; or results of earlier versions that have such a song cannot be read.
  @Test(arguments: [
    ("my first song", "my first song"), ("song, first", "song first"), ("song", nil),
  ])
  func namesWithBlanks(written: String, cut: String?) throws {
    let text = "# name: \(written) nNeurons: 1 nSteps: 3\n1 0 0\n"
    let file = try InputFile(.pattern, "p.txt", bytes: Array(text.utf8))
    #expect(file.problem == nil)
    #expect(
      file.warnings
        == (cut.map {
          [
            "'p.txt', line 1: the name '\($0)' has more than one word, of which only the first counts; "
              + "join them with _"
          ]
        } ?? []))
  }

  /// If this fails, a song with long pauses, which networks seldom learn, is trained without a word.
  @Test(
    arguments: [
      ("", "2 notes in a row (20 ms), longer than delay_max (15 ms)"),
      ("delay_max: 20", nil),
      ("delay_max: 19.9", "2 notes in a row (20 ms), longer than delay_max (19.9 ms)"),
      ("delay_max: [20, 10, 12, 30]", "2 notes in a row (20 ms), longer than delay_max (10 ms)"),
      ("note_duration: 7.5", nil),
      ("note_duration: [5, 7.6]", "2 notes in a row (15.2 ms), longer than delay_max (15 ms)"),
      ("sequence_length: 4", nil),
      ("pattern_count: 1", nil),
      ("model: esn", nil),
    ] as [(String, String?)])
  func longSilences(grid: String, warning: String?) throws {
    try withTemporaryFolder { folder in
      try """
      # name: full nNeurons: 2 nSteps: 5
      1 0 1 0 1
      0 1 0 1 0
      # name: song nNeurons: 2 nSteps: 5
      0 1 0 0 0
      0 0 0 1 0
      """.write(to: folder.appendingPathComponent("p.txt"), atomically: true, encoding: .utf8)
      let sweep = folder.appendingPathComponent("s.yaml")
      let keys = grid.isEmpty ? "" : ", \(grid)"
      try "name: s\nfixed: {pattern: p.txt, test_every: 21}\ngrid: {seed: [1, 2]\(keys)}\n"
        .write(to: sweep, atomically: true, encoding: .utf8)
      let plan = try Plan(SweepFile(contentsOf: sweep.path))
      let expected = warning.map {
        "'p.txt', pattern 'song': all visible neurons are silent for \($0); networks seldom learn "
          + "what follows"
      }
      #expect(plan.warnings == (expected.map { [$0] } ?? []))
    }
  }

  /// If this fails, a sweep whose networks all diverge is started without a word.
  @Test(
    arguments: [
      ("nudging: 0.89", nil),
      ("nudging: [0.6, 0.9, 0.95]", "nudging 0.95"),
      ("nudging: 0.9, time_step: 0.05", nil),
      (
        "nudging: 0.6, time_step: 0.45, note_duration: 9, delay_min: 4.5, delay_max: 9, interneuron_delay: 9, inhibitory_conductance: 2",
        "nudging 0.6"
      ),
      ("model: esn", nil),
    ] as [(String, String?)])
  func stiffTeacher(grid: String, warning: String?) throws {
    try withTemporaryFolder { folder in
      let sweep = folder.appendingPathComponent("s.yaml")
      try
        "name: s\nfixed: {pattern: generated, sequence_length: 5, vocabulary: 5, order: 1}\ngrid: {\(grid)}\n"
        .write(to: sweep, atomically: true, encoding: .utf8)
      let expected = warning.map {
        "\($0): time_step * (leak_conductance + dendrite_conductance) / (1 - nudging) is above 2, so that "
          + "the potentials of taught neurons diverge"
      }
      #expect(try Plan(SweepFile(contentsOf: sweep.path)).warnings == (expected.map { [$0] } ?? []))
    }
  }

  /// The warnings of a sweep of generated sequences.
  private static func warnings(_ grid: String, scores: String = "[recall]") throws -> [String] {
    let text = """
      name: s
      fixed: {pattern: generated, sequence_length: 5, vocabulary: 5, order: 1}
      grid: {\(grid)}
      scores: \(scores)
      """
    return try Plan(SweepFile(Array(text.utf8), path: "s.yaml")).warnings
  }

  /// If this fails, networks are ranked by the luck of one draw each, and nobody says so.
  @Test(
    arguments: [
      ("latent: [50]", "s.yaml:3:7: robustness_draws: got 1"),
      ("latent: [50], robustness_draws: [1, 7, 8]", "s.yaml:3:22: robustness_draws: got 1"),
      ("latent: [50], robustness_draws: [7]", "s.yaml:3:22: robustness_draws: got 7"),
      ("latent: [50], robustness_draws: [8]", nil),
    ] as [(String, String?)])
  func fewDraws(grid: String, warning: String?) throws {
    let expected = warning.map {
      "\($0); expected 8 or more for scores: robustness; with fewer, draws in one network differ as much "
        + "as networks do"
    }
    #expect(
      try Self.warnings(grid, scores: "[recall, robustness]") == (expected.map { [$0] } ?? []))
    #expect(try Self.warnings(grid).isEmpty)
  }

  /// If this fails, small networks pass for robust against losses that they do not have.
  @Test(
    arguments: [
      ("latent: [30, 50]", nil),
      (
        "latent: [50, 10, 29]",
        "10, 29; expected 30 or more for robustness_latent_loss, or to compare this score between larger "
          + "networks only; of 10 neurons, the severities 0.02, 0.05, 0.1, 0.2, 0.4 remove 0, 1, 1, 2, 4"
      ),
      (
        "latent: {from: 10, to: 35}",
        "10, 11, 12, 13, 14, 15, 16, 17, 18, 19 and 10 more; expected 30 or more for "
          + "robustness_latent_loss, or to compare this score between larger networks only; of 10 neurons, "
          + "the severities 0.02, 0.05, 0.1, 0.2, 0.4 remove 0, 1, 1, 2, 4"
      ),
    ] as [(String, String?)])
  func latentLoss(grid: String, warning: String?) throws {
    let grid = grid + ", robustness_draws: [8]"
    #expect(
      try Self.warnings(grid, scores: "[recall, robustness]")
        == (warning.map { ["s.yaml:3:8: latent: got \($0)"] } ?? []))
    #expect(try Self.warnings(grid).isEmpty)
  }

  /// If this fails, `cycles_to_criterion` passes for the time after which several patterns are kept,
  /// although each is tested only at the end of its own turn.
  @Test(
    arguments: [
      ("pattern_count: [1, 2]", "test_every: got 20 with turn_cycles 20 and 2 patterns", 21),
      (
        "pattern_count: [3], turn_cycles: [7, 10]",
        "test_every: got 20 with turn_cycles 10 and 3 patterns", 21
      ),
      ("pattern_count: [2], test_every: [21]", nil, 0),
      ("pattern_count: [2], turn_cycles: [500]", nil, 0),
      ("pattern_count: [2], turn_cycles: [1]", nil, 0),
      // Nobody asks for free tests.
      ("pattern_count: [2], training_cycles: [20]", nil, 0),
      ("turn_cycles: [20]", nil, 0),
    ] as [(String, String?, Int)])
  func turns(grid: String, warning: String?, better: Int) throws {
    let warnings = try Self.warnings(grid)
    #expect(warnings.count == (warning == nil ? 0 : 1), "\(warnings)")
    for (found, warning) in zip(warnings, [warning].compactMap(\.self)) {
      #expect(
        found.hasSuffix(
          "\(warning); expected no multiple of turn_cycles, for example \(better); otherwise every free "
            + "test ends a turn of its own pattern, and cycles_to_criterion does not show whether patterns "
            + "are kept while others are learned"), "\(found)")
      #expect(found.hasPrefix("s.yaml:3:"))
    }
  }
}
