import NeuralCore
import Parameters
import Scores
import Testing

@testable import SweepPlan

@Suite struct ScoreColumnTests {
  /// If this fails, two columns of a table have one name.
  @Test func keysAreUniqueAndNoParameters() {
    let keys =
      ScoreColumn.all.map(\.key) + Parameter.all.map(\.key) + ["trial", "status", "reason"]
    #expect(Set(keys).count == keys.count)
  }

  /// If this fails, a user reads `1 cycles`, or a unit that only ends in s loses it.
  @Test("A count of one has the singular of its unit, and only such a count")
  func units() throws {
    func unit(_ key: String, _ value: Double) throws -> String? {
      try #require(ScoreColumn.all.first { $0.key == key }).unit(of: value)
    }
    #expect(try unit("cycles_to_criterion", 1) == "cycle")
    #expect(try unit("cycles_to_criterion", 0) == "cycles")
    #expect(try unit("recalled_patterns", 1) == "pattern")
    #expect(try unit("multiply_adds_per_step", 1) == "multiply-add")
    #expect(try unit("drift", 1) == "ms per cycle")
    #expect(try unit("correlation", 1) == nil)
    // Every other count with a unit has a singular, too.
    for column in ScoreColumn.all where column.kind == .integer && column.unit != nil {
      #expect(column.unit(of: 1) != column.unit(of: 2), "\(column.key)")
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
        "neurons", "plastic_synapses", "scaffold_edges", "state_bytes", "multiply_adds_per_step",
        "multiply_adds_per_replay_step", "multiply_adds_to_criterion",
        "multiply_adds_to_criterion_censored",
        "parameters", "multiply_adds_per_ms", "local_rule", "replay_state_bytes",
        "activations_per_ms", "distinct_notes", "sequence_order", "ambiguous_after_1",
        "ambiguous_after_2", "ambiguous_after_3",
      ])
    #expect(ScoreColumn.columns(for: ScoreGroup.allCases).count == ScoreColumn.all.count)
    for test in ScoreGroup.allCases {
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
