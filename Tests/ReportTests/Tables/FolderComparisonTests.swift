import Parameters
import Scores
import Testing

@testable import Experiment
@testable import Report
@testable import SweepPlan

@Suite struct FolderComparisonTests {
  /// Two sizes with three seeds; correlation is shift + latent / 100 + seed² / 1000.
  private static func hand(
    nudging: Double = 0.5, latents: [Int] = [10, 20], shift: Double = 0, extra: String = ""
  ) -> HandMadeResults {
    var hand = HandMadeResults(grid: [
      "latent: \(latents)", "nudging: [\(nudging)]", "seed: [1, 2, 3]",
    ])
    hand.extra = extra
    for latent in latents {
      for seed in 1...3 {
        hand.rows.append(
          .init(
            parameters: [
              "latent": .integer(latent), "nudging": .real(nudging), "seed": .integer(seed),
            ],
            scores: [
              "correlation": shift * Double(seed) + Double(latent) / 100 + Double(seed * seed)
                / 1000,
              "recalled": shift > 0 ? 1 : 0,
            ]))
      }
    }
    return hand
  }

  private static func compare(
    _ first: HandMadeResults, _ second: HandMadeResults, differing: [String] = []
  ) throws -> FolderComparison {
    try FolderComparison(
      ("one", try first.results().results), ("two", try second.results().results),
      differing: differing)
  }

  /// If this fails, the difference between two sweeps is that between other trials.
  @Test func trialsArePairedByTheirOtherParameters() throws {
    let comparison = try Self.compare(
      Self.hand(), Self.hand(nudging: 0.25, latents: [20, 30], shift: 0.1), differing: ["nudging"])
    #expect(comparison.unitKeys == ["seed"])
    let correlation = try #require(
      comparison.contrasts.first { $0.score.key == "correlation" })
    #expect(correlation.pairs == 3 && correlation.units == 3 && correlation.incomplete == 0)
    #expect(abs(try #require(correlation.difference) - 0.2) < 1e-12)
    #expect(correlation.favours == 1)
    #expect(correlation.p == 0.25 && correlation.adjusted == 0.25)
    let interval = try #require(MeanInterval.of([0.1, 0.2, 0.3], in: -1...1))
    #expect(abs(try #require(correlation.interval).upperBound - interval.upperBound) < 1e-12)

    let pairs = comparison.pairsCSV.fields
    #expect(
      pairs[0].prefix(9) == [
        "trial_a", "trial_b", "latent", "seed", "nudging_a", "nudging_b", "status_a", "status_b",
        "equal",
      ])
    #expect(
      pairs.dropFirst().map { $0[2] } == ["10", "10", "10", "20", "20", "20", "30", "30", "30"])
    #expect(
      pairs.dropFirst().map { $0[0].isEmpty } == [
        false, false, false, false, false, false, true, true, true,
      ])
    #expect(
      pairs.dropFirst().map { $0[1].isEmpty } == [
        true, true, true, false, false, false, false, false, false,
      ])
    #expect(pairs[4][4] == "0.5" && pairs[4][5] == "0.25" && pairs[4][8].isEmpty)
    let contrasts = comparison.contrastsCSV.fields
    #expect(contrasts[1].prefix(7) == ["folder", "two", "one", "correlation", "3", "3", "0"])
  }

  /// If this fails, a user does not learn that another machine computed other numbers.
  @Test func equalTrialsAreComparedBitForBit() throws {
    let equal = try Self.compare(Self.hand(), Self.hand(extra: "description: the same"))
    #expect(equal.matches.allSatisfy { $0.differences == [] })
    #expect(equal.isSame && equal.contrasts.isEmpty)
    var other = Self.hand()
    other.rows[4].scores["correlation"]! += 1e-15
    let unequal = try Self.compare(Self.hand(), other)
    #expect(unequal.matches.map { $0.differences?.count } == [0, 0, 0, 0, 1, 0])
    #expect(!unequal.isSame && !unequal.contrasts.isEmpty)
    let difference = try #require(unequal.matches[4].differences?.first)
    #expect(difference.hasPrefix("correlation: 0.204") && difference.contains(" against 0.204"))
    #expect(
      unequal.pairsCSV.fields.dropFirst().map { $0[7] } == [
        "true", "true", "true", "true", "false", "true",
      ])
  }

  /// If this fails, a failed trial counts as equal to one that is done, or as a score of zero.
  @Test func failedTrialsAreIncompletePairs() throws {
    var other = Self.hand()
    other.rows[0].status = .failed
    other.rows[0].reason = "no"
    other.rows[0].scores = [:]
    let comparison = try Self.compare(Self.hand(), other)
    #expect(comparison.contrasts.allSatisfy { $0.pairs == 5 && $0.incomplete == 1 })
    #expect(comparison.matches[0].differences?.first == "status: done against failed")
  }

  /// If this fails, seeds of one song count as independent.
  @Test func blocksAreUnits() throws {
    let comparison = try Self.compare(
      Self.hand(extra: "blocks: [latent]"), Self.hand(nudging: 0.25, shift: 0.1),
      differing: ["nudging"])
    #expect(comparison.unitKeys == ["latent"])
    #expect(comparison.contrasts.allSatisfy { $0.units == 2 && $0.pairs == 6 })
  }

  /// If this fails, a user gets a table of unrelated trials, or does not know what to do.
  @Test func foldersThatDoNotMatchAreRefused() throws {
    #expect(
      throws: FolderComparison.Failure.nothingInCommon(
        first: "one", second: "two", differences: ["nudging 0.5 against 0.25"])
    ) { try Self.compare(Self.hand(), Self.hand(nudging: 0.25)) }
    #expect(
      throws: FolderComparison.Failure.ambiguous(
        folder: "one", keys: ["latent"], first: "latent 10", second: "latent 20")
    ) { try Self.compare(Self.hand(), Self.hand(), differing: ["latent"]) }
    var empty = Self.hand()
    empty.rows = []
    #expect(throws: FolderComparison.Failure.empty(folder: "two")) {
      try Self.compare(Self.hand(), empty)
    }
  }
}
