import NeuralCore
import Scores
import Testing

@testable import Sweep

@Suite struct ScoreColumnTests {
  /// If this fails, two columns of a table have one name.
  @Test func keysAreUniqueAndNoParameters() {
    let keys =
      ScoreColumn.all.map(\.key) + Parameter.all.map(\.key) + ["trial", "status", "reason"]
    #expect(Set(keys).count == keys.count)
  }

  /// If this fails, a measured score is in no table, or a column of every table stays empty.
  @Test func columnsAreWhatTrialsMeasure() throws {
    let runner = TrialRunner(
      tests: [.recall, .capacity], files: [JournalRows.pattern: TinySweep.pattern], rank: 0,
      host: "")
    let parameters = try TrialModelTests.parameters([
      "latent": .integer(3), "training_cycles": .integer(3), "replay_cycles": .integer(14),
    ])
    let inputs = TrialInputs(pattern: JournalRows.pattern)
    let (status, content) = try #require(
      runner.run(
        TrialAssignment(
          Trial(
            index: 0, id: parameters.id(inputs), parameters: parameters, inputs: inputs))))
    #expect(status == .done)
    // Neither is the target noisy nor the criterion met.
    let columns = ScoreColumn.columns(for: [.recall, .capacity]).filter {
      !["denoising_gain", "bits_per_operation"].contains($0.key)
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

  /// If this fails, a censored mean looks like an exact one.
  @Test func censoringMarksBelongToAColumn() {
    let keys = ScoreColumn.all.map(\.key)
    let marks = ScoreColumn.all.filter(\.marksCensoring)
    #expect(
      marks.filter { $0.test == .recall }.map(\.key) == [
        "horizon_censored", "cycles_to_criterion_censored",
      ])
    for mark in marks {
      #expect(mark.kind == .boolean)
      #expect(keys.contains(String(mark.key.dropLast("_censored".count))))
    }
  }

  /// If this fails, tables have columns of tests that were not asked for.
  @Test func columnsFollowTheTests() {
    let resources = ScoreColumn.columns(for: [])
    #expect(
      resources.map(\.key) == [
        "neurons", "plastic_synapses", "scaffold_edges", "state_bytes", "operations_per_step",
        "operations_per_replay_step", "operations_to_criterion", "operations_to_criterion_censored",
        "parameters", "operations_per_ms", "local_rule",
      ])
    #expect(ScoreColumn.columns(for: SweepTest.allCases).count == ScoreColumn.all.count)
    for test in SweepTest.allCases {
      let own = ScoreColumn.columns(for: [test]).filter { $0.test != nil }
      #expect(!own.isEmpty && own.allSatisfy { $0.test == test })
    }
  }

  @Test func valuesHaveTheTextOfTheirKind() throws {
    func text(_ key: String, _ value: Double) throws -> String {
      try #require(ScoreColumn.all.first { $0.key == key }).text(value)
    }
    #expect(try text("correlation", 0.1 + 0.2) == "0.30000000000000004")
    #expect(try text("correlation", 1) == "1")
    #expect(try text("horizon", 96) == "96")
    #expect(try text("recalled", 1) == "true")
    #expect(try text("recalled", 0) == "false")
  }
}
