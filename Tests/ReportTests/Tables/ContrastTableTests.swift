import Parameters
import Testing

@testable import Experiment
@testable import Report
@testable import Scores
@testable import SweepPlan

@Suite struct ContrastTableTests {
  /// Two axes with three seeds; correlation is latent / 100 + nudging + seed / 1000, and one trial of
  /// latent 20 has none.
  static func hand(reference: String = "") -> HandMadeResults {
    var hand = HandMadeResults(grid: [
      "latent: [20, 10, 30]", "nudging: [0.5, 0.25]", "seed: [1, 2, 3]",
    ])
    hand.extra = reference
    for latent in [10, 20, 30] {
      for nudging in [0.25, 0.5] {
        for seed in 1...3 {
          let isMissing = latent == 20 && nudging == 0.5 && seed == 3
          let correlation = Double(latent) / 100 + nudging + Double(seed * latent) / 10_000
          hand.rows.append(
            .init(
              parameters: [
                "latent": .integer(latent), "nudging": .real(nudging), "seed": .integer(seed),
              ],
              status: isMissing ? .failed : .done, reason: isMissing ? "no" : nil,
              scores: isMissing
                ? [:] : ["correlation": correlation, "recalled": correlation > 0.7 ? 1 : 0]))
        }
      }
    }
    return hand
  }

  static func table(_ hand: HandMadeResults) throws -> ContrastTable? {
    let (_, results) = try hand.results()
    return ContrastTable(GridCoordinates(results, SummaryTable(results)))
  }

  /// If this fails, a difference between levels is that between other networks, or counts a failed
  /// trial as zero.
  @Test func levelsAreComparedInPairs() throws {
    let table = try #require(try Self.table(Self.hand()))
    let rows = table.contrasts.filter { $0.score.key == "correlation" }
    // The first level written is the reference.
    #expect(rows.map(\.axis) == ["latent", "latent", "nudging"])
    #expect(rows.map(\.level) == [.integer(10), .integer(30), .real(0.25)])
    #expect(rows.map(\.against) == [.integer(20), .integer(20), .real(0.5)])
    #expect(rows.map(\.pairs) == [5, 5, 8])
    #expect(rows.map(\.incomplete) == [1, 1, 1])
    #expect(rows.map(\.units) == [3, 3, 3])
    // Seeds 1, 2, 3: -0.1 - seed / 1000.
    #expect(abs(try #require(rows[0].difference) - -0.102) < 1e-12)
    #expect(abs(try #require(rows[1].difference) - 0.102) < 1e-12)
    #expect(abs(try #require(rows[2].difference) - -0.25) < 1e-12)
    #expect(rows.map(\.favours) == [0, 1, 0])
    let units = [-0.101, -0.102, -0.103]
    let interval = try #require(MeanInterval.of(units, in: -1...1))
    #expect(abs(try #require(rows[0].interval).lowerBound - interval.lowerBound) < 1e-12)
    #expect(rows.map(\.p) == [0.25, 0.25, 0.25])
    #expect(rows.map(\.adjusted) == [0.75, 0.75, 0.75])
  }

  /// If this fails, `reference` in a sweep file changes nothing.
  @Test func referenceIsThatOfTheSweepFile() throws {
    let hand = Self.hand(reference: "reference: {latent: 10, nudging: 0.25}")
    let table = try #require(try Self.table(hand))
    let rows = table.contrasts.filter { $0.score.key == "correlation" }
    #expect(rows.map(\.against) == [.integer(10), .integer(10), .real(0.25)])
    #expect(rows.map(\.favours) == [1, 1, 1])
  }

