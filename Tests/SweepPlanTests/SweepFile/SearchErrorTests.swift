import TestSupport
import Testing

@testable import SweepPlan

@Suite("A wrong search is refused with place, key, what was found and what is allowed")
struct SearchErrorTests {
  @Test(arguments: [
    (
      "search: sequence_length",
      "search: got 'sequence_length'; expected a mapping of one parameter to its values, with "
        + "criterion, met, beyond", 8
    ),
    ("search: {}", "search: got nothing; expected a parameter with the values to search", 8),
    (
      "search: {criterion: recalled}",
      "search: got nothing; expected a parameter with the values to search", 8
    ),
    (
      "search: {sequence_lenght: [5, 6]}",
      "unknown parameter 'sequence_lenght', did you mean 'sequence_length'?; "
        + "`elise-sweep parameters` lists every key", 9
    ),
    (
      "search: {sequence_length: [5, 6], criteria: recalled}",
      "unknown parameter 'criteria', did you mean 'criterion'?; "
        + "`elise-sweep parameters` lists every key", 34
    ),
    (
      "search: {sequence_length: [5, 6], delay_min: [5, 6]}",
      "search: got 'delay_min' beside sequence_length; expected one parameter; others belong "
        + "under grid", 34
    ),
    (
      "search: {sequence_length: 5}",
      "search: sequence_length: got a single value; expected at least two numbers, as a list or "
        + "as a range", 26
    ),
    (
      "search: {sequence_length: [5, 5]}",
      "search: sequence_length: got a single value; expected at least two numbers, as a list or "
        + "as a range", 26
    ),
    (
      "search: {sequence_length: [5, none]}",
      "search: sequence_length: got 'none'; expected at least two numbers, as a list or as a "
        + "range", 26
    ),
    (
      "search: {model: [elise, reservoir]}",
      "search: got 'model'; expected a parameter that is a number and no replicate", 9
    ),
    (
      "search: {pattern_seed: [1, 2]}",
      "search: got 'pattern_seed'; expected a parameter that is a number and no replicate", 9
    ),
    (
      "search: {latent: [20, 30]}",
      "latent: got values for it again; it has values from line 3 already", 9
    ),
    (
      "search: {sequence_length: [5, two]}",
      "sequence_length: got 'two'; expected an integer from 2 to 1000000 notes, or none", 30
    ),
    (
      "search: {sequence_length: [5, 26]}",
      "sequence_length: got 26; expected at most 25, the notes of "
        + "'../patterns/fuer_elise.txt', or none", 9
    ),
    (
      "search: {training_cycles: {from: 1, to: 100000000}}",
      "got 100000000 trials; expected at most 10000000", 0
    ),
    (
      "search: {sequence_length: [5, 6], criterion: recall}",
      "search: criterion: got 'recall'; expected recalled, or a score with >= or <= and a finite number, "
        + "such as 'correlation >= 0.9'", 45
    ),
    (
      "search: {sequence_length: [5, 6], criterion: corelation >= 0.9}",
      "search: criterion: got 'corelation', did you mean 'correlation'?; expected a column of "
        + "trials.csv that this sweep measures", 45
    ),
    (
      "search: {sequence_length: [5, 6], criterion: robustness >= 0.5}",
      "search: criterion: got 'robustness', which is not among scores; expected a column of "
        + "trials.csv that this sweep measures", 45
    ),
    (
      "search: {sequence_length: [5, 6], met: left}",
      "search: met: got 'left'; expected below or above", 39
    ),
    (
      "search: {sequence_length: [5, 6], beyond: all}",
      "search: beyond: got 'all'; expected a whole number from 0 to 1000", 42
    ),
    (
      "search: {sequence_length: [5, 6], beyond: -1}",
      "search: beyond: got '-1'; expected a whole number from 0 to 1000", 42
    ),
    (
      "search: {sequence_length: [5, 6], beyond: 1001}",
      "search: beyond: got '1001'; expected a whole number from 0 to 1000", 42
    ),
    (
      "search: {sequence_length: [5, 6], beyond: [1, 2]}",
      "search: beyond: got a list; expected a whole number", 42
    ),
  ])
  func search(line: String, message: String, column: Int) {
    let text =
      "name: s\nfixed: {pattern: ../patterns/fuer_elise.txt}\ngrid: {latent: [20]}\n\(line)\n"
    let place = column == 0 ? "s.yaml:3:1" : "s.yaml:4:\(column + 1)"
    #expect(refusal(text) == "\(place): \(message)")
  }

