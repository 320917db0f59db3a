import NeuralCore
import Parameters
import TestSupport
import Testing

@testable import Baselines
@testable import Experiment
@testable import SweepPlan

/// Every model through the same experiment.
@Suite struct EveryModelTests {
  private static let baselines = Baselines.all.map(\.name)

  private static func parameters(
    _ model: String, _ values: [String: ParameterValue] = [:]
  ) throws -> ParameterSet {
    let own: [String: ParameterValue] = [
      "pattern": .text("tiny.txt"), "model": .text(model), "latent": .integer(6),
      "training_cycles": .integer(9), "test_every": .integer(4), "replay_cycles": .integer(14),
      "note_duration": .real(5),
    ]
    return try ParameterSet(own.merging(values) { $1 })
  }

  /// If this fails, a step that does not fit the notes crashes the program in the midst of a sweep.
  @Test("A step that does not divide a note is refused", arguments: baselines)
  func stepMustDivideTheNote(model: String) throws {
    let parameters = try Self.parameters(model, ["\(model)_step": .real(2)])
    #expect(throws: TrialModelError.stepDoesNotDivideNote(step: 2, note: 5)) {
      try TrialModel(parameters, pattern: Fixtures.tinyPattern)
    }
    let even = try Self.parameters(model, ["\(model)_step": .real(2.5)])
    #expect(try TrialModel(even, pattern: Fixtures.tinyPattern).newLearner().stepLength == 25)
  }

  /// If this fails, a trial of some model has fewer scores than the tables have columns, or more.
  @Test("Every model goes through the whole experiment", arguments: ModelKind.all.map(\.name))
  func everyModelRuns(model: String) throws {
    let parameters = try Self.parameters(
      model, ["target_noise": .real(0.5), "memory_inputs": .integer(2)])
    let inputs = TrialInputs(pattern: tinyPatternHash)
    let (status, content) = try #require(
      TrialRunner(
        scoreGroups: [.recall, .capacity, .robustness],
        files: [tinyPatternHash: Fixtures.tinyPattern],
        rank: 0, host: ""
      ).run(
        Trial(index: 0, id: parameters.id(inputs), parameters: parameters, inputs: inputs)))
    #expect(status == .done, "\(content.reason ?? "")")
    let isElise = ModelKind.eliseNames.contains(model)
    let columns = ScoreColumn.columns(for: [.recall, .capacity]).map(\.key)
    #expect(
      Set(content.scores.keys)
        == Set(columns).subtracting(isElise ? [] : ["scaffold_edges"]))
    #expect(content.scores["neurons"] == 9)
    // Cycles -1 to 8 and 0 to 13, of 20 ms.
    #expect(content.cost.steps == 24 * (isElise ? 200 : 20))
    let memory = try #require(content.scores["linear_memory_capacity"])
    #expect(memory >= 0 && memory <= 9)
    #expect(
      abs(
        content.scores["multiply_adds_per_ms"]! - content.scores["multiply_adds_per_step"]!
          * (isElise ? 10 : 1))
        < 1e-6)
  }

  /// If this fails, an analog target crashes some model, or a score of notes is 0 instead of missing.
  @Test("Every model learns an analog target", arguments: ModelKind.all.map(\.name))
  func analogTargets(model: String) throws {
    let text = "# name: wave nNeurons: 2 nSteps: 4 values: analog\n0.5 1 0.5 0\n1 0.5 0 0.5\n"
    let hash = ContentHash(of: Array(text.utf8))
    let parameters = try Self.parameters(model, ["target_noise": .real(0.5)])
    let inputs = TrialInputs(pattern: hash)
    let (status, content) = try #require(
      TrialRunner(
        scoreGroups: [.recall, .capacity, .robustness], files: [hash: text], rank: 0, host: ""
      ).run(
        Trial(index: 0, id: parameters.id(inputs), parameters: parameters, inputs: inputs)))
    #expect(status == .done, "\(content.reason ?? "")")
    let missing = Set(content.scores.keys).intersection([
      "note_accuracy", "kappa", "sounding_accuracy", "recalled_bits", "bits_per_synapse",
      "bits_per_neuron", "bits_per_multiply_add_spent", "distinct_notes", "sequence_order",
      "ambiguous_after_1", "ambiguous_after_2", "ambiguous_after_3",
    ])
    #expect(missing.isEmpty)
    for score in [
      "correlation", "mean_squared_error", "drift", "horizon", "recalled", "recalled_patterns",
      "chance",
      "denoising_gain", "linear_memory_capacity",
    ] {
      #expect(content.scores[score] != nil, "\(score)")
    }
    #expect(content.details?.notes == nil)
  }

  /// If this fails, robustness of baselines is measured by nothing, or by what they do not have.
  @Test("Robustness of a baseline is by the disturbances that it can have", arguments: baselines)
  func robustness(model: String) throws {
    let trial = try TrialModel(Self.parameters(model), pattern: Fixtures.tinyPattern)
    let learner = try trial.newLearner()
    var recall = RecallTest(trial)
    try trial.simulation(of: learner).run {
      recall.needs($0) ? .visible : .none
    } observe: { cycle, record in
      if let record { recall.observe(cycle, record) }
    }
    let scores = try RobustnessTest(
      of: learner.state, in: trial, pattern: 0, recall: recall.patterns[0], chance: -1
    ).outcome().scores
    for kind in ["silence", "synapse_loss", "weight_noise", "latent_loss"] {
      #expect((0...1).contains(try #require(scores["robustness_\(kind)"])), "\(kind)")
    }
    #expect(scores["robustness_membrane_noise"] == nil && scores["robustness"] == nil)
  }
}