  /// If this fails, what a tuned learning rate does is taken for what the size does.
  @Test func parametersThatFollowAreNamed() throws {
    var hand = HandMadeResults(grid: [
      "zip: {latent: [20, 40], learning_rate_latent: [1e-3, 2e-3], cue_notes: [none, 1]}",
      "plastic_replay: [true, false]",
      "seed: [1, 2]",
    ])
    let sizes: [(Int, Double, ParameterValue)] = [(20, 1e-3, .absent), (40, 2e-3, .integer(1))]
    for (latent, rate, cue) in sizes {
      for plastic in [true, false] {
        for seed in [1, 2] {
          hand.rows.append(
            .init(
              parameters: [
                "latent": .integer(latent), "learning_rate_latent": .real(rate),
                "cue_notes": cue, "plastic_replay": .boolean(plastic), "seed": .integer(seed),
              ],
              status: .done, reason: nil, scores: ["correlation": Double(latent) / 100]))
        }
      }
    }
    let table = try #require(try Self.table(hand))
    #expect(table.contrasts.map(\.axis) == ["latent", "plastic_replay"])
    #expect(table.contrasts.map(\.also) == [["learning_rate_latent", "cue_notes"], []])
    #expect(table.csv.fields.map(\.last) == ["also", "learning_rate_latent cue_notes", ""])
  }

  /// If this fails, scripts that read `contrasts.csv` break.
  @Test func csvHasTheColumnsOfTheContract() throws {
    let rows = try #require(try Self.table(Self.hand())).csv.fields
    #expect(
      rows[0] == [
        "axis", "level", "against", "score", "pairs", "units", "incomplete", "difference", "low",
        "high", "favours", "adjusted", "recalled_pairs", "recalled_units", "recalled_difference",
        "recalled_low", "recalled_high", "recalled_adjusted", "also",
      ])
    #expect(rows.allSatisfy { $0.count == 19 })
    #expect(rows[1].prefix(7) == ["latent", "10", "20", "correlation", "5", "3", "1"])
  }

  /// If this fails, a difference of 0.05 in every pair of networks that recall hides behind those that
  /// do not recall, or behind failures that no pair shows.
  @Test func networksThatRecallAreComparedWithEachOther() throws {
    var hand = HandMadeResults(grid: ["latent: [20, 40]", "seed: {from: 1, to: 12}"])
    for seed in 1...12 {
      let recalls = seed > 2
      hand.add(latent: 20, seed: seed, ["recalled": 1, "correlation": 0.9, "drift": 1])
      hand.add(
        latent: 40, seed: seed,
        [
          "recalled": recalls ? 1 : 0, "drift": 2,
          "correlation": recalls ? 0.95 + Double(seed) / 10_000 : 0.1,
        ])
    }
    let table = try #require(try Self.table(hand))
    let contrast = try #require(table.contrasts.first { $0.score.key == "correlation" })
    #expect(contrast.pairs == 12 && contrast.interval?.contains(0) == true)
    let recalled = try #require(contrast.amongRecalled)
    #expect(recalled.pairs == 10 && recalled.units == 10)
    #expect(abs(try #require(recalled.difference) - 0.05075) < 1e-12)
    #expect(try #require(recalled.interval).lowerBound > 0.05)
    // 2 of 2¹⁰ choices of signs.
    #expect(recalled.p == 2.0 / 1024 && recalled.adjusted == 2.0 / 1024)
    #expect(contrast.parts.map(\.isAmongRecalled) == [false, true])
    let fields = try #require(table.csv.fields.first { $0[3] == "correlation" })
    #expect(fields[12...13] == ["10", "10"] && fields[17] == "0.001953125")
    // Whether networks recall is not a question among those that do.
    let fraction = try #require(table.csv.fields.first { $0[3] == "recalled" })
    #expect(fraction.suffix(6) == ["", "", "", "", "", ""])
    // The drift of a network that does not recall is noise.
    let drift = try #require(table.contrasts.first { $0.score.key == "drift" })
    #expect(drift.pairs == 10 && drift.incomplete == 2)
    #expect(drift.amongRecalled?.interval == 1...1)
  }

  /// If this fails, seeds of one song count as independent.
  @Test func blocksAreUnits() throws {
    var hand = Self.hand(reference: "blocks: [nudging]")
    hand.rows = hand.rows.filter { $0.status == .done }
    let table = try #require(try Self.table(hand))
    let rows = table.contrasts.filter { $0.score.key == "correlation" }
    #expect(rows.map(\.axis) == ["latent", "latent"])
    #expect(rows.map(\.units) == [2, 2])
    #expect(rows.map(\.pairs) == [5, 5])
    // Block 0.25 has seeds 1, 2, 3, block 0.5 seeds 1 and 2.
    #expect(abs(try #require(rows[1].difference) - (0.102 + 0.1015) / 2) < 1e-12)
  }

  /// If this fails, a search, whose trials depend on outcomes, is compared as if it were a grid.
  @Test func searchesAreComparedByTheirFrontiers() throws {
    let table = try #require(try Self.table(FrontierTableTests.hand()))
    #expect(table.contrasts.map(\.level) == [.integer(20), .integer(40)])
    #expect(table.contrasts.allSatisfy { $0.score.key == "sequence_length_met" && $0.pairs == 3 })
    // Frontiers 0, 0, 5 against 4, 6, 9 and 12, 16, 13; where no length is recalled, 2 counts.
    let differences: [Double?] = table.contrasts.map(\.difference)
    let expected: [Double?] = [10.0 / 3, 32.0 / 3]
    #expect(differences == expected)
    #expect(table.contrasts.map(\.favours) == [1, 1])
    // A search that has not ended is no zero.
    let open = FrontierTableTests.hand { latent, seed, _ in
      latent == 20 && seed == 1 ? nil : .done
    }
    let rows = try #require(try Self.table(open)).contrasts
    #expect(rows.map(\.pairs) == [2, 3] && rows.map(\.incomplete) == [1, 0])
  }

  /// If this fails, a table compares a level with itself.
  @Test func singleLevelsHaveNoContrasts() throws {
    #expect(try Self.table(HandMadeResults(grid: ["seed: [1, 2]"])) == nil)
  }
}

