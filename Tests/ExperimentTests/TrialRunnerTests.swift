import NeuralCore
import Scores
import TestSupport
import Testing

@testable import Experiment
@testable import SweepPlan

@Suite struct TrialRunnerTests {
  private static let disruption =
    "t_start: 0 t_end: 400 nrn_start: 0 nrn_end: 4 offset_el: 0\n"
  private static let disruptionHash = ContentHash(of: Array(disruption.utf8))

  private static func run(
    _ parameters: ParameterSet, scoreGroups: [ScoreGroup] = [.recall],
    inputs: TrialInputs = TrialInputs(pattern: RecallingTrial.hash),
    disruption: String = disruption
  ) -> (status: TrialStatus, content: TrialRecord) {
    TrialRunner(
      scoreGroups: scoreGroups,
      files: [RecallingTrial.hash: RecallingTrial.pattern, disruptionHash: disruption], rank: 0,
      host: "node"
    ).run(
      Trial(index: 0, id: parameters.id(inputs), parameters: parameters, inputs: inputs))!
  }

  private static func isRobustness(_ key: String) -> Bool {
    ScoreColumn.all.contains { $0.key == key && $0.test == .robustness }
  }

  /// If this fails, networks that never knew the sequence pull the mean robustness down: the
  /// table mixes two questions.
  @Test func robustnessIsMissingWhereNothingIsRecalled() throws {
    let (status, content) = Self.run(
      try RecallingTrial.parameters(["training_cycles": .integer(5)]),
      scoreGroups: [.recall, .robustness])
    #expect(status == .done)
    try #require(content.scores["recalled"] == 0)
    #expect(content.scores.keys.filter(Self.isRobustness).isEmpty)
  }

  /// If this fails, robustness is measured although nobody asked, or not although somebody did.
  @Test func robustnessIsThereWhereItIsAskedForAndRecalled() throws {
    let parameters = try RecallingTrial.parameters()
    let asked = Self.run(parameters, scoreGroups: [.recall, .robustness]).content.scores
    try #require(asked["recalled"] == 1)
    #expect((0...1).contains(try #require(asked["robustness"])))
    let plain = Self.run(parameters).content.scores
    #expect(plain.keys.filter(Self.isRobustness).isEmpty)
    // The tests start from a copy: recall is what it is without them.
    let shared = Set(asked.keys.filter { !Self.isRobustness($0) })
    #expect(shared == Set(plain.keys) && shared.allSatisfy { asked[$0] == plain[$0] })
  }

  /// If this fails, a disruption comes at the wrong time, or not at all.
  @Test func disruptedReplayDiffersFromCycleFourOn() throws {
    let parameters = try RecallingTrial.parameters([
      "training_cycles": .integer(10), "replay_cycles": .integer(7),
    ])
    func replay(_ disruption: String?) throws -> [[Double]] {
      let model = try TrialModel(
        parameters, pattern: RecallingTrial.pattern, disruption: disruption)
      var cycles: [[Double]] = []
      try model.simulation(of: model.newNetwork()).run { cycle in
        cycle.phase == .replay ? .visible : .none
      } observe: { _, record in
        if let record { cycles.append(record.values) }
      }
      return cycles
    }
    let disrupted = try replay("t_start: 0 t_end: 400 nrn_start: 0 nrn_end: 4 offset_el: 15\n")
    let plain = try replay(nil)
    #expect(
      zip(disrupted, plain).map { $0 == $1 } == [true, true, true, true, false, false, false])
  }

  /// If this fails, the file that a trial names is not the one that it runs with.
  @Test func disruptionFileReachesTheTrial() throws {
    let undisturbed = Self.run(try RecallingTrial.parameters()).content.scores
    let parameters = try RecallingTrial.parameters(["disruption": .text("silence.txt")])
    let inputs = TrialInputs(pattern: RecallingTrial.hash, disruption: Self.disruptionHash)
    let (status, content) = Self.run(parameters, inputs: inputs)
    #expect(status == .done)
    #expect(content.inputs == inputs)
    #expect(content.scores["correlation"] != undisturbed["correlation"])
    #expect(content.scores["cycles_to_criterion"] == undisturbed["cycles_to_criterion"])

    // One that does not fit fails this trial and no other, and says where.
    let wide = "\n" + Self.disruption.replacing("nrn_end: 4", with: "nrn_end: 13")
    let failure = Self.run(parameters, inputs: inputs, disruption: wide)
    #expect(failure.status == .failed)
    #expect(
      failure.content.reason
        == "line 2: nrn_end: got 13; expected at most 4, the visible neurons")
    #expect(failure.content.scores.keys.isEmpty)
  }

  /// If this fails, a generated pattern needs a file after all.
  @Test func generatedPatternRunsWithoutFile() throws {
    let parameters = try ParameterSet([
      "pattern": .text("generated"), "sequence_length": .integer(6), "vocabulary": .integer(4),
      "order": .integer(2), "latent": .integer(4), "training_cycles": .integer(3),
      "replay_cycles": .integer(14),
    ])
    let (status, content) = Self.run(parameters, inputs: TrialInputs())
    #expect(status == .done)
    // Cycles -1 to 2 and 0 to 13, of six notes with a hundred steps.
    #expect(content.cost.steps == (4 + 14) * 600)
    #expect(content.scores["neurons"] == 8)
    #expect(content.scores["correlation"] != nil)
    #expect(Self.run(parameters, inputs: TrialInputs()).content.scores == content.scores)
  }

  /// If this fails, what a network makes of a noisy teacher is not in the tables.
  @Test func noisyTargetHasAGain() throws {
    let (status, content) = Self.run(
      try RecallingTrial.parameters([
        "target_noise": .real(3), "training_cycles": .integer(20),
      ]))
    #expect(status == .done)
    #expect(try #require(content.scores["denoising_gain"]) < 1)
    #expect(
      Self.run(try RecallingTrial.parameters(["training_cycles": .integer(20)])).content
        .scores["denoising_gain"] == nil)
  }

  /// If this fails, a measured score is in no table, or a column of every table stays empty.
  @Test func columnsAreWhatTrialsMeasure() throws {
    let runner = TrialRunner(
      scoreGroups: [.recall, .capacity], files: [tinyPatternHash: Fixtures.tinyPattern], rank: 0,
      host: "")
    let parameters = try TrialModelTests.parameters([
      "latent": .integer(3), "training_cycles": .integer(3), "replay_cycles": .integer(14),
    ])
    let inputs = TrialInputs(pattern: tinyPatternHash)
    let (status, content) = try #require(
      runner.run(
        Trial(index: 0, id: parameters.id(inputs), parameters: parameters, inputs: inputs)))
    #expect(status == .done)
    // The target is not noisy, and the linear memory has one input.
    let columns = ScoreColumn.columns(for: [.recall, .capacity]).filter {
      !["denoising_gain", "linear_memory_capacity_sd"].contains($0.key)
    }
    #expect(Set(content.scores.keys) == Set(columns.map(\.key)))
    // Cycles -1 to 2 and 0 to 13, of four notes with a hundred steps.
    #expect(content.cost.steps == (4 + 14) * 400)
    for column in columns {
      let value = try #require(content.scores[column.key])
      switch column.kind {
      case .boolean: #expect([0, 1].contains(value), "\(column.key)")
      case .integer: #expect(value == value.rounded(), "\(column.key)")
      case .real: #expect(value.isFinite, "\(column.key)")
      }
    }
  }
}
