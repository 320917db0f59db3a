import NeuralCore
import Parameters
import TestSupport
import Testing

@testable import Experiment
@testable import SweepPlan

@Suite struct SeveralPatternsTests {
  /// Two patterns in one pool, short enough to be learned here.
  private static func model(_ values: [String: ParameterValue] = [:]) throws -> TrialModel {
    let parameters = try ParameterSet(
      [
        "pattern": .text("p.txt"), "latent": .integer(12), "training_cycles": .integer(41),
        "test_every": .integer(4), "turn_cycles": .integer(8), "replay_cycles": .integer(16),
        "note_duration": .real(5),
      ].merging(values) { $1 })
    return try TrialModel(
      parameters, pattern: Fixtures.tinyPattern + "# name: second nNeurons: 1 nSteps: 2\n1 0\n")
  }

  /// If this fails, patterns share visible neurons, or one asks the neurons of the other to play.
  @Test func eachPatternHasVisibleNeuronsOfItsOwn() throws {
    let model = try Self.model()
    #expect(model.targets.map(\.visible) == [4, 4])
    #expect(model.targets.map(\.steps) == [200, 100])
    #expect(model.network.visible == 4)
    #expect(model.schedule.patterns == 2)
    let alone = try TrialModelTests.model(["note_duration": .real(5)]).targets[0]
    for step in [0, 77, 199] {
      #expect(
        model.targets[0].potential[4 * step..<4 * step + 3]
          == alone.potential[3 * step..<3 * step + 3])
      #expect(model.targets[0].potential[4 * step + 3] == model.constants.leakPotential)
    }
    #expect(try Self.model(["pattern_count": .integer(1)]).targets.map(\.visible) == [3])
    #expect(throws: TrialModelError.tooManyPatterns(found: 3, patterns: 2)) {
      try Self.model(["pattern_count": .integer(3)])
    }
    #expect(throws: TrialModelError.tooManyNotes(key: "sequence_length", found: 3, notes: 2)) {
      try Self.model(["sequence_length": .integer(3)])
    }
    #expect(throws: TrialModelError.tooManyNotes(key: "cue_notes", found: 3, notes: 2)) {
      try Self.model(["cue_notes": .integer(3)])
    }
  }

  /// If this fails, several generated patterns are one and the same, and memory is overstated.
  @Test func generatedPatternsDiffer() throws {
    let parameters = try ParameterSet([
      "pattern": .text("generated"), "sequence_length": .integer(20), "vocabulary": .integer(6),
      "order": .integer(3), "pattern_count": .integer(3),
    ])
    let model = try TrialModel(parameters, pattern: nil)
    #expect(model.targets.map(\.visible) == [18, 18, 18])
    let melodies = model.targets.enumerated().map { index, target in
      (0..<20).map { Array(target.pattern.column($0)[6 * index..<6 * index + 6]) }
    }
    #expect(Set(melodies).count == 3)
    let alone = try TrialModel(
      ParameterSet([
        "pattern": .text("generated"), "sequence_length": .integer(20), "vocabulary": .integer(6),
        "order": .integer(3),
      ]), pattern: nil)
    #expect((0..<20).map(alone.targets[0].pattern.column) == melodies[0])
  }

  /// If this fails, scores of different patterns are mixed up.
  @Test func eachPatternIsScoredByItself() throws {
    let model = try Self.model()
    var recall = RecallTest(model)
    for pattern in 0..<2 {
      for number in 0..<16 {
        // The second pattern is played as silence.
        let record =
          pattern == 0
          ? RecallTestTests.perfect(model)
          : RecallTestTests.silence(model, pattern: 1)
        recall.observe(
          Cycle(phase: .replay, number: number, nudged: number < 3, pattern: pattern), record)
      }
    }
    let scores = recall.scores
    #expect(abs(try #require(scores["correlation"]) - 0.5) < 1e-9)
    #expect(scores["recalled"] == 0)
    #expect(scores["recalled_patterns"] == 1)
    #expect(scores["horizon"] == 0 && scores["horizon_censored"] == 0)
    #expect(!recall.isRecalled)
    // The first pattern holds 4 log2 3 bits, the second, always wrong in one of two notes, none.
    let bits = try CapacityTest(
      of: model.newLearner(), in: model, recall: recall,
      resources: [
        "multiply_adds_to_criterion": 1000, "multiply_adds_to_criterion_censored": 1,
        "neurons": 16, "plastic_synapses": 240,
      ]
    ).scores
    // Training that did not reach the criterion counts in full: slow learners are not left out.
    #expect(
      abs(try #require(bits["bits_per_multiply_add_spent"]) - 6.339850002884624e-3) < 1e-15)
    #expect(abs(try #require(bits["recalled_bits"]) - 6.339850002884624) < 1e-12)
  }

  /// If this fails, a trial with a cue or with several patterns crashes, or a score is missing.
  @Test(arguments: [nil, 1, 2])
  func trialsRunToTheirEnd(cue: Int?) throws {
    let model = try Self.model(["cue_notes": cue.map(ParameterValue.integer) ?? .absent])
    let simulation = try model.simulation(of: model.newNetwork())
    var recall = RecallTest(model)
    var steps = 0
    try simulation.run {
      recall.needs($0) ? .visible : .none
    } observe: { cycle, record in
      steps += model.targets[cycle.pattern].steps
      if let record { recall.observe(cycle, record) }
    }
    // 26 training cycles follow the first pattern, from -1 on, and 16 the second.
    let rests = cue == nil ? 0 : 1
    #expect(steps == (26 + 16 + rests) * 200 + (16 + 16 + rests) * 100)
    let columns = ScoreColumn.columns(for: [.recall]).filter { $0.test == .recall }.map(\.key)
    #expect(Set(recall.scores.keys) == Set(columns).subtracting(["denoising_gain"]))
    #expect(
      recall.patterns.map { $0.replay.cycles.count }
        == Array(repeating: cue == nil ? 12 : 14, count: 2))
    #expect(recall.patterns[0].freeTests.map(\.cycle) == [0, 4, 8, 20, 24, 36, 40])
    #expect(recall.patterns[1].freeTests.map(\.cycle) == [12, 16, 28, 32])
  }
}
