import Parameters
import TestSupport
import Testing

@testable import Report
@testable import SweepPlan

@Suite struct FrontierTableTests {
  /// Searches along the length of 2 to 16 notes, with the recalled lengths by
  /// latent neurons and seed.
  static func hand(
    recalling: [Int: [Int]] = [10: [0, 0, 5], 20: [4, 6, 9], 40: [12, 16, 13]],
    beyond: Int? = nil, alsoRecalled: Set<[Int]> = [],
    status: (_ latent: Int, _ seed: Int, _ length: Int) -> TrialStatus? = { _, _, _ in .done }
  ) -> HandMadeResults {
    var hand = HandMadeResults()
    hand.notes = 16
    hand.grid = ["latent: [10, 20, 40]", "seed: [1, 2, 3]"]
    hand.search =
      "{sequence_length: {from: 2, to: 16}\(beyond.map { ", beyond: \($0)" } ?? "")}"
    for (latent, lengths) in recalling {
      for (index, longest) in lengths.enumerated() {
        // The journal holds the whole grid; the search uses only a part of it.
        for length in 2...16 {
          guard let status = status(latent, index + 1, length) else { continue }
          hand.rows.append(
            .init(
              parameters: [
                "latent": .integer(latent), "sequence_length": .integer(length),
                "seed": .integer(index + 1),
              ], status: status, reason: status == .done ? nil : "for a reason",
              scores: status == .done
                ? [
                  "recalled": length <= longest
                    || alsoRecalled.contains([latent, index + 1, length]) ? 1 : 0,
                  "correlation": 0.5,
                  "plastic_synapses": Double(latent * latent),
                ] : [:]))
        }
      }
    }
    return hand
  }

