import Testing

@testable import Experiment
@testable import SweepPlan

@Suite struct TrialContentTests {
  private static func content(_ scores: ScoreValues) throws -> TrialRecord {
    TrialRecord(
      parameters: try TrialModelTests.parameters([
        "weight_sd": .real(0.1 + 0.2), "learning_rate_latent": .real(.leastNonzeroMagnitude),
        "weight_mean": .real(-.greatestFiniteMagnitude), "seed": .integer(.max),
      ]), inputs: TrialInputs(pattern: tinyPatternHash),
      reason: "line\nand \"quote\" \u{1F3B9}", scores: scores,
      cost: TrialCost(
        rank: 4_095, host: "nœud", start: 1_785_000_000.123456, seconds: 1.0 / 3,
        steps: 25_250_000))
  }

  /// If this fails, tables made from the journal differ from what was computed in the last digit.
  @Test(
    arguments: [
      0.1, 0.1 + 0.2, 1.0 / 3, 2.0 / 3, .leastNonzeroMagnitude, .leastNormalMagnitude,
      .greatestFiniteMagnitude,
      -0.0, 1e21, 1e22, 123_456_789_012_345_680, 0.9999999999999999, 1.0000000000000002, .pi,
      9_007_199_254_740_992, -1e-7,
    ] as [Double])
  func numbersSurviveExactly(value: Double) throws {
    let content = try Self.content(["correlation": value])
    let read = try TrialRecord(try content.json())
    #expect(read == content)
    #expect(read.scores["correlation"]?.bitPattern == value.bitPattern)
  }

  /// If this fails, equal results have different lines, and merging compares in vain.
  @Test func textIsTheSameWhateverTheOrderOfTheScores() throws {
    let keys = (0..<20).map { "score_\($0)" }
    let forwards = Dictionary(uniqueKeysWithValues: keys.map { ($0, 1.5) })
    let backwards = Dictionary(uniqueKeysWithValues: keys.reversed().map { ($0, 1.5) })
    #expect(
      try Self.content(ScoreValues(forwards)).json() == Self.content(ScoreValues(backwards)).json())
  }
}
