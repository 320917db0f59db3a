import NeuralCore
import Scores
import Testing

@testable import Experiment
@testable import SweepPlan

@Suite struct RobustnessTestTests {
  private static func scores(
    _ trial: RecallingTrial.Trained, in model: TrialModel? = nil, chance: Double? = nil,
    draws: Int = 1
  ) throws -> ScoreValues {
    let chance = try chance ?? #require(trial.recall.scores["chance"])
    return try RobustnessTest(
      of: LearnerState(trial.network), in: model ?? trial.model, pattern: 0,
      recall: trial.recall.patterns[0],
      chance: chance, draws: draws
    ).outcome().scores
  }

  /// If this fails, two runs of one sweep disagree, or a score is off its scale.
  @Test func scoresAreTheSameEachTimeAndOnTheirScale() throws {
    let trial = try RecallingTrial.trained()
    try #require(trial.recall.isRecalled)
    let scores = try Self.scores(trial)
    #expect(try Self.scores(trial) == scores)

    let columns = ScoreColumn.all.filter { $0.test == .robustness }.map(\.key)
      .filter { !$0.hasSuffix("_draw_sd") }
    #expect(Set(scores.keys) == Set(columns))
    let kinds = RobustnessKind.allCases
    let areas = try kinds.map { try #require(scores["robustness_\($0.rawValue)"]) }
    for (kind, area) in zip(kinds, areas) {
      #expect((0...1).contains(area), "\(kind)")
      let half = try #require(scores["s50_\(kind.rawValue)"])
      #expect(half > 0 && half <= kind.severities[4], "\(kind)")
      if scores["s50_\(kind.rawValue)_censored"] == 1 { #expect(half == kind.severities[4]) }
    }
    #expect(abs(try #require(scores["robustness"]) - areas.reduce(0, +) / 5) < 1e-12)
    // No network stands all of it, and one that recalls stands some of it.
    #expect(areas.contains { $0 < 0.9 } && areas.contains { $0 > 0.1 })
    let logs = try kinds.map { try #require(scores["robustness_\($0.rawValue)_log"]) }
    #expect(abs(try #require(scores["robustness_log"]) - logs.reduce(0, +) / 5) < 1e-12)
    #expect((0...0.5).contains(try #require(scores["recovered_phase_shift"])))
    let recovered = try #require(scores["recovered_silences"])
    #expect(recovered > 0 && recovered <= 1)
    #expect((recovered < 1) == (scores["recovery_cycles_censored"] == 1))
    // A silence is felt while it lasts, and a run has 19 cycles that are scored.
    #expect((0...19).contains(try #require(scores["recovery_cycles"])))
  }

  /// If this fails, the luck of one draw passes for a property of the network.
  @Test func severalDrawsAreAveraged() throws {
    let trial = try RecallingTrial.trained()
    let (one, many) = (try Self.scores(trial), try Self.scores(trial, draws: 4))
    #expect(try Self.scores(trial, draws: 4) == many)
    #expect(one["robustness_draw_sd"] == nil)
    #expect(try #require(many["robustness_draw_sd"]) > 0)
    // Silences are not drawn; all other kinds are.
    for kind in RobustnessKind.allCases {
      let key = "robustness_\(kind.rawValue)"
      #expect((one[key] == many[key]) == (kind == .silence), "\(kind)")
      #expect((many[key + "_draw_sd"] ?? 0 > 0) == (kind != .silence), "\(kind)")
      #expect(one[key + "_draw_sd"] == nil, "\(kind)")
    }
  }

  /// If this fails, a network that has nothing to lose gets a score for keeping it, or the program
  /// stops.
  @Test func twinAtChanceHasNoScores() throws {
    let trial = try RecallingTrial.trained()
    #expect(try Self.scores(trial, chance: 1).keys.isEmpty)
    let untrained = try RecallingTrial.trained(["training_cycles": .integer(0)])
    #expect(try Self.scores(untrained, chance: 0.9).keys.isEmpty)
  }

  /// If this fails, a network that blew up has scores.
  @Test func divergedTwinHasNoScores() throws {
    let trial = try RecallingTrial.trained(["training_cycles": .integer(0)])
    var network = trial.network
    network.state.dendriticPotential[7] = .infinity
    let test = RobustnessTest(
      of: LearnerState(network), in: trial.model, pattern: 0, recall: trial.recall.patterns[0],
      chance: 0.1)
    #expect(try test.outcome().scores.keys.isEmpty)
  }

  /// If this fails, `plastic_replay` does not reach the tests, or the seed does not.
  @Test(arguments: ["plastic_replay", "seed"])
  func parametersReachTheTests(key: String) throws {
    let trial = try RecallingTrial.trained()
    let other = try RecallingTrial.model([
      key: key == "seed" ? .integer(2) : .boolean(false)
    ])
    #expect(
      try Self.scores(trial, in: other, chance: 0.5)["robustness"]
        != Self.scores(trial, chance: 0.5)["robustness"])
  }
}