  /// If this fails, a frontier is reported that no trial shows.
  @Test func everySearchIsARow() throws {
    let (_, results) = try Self.hand().results()
    let table = try #require(FrontierTable(results))
    let rows = table.csv.fields
    #expect(
      rows[0] == [
        "latent", "seed", "ending", "sequence_length_met", "sequence_length_missed", "trials",
        "verified_beyond", "met_beyond", "precision",
      ])
    #expect(
      rows.dropFirst().map { Array($0) } == [
        ["10", "1", "none_met", "", "2", "6", "2", "0", "double"],
        ["10", "2", "none_met", "", "2", "6", "2", "0", "double"],
        ["10", "3", "found", "5", "6", "6", "2", "0", "double"],
        ["20", "1", "found", "4", "5", "6", "2", "0", "double"],
        ["20", "2", "found", "6", "7", "6", "2", "0", "double"],
        ["20", "3", "found", "9", "10", "6", "2", "0", "double"],
        ["40", "1", "found", "12", "13", "6", "2", "0", "double"],
        ["40", "2", "all_met", "16", "", "4", "0", "0", "double"],
        ["40", "3", "found", "13", "14", "5", "1", "0", "double"],
      ])
    #expect(table.warning == nil)
    #expect(
      table.sentence == "Of 9 searches along sequence_length for recalled, 6 found a frontier, "
        + "1 met the criterion at all values, 2 met it at no value; they ran 51 trials. In 0 of 8 searches, a value beyond "
        + "the frontier meets the criterion.")
    #expect(table.markdown().contains("|     10 |        3 |    < 2 |    < 2 |       5 |"))
    #expect(table.markdown().contains("|     40 |        3 |     13 |     12 |    ≥ 16 |"))
  }

  /// If this fails, a user compares networks by frontiers that their own trials contradict.
  @Test func contradictionsAreCounted() throws {
    func table(_ beyond: Int?) throws -> (table: FrontierTable, capacity: CapacityTable) {
      let (_, results) = try Self.hand(
        beyond: beyond,
        alsoRecalled: [[10, 1, 4], [20, 1, 12], [20, 2, 12], [20, 3, 12]]
      ).results()
      return (try #require(FrontierTable(results)), try #require(CapacityTable(results)))
    }
    let verified = try table(nil)
    let rows = verified.table.csv.fields
    #expect(rows[1][2...] == ["none_met", "", "2", "6", "2", "1", "double"])
    #expect(rows[4][2...] == ["found", "4", "5", "6", "2", "1", "double"])
    #expect(rows[5][2...] == ["found", "6", "7", "6", "2", "0", "double"])
    #expect(rows[6][2...] == ["found", "9", "10", "6", "2", "1", "double"])
    let sentence =
      "In 3 of 8 searches, a value beyond the frontier meets the criterion: the search "
      + "underrates these networks. Run a grid."
    #expect(verified.table.sentence.hasSuffix(sentence))
    #expect(verified.table.markdown().contains("\n\(sentence)\n"))
    #expect(verified.capacity.csv.contains("3 searches met the criterion beyond their frontier"))

    // The frontiers and all that is fitted to them are the same without verification.
    let plain = try table(0)
    #expect(plain.table.csv.fields.map { $0.prefix(5) } == rows.map { $0.prefix(5) })
    #expect(plain.table.csv.fields[1][5...] == ["4", "0", "0", "double"])
    #expect(!plain.table.sentence.contains("beyond the frontier"))
    let fits = [plain, verified].map { $0.capacity.groups.map { "\($0.fit)" } }
    #expect(fits[0] == fits[1])
  }

  /// If this fails, the lines of the table break in a narrow terminal and cannot be read.
  @Test func tableFitsSixtyColumns() throws {
    var hand = Self.hand()
    hand.grid.append("learning_rate_latent: [0.001]\n  nudging: [0.6, 0.7]")
    let table = try #require(FrontierTable(try hand.results().results))
    for width in [60, 45] {
      let lines = table.markdown(width: width).split(separator: "\n").filter { $0.hasPrefix("|") }
      #expect(lines.count == 2 + 6 && lines.allSatisfy { $0.count <= width })
      #expect(lines[0].contains("| median |") && lines[0].contains("not ended"))
    }
  }

  /// If this fails, trials of another sweep in the same folder, or trials that did not run, count as
  /// results of the search.
  @Test func tablesHoldTheSelectedTrials() throws {
    let (_, results) = try Self.hand().results()
    #expect(results.count == 51 && results.missing == 0 && results.failed == 0)
    let lengths = results.trialTable.fields.dropFirst().count
    #expect(lengths == 51)
    let summary = SummaryTable(results)
    #expect(summary.conditions.reduce(0) { $0 + $1.count } == 51)
    #expect(summary.conditions.allSatisfy { $0.count > 0 && $0.missing == 0 })
    let statuses = try Cube(results).statuses
    // Done is 0; -2 is a trial that no search selected.
    #expect(statuses.count { $0 == 0 } == 51 && statuses.count { $0 == -2 } == statuses.count - 51)
  }

  /// If this fails, a search that failed or is unfinished counts as one that found a frontier.
  @Test func endingsWithoutAFrontier() throws {
    let hand = Self.hand { latent, seed, length in
      switch (latent, seed, length) {
      case (20, 1, 5): .failed
      case (20, 2, 7): .diverged
      case (40, 1, 13): nil
      default: .done
      }
    }
    let (_, results) = try hand.results()
    let table = try #require(FrontierTable(results))
    #expect(table.count(.failed) == 1 && table.count(.unfinished) == 1)
    let rows = table.csv.fields
    #expect(Array(rows[4]) == ["20", "1", "failed", "", "9", "2", "", "", "double"])
    #expect(
      Array(rows[5]) == ["20", "2", "found", "6", "7", "6", "2", "0", "double"],
      "diverging is not recalling")
    #expect(rows[7][2] == "unfinished")
    #expect(results.missing == 1 && results.failed == 2)
    #expect(table.sentence.contains("1 ended at a trial that failed, 1 have not ended"))
  }

  /// If this fails, a search on the wrong side or over the wrong values looks like a result.
  @Test func warnsIfNoFrontierWasFound() throws {
    let (_, results) = try Self.hand(recalling: [10: [0, 0, 16]]).results()
    let table = try #require(FrontierTable(results))
    #expect(try #require(table.warning).contains("`met: below`"))
  }

  @Test func wholeGridHasNoFrontierTable() throws {
    #expect(FrontierTable(try HandMadeResults().results().results) == nil)
  }
}