@Suite struct ImportanceTableTests {
  static func table(_ hand: HandMadeResults) throws -> ImportanceTable? {
    let (_, results) = try hand.results()
    return ImportanceTable(GridCoordinates(results, SummaryTable(results)))
  }

  /// If this fails, one failed trial makes all shares disappear, or counts as a score of zero.
  @Test func incompleteGridsUseTheirLargestCompletePart() throws {
    let table = try #require(try Self.table(ContrastTableTests.hand()))
    let correlation = try #require(table.scores.first { $0.column.key == "correlation" })
    #expect(correlation.part == "replicates 1 2")
    #expect(correlation.parts.map(\.name) == ["latent", "nudging", "latent:nudging", "replicates"])
    #expect(abs(correlation.parts.reduce(0) { $0 + $1.part.share } - 1) < 1e-12)
    #expect(correlation.parts[1].part.share > 0.6)
    #expect(correlation.parts[2].part.share < 1e-12)
    let rows = table.csv.fields
    #expect(rows[0] == ["score", "source", "share", "omega_squared", "part"])
  }

  /// If this fails, a figure says that an axis explains all, because only one network per level has the
  /// score.
  @Test func oneTrialPerLevelIsNotAnalysed() throws {
    var hand = HandMadeResults(grid: ["latent: [10, 20]", "seed: [1, 2, 3]"])
    for latent in [10, 20] {
      for seed in 1...3 {
        hand.add(
          latent: latent, seed: seed,
          ["correlation": Double(latent * seed)].merging(
            seed == 1 ? ["horizon": Double(latent)] : [:]
          ) { $1 })
      }
    }
    #expect(try #require(try Self.table(hand)).scores.map(\.column.key) == ["correlation"])
  }

  @Test func blocksAreASource() throws {
    let hand = ContrastTableTests.hand(reference: "blocks: [nudging]")
    let table = try #require(try Self.table(hand))
    let correlation = try #require(table.scores.first { $0.column.key == "correlation" })
    #expect(correlation.parts.map(\.name) == ["latent", "blocks", "replicates"])
    #expect(correlation.parts[1].part.share > 0.6)
  }
}
