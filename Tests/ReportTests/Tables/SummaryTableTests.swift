import Parameters
import Testing

@testable import Experiment
@testable import Journal
@testable import Report
@testable import Scores
@testable import SweepPlan

@Suite struct SummaryTableTests {
  /// Two sizes with three seeds each: one is complete, one has a failure and a missing trial.
  static var hand: HandMadeResults {
    var hand = HandMadeResults()
    hand.add(
      latent: 9, seed: 1,
      [
        "correlation": 0.5, "recalled": 0, "note_accuracy": 0.25, "horizon": 3,
        "horizon_censored": 0, "chance": 0.125, "mean_squared_error": 0.0125,
      ])
    hand.add(latent: 9, seed: 2, [:], status: .failed, reason: "no room")
    for seed in 1...3 {
      hand.add(
        latent: 10, seed: seed,
        [
          "correlation": 1, "recalled": 1, "note_accuracy": 1, "horizon": 96,
          "horizon_censored": seed == 3 ? 1 : 0, "cycles_to_criterion": Double(20 * seed),
          "cycles_to_criterion_censored": 0, "chance": 0.125, "mean_squared_error": 0,
        ])
    }
    return hand
  }

  /// If this fails, the numbers that a paper quotes are wrong or belong to another condition.
  @Test func conditionsAreSummarisedOverTheReplicates() throws {
    let table = SummaryTable(try Self.hand.results().results)
    #expect(table.axes == ["latent"])
    #expect(table.conditions.map(\.coordinates) == [[.integer(9)], [.integer(10)]])
    #expect(table.conditions.map(\.count) == [1, 3])
    #expect(table.conditions.map(\.failed) == [1, 0])
    #expect(table.conditions.map(\.missing) == [1, 0])
    #expect(table.conditions.map(\.censored) == [0, 1])
    #expect(table.conditions[1].censoredScores["horizon_censored"] == 1)
    #expect(table.conditions[1].censoredScores["cycles_to_criterion_censored"] == 0)
    #expect(table.conditions[1].summaries["cycles_to_criterion"]?.mean == 40)
    #expect(table.conditions[1].summaries["cycles_to_criterion"]?.standardDeviation == 20)
    #expect(table.conditions[0].summaries["cycles_to_criterion"] == nil)
  }