  /// If this fails, a command line quietly fixes what the file asks to search.
  @Test func setKeyIsNotSearched() {
    #expect(
      refusal(
        "name: s\nfixed: {pattern: ../patterns/fuer_elise.txt}\nsearch: {sequence_length: [5, 6]}\n",
        overrides: ["sequence_length=7"])
        == "--set sequence_length=7: sequence_length: got a value for a key that the grid sweeps "
        + "(line 3); expected any key that is not in the grid")
  }

  /// If this fails, a search takes a score that no trial has for a criterion that every trial misses.
  @Test(arguments: ["note_accuracy", "kappa", "sounding_accuracy", "recalled_bits"])
  func analogPatternsHaveNoNotes(score: String) {
    func search(_ criterion: String, file: String = "wave.txt") -> String? {
      refusal(
        """
        name: s
        fixed: {pattern: ../patterns/\(file)}
        scores: [recall, capacity]
        search: {latent: [20, 30], criterion: \(criterion)}

        """)
    }
    #expect(
      search("\(score) >= 0.8")
        == "s.yaml:2:9: pattern: got '../patterns/wave.txt', whose values are analog; expected patterns of "
        + "notes for search: criterion \(score)")
    #expect(search("\(score) >= 0.8", file: "fuer_elise.txt") == nil)
    for criterion in [
      "recalled", "correlation >= 0.9", "horizon >= 5", "mean_squared_error <= 0.01",
    ] {
      #expect(search(criterion) == nil)
    }
  }

  /// If this fails, a search says that no network of a baseline is robust, although none was tested.
  @Test(arguments: ["robustness", "robustness_membrane_noise", "s50_membrane_noise"])
  func baselinesHaveNoMembrane(score: String) {
    func search(_ model: String, _ score: String) -> String? {
      refusal(
        """
        name: s
        fixed: {pattern: ../patterns/fuer_elise.txt, model: \(model)}
        scores: [recall, robustness]
        search: {latent: [20, 30], criterion: \(score) >= 0.5}

        """)
    }
    #expect(
      search("rflo", score)
        == "s.yaml:2:46: model: got 'rflo', whose neurons have no membrane; expected elise, reservoir, "
        + "soma_only for search: criterion \(score)")
    #expect(search("reservoir", score) == nil)
    #expect(search("rflo", "robustness_synapse_loss") == nil)
  }

  @Test func criterionAndSide() throws {
    let sweep = try readSweep(
      """
      name: s
      fixed: {pattern: ../patterns/fuer_elise.txt}
      search:
        latent: {from: 5, to: 80, points: 9, scale: log}
        criterion: note_accuracy >= 0.8
        met: above
        beyond: 5
      """)
    let search = try #require(sweep.search)
    #expect(search.key == "latent" && search.met == .above && search.beyond == 5)
    #expect(search.criterion.description == "note_accuracy >= 0.8")
    let plain = try readSweep(
      "name: s\nfixed: {pattern: ../patterns/fuer_elise.txt}\nsearch: {sequence_length: [5, 6]}\n")
    #expect(plain.search?.criterion == .recalled && plain.search?.met == .below)
    #expect(plain.search?.beyond == 2)
  }

  /// If this fails, a search takes a score that was never measured for a criterion that was missed,
  /// and reports a frontier that does not exist.
  @Test(arguments: [
    ("replay_cycles: 13", "recalled", "replay_cycles: got 13; expected at least 14"),
    ("nudged_replay_cycles: 10, replay_cycles: 20", "recalled", "got 20; expected at least 21"),
    ("cue_notes: 2, replay_cycles: 11", "note_accuracy >= 1", "got 11; expected at least 12"),
    ("replay_cycles: 4", "horizon >= 1", "got 4; expected at least 5"),
    ("replay_cycles: 30", "denoising_gain >= 0", "target_noise: got 0; expected noise"),
    ("replay_cycles: 13", "drift <= 1", "replay_cycles: got 13; expected at least 14"),
    (
      "replay_cycles: 30", "robustness_draw_sd <= 0.1",
      "robustness_draws: got 1; expected at least 2 for search: criterion robustness_draw_sd"
    ),
    ("robustness_draws: 1", "robustness_latent_loss_draw_sd <= 0.1", "robustness_draws: got 1;"),
    ("memory_inputs: 1", "linear_memory_capacity_sd <= 1", "memory_inputs: got 1; expected at"),
  ])
  func scoreThatCannotBeMeasured(fixed: String, criterion: String, message: String) throws {
    let text = """
      name: x
      fixed: {pattern: generated, vocabulary: 4, order: 2, \(fixed)}
      search: {sequence_length: [4, 5, 6], criterion: \(criterion)}
      scores: [recall, \(criterion.hasPrefix("robust") ? "robustness" : "capacity")]
      """
    let error = #expect(throws: SweepFileError.self) { try Plan(readSweep(text)) }
    #expect(try #require(error).description.contains(message), "\(error!)")
  }

  @Test(arguments: [
    ("replay_cycles: 14", "recalled"), ("cue_notes: 2, replay_cycles: 12", "recalled"),
    ("replay_cycles: 0", "cycles_to_criterion <= 100"), ("replay_cycles: 5", "horizon >= 1"),
    ("target_noise: 2", "denoising_gain >= 0"), ("robustness_draws: 2", "robustness_draw_sd <= 1"),
    ("replay_cycles: 0, memory_inputs: 2", "linear_memory_capacity_sd <= 1"),
  ])
  func leastThatCanBeMeasured(fixed: String, criterion: String) throws {
    let text = """
      name: x
      fixed: {pattern: generated, vocabulary: 4, order: 2, \(fixed)}
      search: {sequence_length: [4, 5, 6], criterion: \(criterion)}
      scores: [recall, \(criterion.hasPrefix("robust") ? "robustness" : "capacity")]
      """
    #expect(try Plan(readSweep(text)).count == 3)
  }

  /// If this fails, the tables of a sweep have empty columns, and nobody says why.
  @Test func tooFewReplayCyclesAreMentioned() throws {
    func warnings(_ replay: String) throws -> [String] {
      try Plan(
        readSweep(
          "name: x\nfixed: {pattern: ../patterns/fuer_elise.txt, \(replay)}\ngrid: {seed: 1}")
      )
      .warnings.map(\.withoutFixtures)
    }
    #expect(
      try warnings("replay_cycles: 4") == [
        "s.yaml:2:46: replay_cycles: got 4; expected at least 14 for correlation, note_accuracy and "
          + "recalled: 10 scored replay cycles; otherwise they are missing"
      ])
    #expect(try warnings("replay_cycles: 14") == [])
    #expect(try warnings("replay_cycles: 0") == [])
  }

  /// If this fails, robustness is missing in every trial of a sweep that asks for it.
  @Test func robustnessWithoutEnoughReplay() throws {
    let text = """
      name: x
      fixed: {pattern: generated, vocabulary: 4, order: 2, sequence_length: 5}
      scores: [recall, robustness]
      grid: {replay_cycles: [20, 12]}
      """
    let error = #expect(throws: SweepFileError.self) { try Plan(readSweep(text)) }
    #expect(
      try #require(error).description.contains(
        "got 12; expected at least 14 for scores: robustness: 10 scored replay cycles"),
      "\(error!)")
  }
}
