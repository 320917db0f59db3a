import Parameters
import Testing

@testable import Experiment
@testable import Journal
@testable import Report
@testable import SweepPlan

@Suite struct TrialTableTests {
  /// If this fails, scripts that find columns by name break, or the table has parameters of models
  /// that the sweep does not use.
  @Test func headNamesParametersStatusAndScores() throws {
    let table = try HandMadeResults().results().results.trialTable
    #expect(
      table.fields == [
        ["trial"] + Parameter.all.filter { $0.applies(to: "elise") }.map(\.key)
          + ["status", "reason"]
          + ScoreColumn.columns(for: [.recall]).map(\.key)
      ])
  }

  /// If this fails, 10 is sorted before 9, and a diff of two tables shows differences without meaning.
  @Test func rowsAreSortedByParametersAsNumbers() throws {
    var hand = HandMadeResults()
    for (latent, seed) in [(10, 2), (9, 3), (10, 3), (10, 1), (9, 2), (9, 1)] {
      hand.add(latent: latent, seed: seed, [:])
    }
    let rows = try hand.results().results.trialTable.fields
    let columns = try ["latent", "seed"].map { try #require(rows[0].firstIndex(of: $0)) }
    #expect(
      rows.dropFirst().map { row in columns.map { row[$0] } } == [
        ["9", "1"], ["9", "2"], ["9", "3"], ["10", "1"], ["10", "2"], ["10", "3"],
      ])
  }

  /// If this fails, a table shows trials that are not in its sweep.
  @Test func trialsOutsideThePlanStayOut() throws {
    var hand = HandMadeResults()
    hand.add(latent: 9, seed: 1, [:])
    hand.add(latent: 9, seed: 4, [:])
    hand.add(latent: 11, seed: 1, [:])
    let results = try hand.results().results
    #expect(results.trialTable.fields.count == 2)
    #expect(results.costTable.fields.count == 2)
    #expect(results.rows.count == 6)
    #expect(results.missing == 5)
    #expect(results.count(.done) == 1)
  }

  /// If this fails, a missing score reads as a number.
  @Test func scoresHaveTheirTextAndMissingOnesNone() throws {
    var hand = HandMadeResults()
    hand.add(
      latent: 9, seed: 1,
      ["correlation": 0.1 + 0.2, "recalled": 0, "horizon": 12, "horizon_censored": 1])
    hand.add(
      latent: 9, seed: 2, [:], status: .failed, reason: "no \"room\", none")
    let results = try hand.results().results
    let lines = results.trialTable.split(separator: "\n").map(String.init)
    let head = lines[0].split(separator: ",").map(String.init)
    let row = lines[1].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let values = Dictionary(uniqueKeysWithValues: zip(head, row))
    #expect(row.count == head.count)
    #expect(values["trial"] == results.rows[0].trial.id.description)
    #expect(values["status"] == "done")
    #expect(values["reason"] == "")
    #expect(values["correlation"] == "0.30000000000000004")
    #expect(values["recalled"] == "false")
    #expect(values["horizon"] == "12")
    #expect(values["horizon_censored"] == "true")
    #expect(values["drift"] == "")
    // Neither makes a column of numbers one of texts; no parameter is ever missing.
    #expect(values["sequence_length"] == "")
    #expect(values["disruption"] == "none")
    #expect(values["learning_rate_visible"] == "0.0001")
    #expect(
      lines[2].hasSuffix(
        ",failed,\"no \"\"room\"\", none\""
          + String(repeating: ",", count: ScoreColumn.columns(for: [.recall]).count)))
  }

  /// If this fails, the rank, host and speed of a trial are unknown or those of another trial.
  @Test func costsAreInTheOrderOfTheTrials() throws {
    var hand = HandMadeResults()
    hand.add(latent: 10, seed: 1, [:])
    hand.add(latent: 9, seed: 1, [:], status: .diverged, reason: "why")
    let results = try hand.results().results
    #expect(
      results.costTable == """
        trial,rank,host,start,seconds,core_seconds,steps,steps_per_second
        \(results.rows[0].trial.id),1,node-1,2001-09-09T01:46:40.250Z,2.000000,2.000000,5000,2500
        \(results.rows[3].trial.id),0,node-0,2001-09-09T01:46:40.000Z,2.000000,2.000000,5000,2500

        """)
  }
}