  /// If this fails, scripts that read `summary.csv` break.
  @Test func csvHasARowPerCondition() throws {
    let rows = SummaryTable(try Self.hand.results().results).csv.fields
    let scores = ScoreColumn.columns(for: [.recall]).filter { !$0.marksCensoring }.map(\.key)
    let statistics = scores.flatMap { key -> [String] in
      var names = ["n", "mean", "sd", "median", "low", "high"]
      if SummaryTable.replayScores.contains(key) {
        names += ["recalled_n", "recalled_mean", "recalled_low", "recalled_high"]
      }
      return names.map { "\(key)_\($0)" }
    }
    let counts = [
      "latent", "n", "failed", "missing", "censored", "pareto_efficient",
      "cycles_to_criterion_censored", "horizon_censored", "multiply_adds_to_criterion_censored",
    ]
    #expect(rows[0] == counts + statistics + ["precision"])
    #expect(rows.count == 3)
    for row in rows { #expect(row.count == rows[0].count) }
    func value(_ key: String, _ row: Int) throws -> String {
      rows[row][try #require(rows[0].firstIndex(of: key))]
    }
    #expect(rows[1].prefix(8) == ["9", "1", "1", "1", "0", "", "0", "0"])
    #expect(rows[2].prefix(8) == ["10", "3", "0", "0", "1", "", "0", "1"])
    #expect(try value("correlation_mean", 1) == "0.5")
    #expect(try value("correlation_median", 1) == "0.5")
    #expect(try value("correlation_sd", 1) == "")
    #expect(try value("correlation_low", 1) == "")
    #expect(try value("correlation_sd", 2) == "0")
    #expect(try value("correlation_high", 2) == "1")
    #expect(try value("correlation_recalled_n", 1) == "0")
    #expect(try value("correlation_recalled_mean", 1) == "")
    #expect(try value("correlation_recalled_n", 2) == "3")
    #expect(try value("correlation_recalled_mean", 2) == "1")
    #expect(try value("correlation_recalled_low", 2) == "")
    #expect(try value("recalled_low", 2).hasPrefix("0.438"))
    #expect(try value("cycles_to_criterion_mean", 1) == "")
    #expect(try value("cycles_to_criterion_sd", 2) == "20")
    #expect(try value("drift_mean", 2) == "")
    #expect(try value("precision", 1) == "double")
  }

  /// If this fails, one silent network, whose drift and gain are noise without bounds, decides the mean
  /// of a condition and what an axis explains.
  @Test func scoresOfRecallAreOfNetworksThatRecall() throws {
    var hand = HandMadeResults(grid: ["seed: [1, 2, 3]"])
    hand.add(seed: 1, ["recalled": 1, "correlation": 0.9, "drift": 1, "denoising_gain": 0.5])
    hand.add(seed: 2, ["recalled": 0, "correlation": 0.1, "drift": 90, "denoising_gain": -233])
    hand.add(seed: 3, ["correlation": 0.2, "drift": 50])  // too short a replay to say
    let (_, results) = try hand.results()
    let fields = SummaryTable(results).csv.fields
    func value(_ column: String) throws -> String {
      fields[1][try #require(fields[0].firstIndex(of: column))]
    }
    #expect(try value("correlation_n") == "3")
    #expect(try value("drift_n") == "1" && value("drift_mean") == "1")
    #expect(try value("denoising_gain_n") == "1" && value("denoising_gain_mean") == "0.5")
    let importance = ImportanceTable(GridCoordinates(results, SummaryTable(results)))
    #expect(importance?.csv.contains("drift") != true)
    // The table of trials keeps what was measured.
    let trials = results.trialTable.fields
    let drift = try #require(trials[0].firstIndex(of: "drift"))
    #expect(trials.dropFirst().map { $0[drift] } == ["1", "90", "50"])
  }

  /// If this fails, noise decides when enough replicates have run, or a silent network without drift meets
  /// the criterion of a search.
  @Test func choicesOfTrialsUseTheSameScores() throws {
    var hand = HandMadeResults(grid: ["latent: [10]", "seed: {from: 1, to: 10}"])
    hand.extra = "until: {score: drift, half_width: 0.1, at_most: 40}"
    for seed in 1...10 {
      let recalls = seed <= 8
      hand.add(
        latent: 10, seed: seed,
        ["recalled": recalls ? 1 : 0, "drift": recalls ? 1 + Double(seed) / 100 : 300])
    }
    let (_, results) = try hand.results()
    #expect(SummaryTable(results).conditions[0].stopping == .precise)

    var search = HandMadeResults(
      grid: ["seed: [1]"], search: "{latent: [10, 20], criterion: drift <= 1}")
    search.add(latent: 10, seed: 1, ["recalled": 1, "drift": 0.5])
    search.add(latent: 20, seed: 1, ["recalled": 0, "drift": 0])
    let state = try #require(try search.results().results.searches)
    #expect(state.walk(0).lastMet == 0)
  }

  /// If this fails, rows of an earlier version, which did not measure a score, count as networks that
  /// miss the criterion, and the frontier is wrong.
  @Test func rowsThatLackTheDecidingScoreAreRefused() throws {
    var hand = HandMadeResults(
      grid: ["latent: [10]", "seed: {from: 1, to: 10}"])
    hand.extra = """
      scores: [robustness]
      until: {score: robustness_log, half_width: 0.1, at_most: 20}
      """
    hand.add(latent: 10, seed: 1, ["recalled": 1, "robustness": 0.5, "neurons": 11])
    let error = #expect(throws: JournalError.self) { try hand.results() }
    let text = "\(try #require(error))"
    #expect(text.contains("did not measure robustness_log"), "\(text)")
    // This version measured it, or the network does not recall.
    hand.rows[0].scores["replay_state_bytes"] = 100
    #expect(throws: Never.self) { try hand.results() }
  }

  /// If this fails, a sweep over seeds alone has no summary.
  @Test func sweepWithoutAxesHasOneRow() throws {
    var hand = HandMadeResults(grid: ["seed: [1, 2]"])
    hand.add(seed: 1, ["correlation": 0.5])
    hand.add(seed: 2, ["correlation": 0.75])
    let (sweep, results) = try hand.results()
    let table = SummaryTable(results)
    #expect(table.axes.isEmpty)
    let rows = table.csv.fields
    #expect(rows.count == 2)
    #expect(rows[0].first == "n")
    #expect(rows[1].prefix(4) == ["2", "0", "0", "0"])
    let markdown = table.markdown(title: "t", description: "", replicates: sweep.replicates)
    let lines = markdown.split(separator: "\n")
    #expect(lines[1].hasPrefix("| n | recalled |"))
    #expect(lines[3].hasPrefix("| 2 |"))
  }

  /// If this fails, twelve songs with two seeds each are 24 independent trials, or the best song is
  /// taken for the best network.
  @Test func blocksAreAveragedAndAreUnits() throws {
    var hand = HandMadeResults(
      grid: ["latent: [9, 10]", "nudging: [0.25, 0.5, 0.75]", "seed: [1, 2]"],
      extra: "blocks: [nudging]")
    for latent in [9, 10] {
      for (block, nudging) in [0.25, 0.5, 0.75].enumerated() {
        for seed in [1, 2] {
          hand.rows.append(
            .init(
              parameters: [
                "latent": .integer(latent), "nudging": .real(nudging), "seed": .integer(seed),
              ],
              scores: [
                "correlation": Double(block) / 4 + Double(seed) / 20,
                "recalled": block == 2 || seed == 2 ? 1 : 0, "chance_95": 0.2,
              ]))
        }
      }
    }
    let table = SummaryTable(try hand.results().results)
    #expect(table.axes == ["latent"])
    #expect(table.conditions.map(\.count) == [6, 6])
    let correlation = try #require(table.conditions[0].summaries["correlation"])
    #expect(correlation.count == 6 && abs(correlation.mean - 0.325) < 1e-12)
    #expect(abs(try #require(correlation.standardDeviation) - 0.25) < 1e-12)
    let recalled = try #require(table.conditions[0].summaries["recalled"])
    #expect(recalled.interval == MeanInterval.of([0.5, 0.5, 1], in: 0...1))
    let text = table.markdown(title: "", description: "", replicates: ["nudging", "seed"])
    #expect(text.contains("| 4 of 6 ["))
    #expect(text.contains("Means over nudging, seed"))
  }

  /// If this fails, trials that differ in an axis share a condition.
  @Test func everyAxisButTheReplicatesMakesConditions() throws {
    var hand = HandMadeResults(grid: [
      "latent: [10, 9]", "nudging: [0.5, 0.25]", "seed: [1, 2]",
    ])
    hand.rows = [
      .init(parameters: ["latent": .integer(9), "nudging": .real(0.5), "seed": .integer(2)])
    ]
    let table = SummaryTable(try hand.results().results)
    #expect(table.axes == ["latent", "nudging"])
    #expect(
      table.conditions.map { $0.coordinates.map(\.description) } == [
        ["9", "0.25"], ["9", "0.5"], ["10", "0.25"], ["10", "0.5"],
      ])
    #expect(table.conditions.map(\.count) == [0, 1, 0, 0])
    #expect(table.conditions.map(\.missing) == [2, 1, 2, 2])
  }
}

@Suite struct ParetoFrontTests {
  /// If this fails, a table calls a wasteful network efficient, or hides an efficient one.
  @Test func efficientChoicesAreNotBeaten() {
    let choices: [ParetoFront.Choice?] = [
      .init(cost: 2, score: 5),  // efficient
      .init(cost: 1, score: 3),  // efficient: the cheapest
      .init(cost: 1, score: 2),  // as cheap, less
      .init(cost: 3, score: 5),  // as good, more expensive
      nil,
      .init(cost: 4, score: 6),  // efficient: the best
      .init(cost: 2, score: 5),  // the first one again
      .init(cost: 5, score: 1),
    ]
    let expected: [Bool?] = [true, true, false, false, nil, true, true, false]
    #expect(ParetoFront.isEfficient(choices) == expected)
    #expect(ParetoFront.isEfficient([]).isEmpty)
  }

  /// Checks the definition on every pair.
  @Test(arguments: 0..<20)
  func agreesWithTheDefinition(seed: Int) {
    let choices = (0..<30).map { index in
      ParetoFront.Choice(
        cost: Double((index * 7 + seed * 13) % 11), score: Double((index * 5 + seed * 3) % 9))
    }
    let expected = choices.map { own -> Bool? in
      !choices.contains { other in
        other.cost <= own.cost && other.score >= own.score && other != own
      }
    }
    #expect(ParetoFront.isEfficient(choices) == expected)
  }
}
