import Parameters
import TestSupport
import Testing

@testable import Report
@testable import SweepPlan

@Suite struct CapacityTableTests {
  /// Networks of 10 latent neurons fail at every length, those of 20 recall 4 notes, those of 40 all
  /// lengths.
  private static func hand(
    seeds: Int = 4, nudging: [Double] = []
  ) -> HandMadeResults {
    var hand = HandMadeResults()
    hand.notes = 16
    hand.grid = [
      "latent: [10, 20, 40]", "sequence_length: [4, 8, 16]", "seed: {from: 1, to: \(seeds)}",
    ]
    if !nudging.isEmpty { hand.grid.append("nudging: \(nudging)") }
    for (latent, longest) in [(10, 0), (20, 4), (40, 16)] {
      for length in [4, 8, 16] {
        for seed in 1...seeds {
          for value in nudging.isEmpty ? [nil] : nudging.map(Optional.some) {
            var parameters: [String: ParameterValue] = [
              "latent": .integer(latent), "sequence_length": .integer(length),
              "seed": .integer(seed),
            ]
            parameters["nudging"] = value.map(ParameterValue.real)
            // With another nudging no network recalls anything.
            let recalled = length <= longest && (value ?? 0.5) == 0.5
            hand.rows.append(
              .init(
                parameters: parameters,
                scores: [
                  "recalled": recalled ? 1 : 0, "plastic_synapses": Double(latent * latent),
                ]))
          }
        }
      }
    }
    return hand
  }

  /// If this fails, learning rates that suit each size make a table of single sizes, without an exponent.
  @Test func valuesThatFollowFromTheSizeDivideNoFit() throws {
    func table(_ rate: (Int) -> Double) throws -> CapacityTable {
      var hand = Self.hand()
      hand.grid[0] =
        "zip: {latent: [10, 20, 40], learning_rate_latent: [\([10, 20, 40].map(rate))]}"
        .replacing("[[", with: "[").replacing("]]", with: "]")
      for index in hand.rows.indices {
        guard case .integer(let latent)? = hand.rows[index].parameters["latent"] else { continue }
        hand.rows[index].parameters["learning_rate_latent"] = .real(rate(latent))
      }
      let (_, results) = try hand.results()
      return try #require(CapacityTable(results))
    }
    let following = try table { 0.02 / Double($0) }
    #expect(following.axes.isEmpty && following.groups.map(\.measure).contains("latent"))
    #expect(following.groups[0].fit.sizes.map(\.size) == [10, 20, 40])
    // The same fit as with one rate for all sizes.
    let (_, results) = try Self.hand().results()
    #expect(following.groups[0].fit.exponent == CapacityTable(results)?.groups[0].fit.exponent)
  }

  /// If this fails, a column of `capacity.csv` disappears if each model has one size.
  @Test func oneSizePerFitDividesFits() throws {
    var hand = Self.hand()
    hand.grid[0] =
      "zip: {latent: [10, 20, 40], nudging: [0.4, 0.5, 0.6], plastic_replay: [true, false, true]}"
    for index in hand.rows.indices {
      guard case .integer(let latent)? = hand.rows[index].parameters["latent"] else { continue }
      hand.rows[index].parameters["nudging"] = .real([10: 0.4, 20: 0.5, 40: 0.6][latent]!)
      hand.rows[index].parameters["plastic_replay"] = .boolean(latent != 20)
    }
    let (_, results) = try hand.results()
    let table = try #require(CapacityTable(results))
    // 10 and 40 share a fit, over which nudging follows from the size.
    #expect(table.axes == ["plastic_replay"])
    #expect(
      table.groups.filter { $0.measure == "latent" }.map { $0.fit.sizes.map(\.size) } == [
        [20], [10, 40],
      ])
  }

  /// If this fails, a grid calls a size better because its networks diverged, and a search does not.
  @Test func networksThatDivergeDoNotRecall() throws {
    var (failed, diverged) = (Self.hand(), Self.hand())
    for index in diverged.rows.indices
    where diverged.rows[index].scores["recalled"] == 0
      && diverged.rows[index].parameters["latent"] == .integer(20)
    {
      diverged.rows[index].status = .diverged
      diverged.rows[index].reason = "why"
      diverged.rows[index].scores = [:]
    }
    failed.rows = diverged.rows.map { row in
      var row = row
      if row.status == .diverged { row.status = .failed }
      return row
    }
    func capacities(_ hand: HandMadeResults) throws -> [String] {
      let table = try #require(CapacityTable(try hand.results().results))
      let column = try #require(table.rows[0].firstIndex(of: "isotonic_capacity_censored"))
      return table.rows.dropFirst().filter { $0.contains("latent") }.map { $0[column] }
    }
    #expect(try capacities(diverged) == capacities(Self.hand()))
    #expect(try capacities(failed) != capacities(Self.hand()))
  }

  private static func table(_ hand: HandMadeResults) throws -> CapacityTable? {
    CapacityTable(try hand.results().results)
  }

  /// If this fails, a sweep without sizes and lengths gets a table of capacities.
  @Test(arguments: [
    ["latent: [10, 9]", "seed: [1, 2]"], ["sequence_length: [2, 3]", "seed: [1, 2]"],
    ["seed: [1, 2]"],
  ])
  func needsASizeAndALength(grid: [String]) throws {
    var hand = HandMadeResults(grid: grid)
    hand.notes = 3
    #expect(try Self.table(hand) == nil)
    hand.grid = ["latent: [10, 9]", "sequence_length: [2, 3]", "seed: [1, 2]"]
    #expect(try Self.table(hand) != nil)
  }

  /// If this fails, a capacity beyond the tested lengths is quoted as if it had been measured.
  @Test func censoredCapacitiesAreMarked() throws {
    let rows = try #require(try Self.table(Self.hand())).csv.fields
    #expect(
      rows[0] == [
        "size_measure", "size", "trials", "seeds", "capacity", "capacity_censored",
        "capacity_low", "capacity_low_censored", "capacity_high", "capacity_high_censored",
        "isotonic_capacity", "isotonic_capacity_censored", "exponent", "exponent_low",
        "exponent_high", "note", "precision",
      ])
    #expect(
      rows.dropFirst().map { Array($0.prefix(4)) } == [
        ["latent", "10", "12", "4"], ["latent", "20", "12", "4"], ["latent", "40", "12", "4"],
        ["plastic_synapses", "100", "12", "4"], ["plastic_synapses", "400", "12", "4"],
        ["plastic_synapses", "1600", "12", "4"],
      ])
    for first in [1, 4] {
      #expect(rows[first][4...5] == ["4", "<"])
      #expect(rows[first][10...11] == ["4", "<"])
      #expect(rows[first + 1][5] == "")
      #expect((4...8).contains(try #require(Double(rows[first + 1][4]))))
      // Halfway between 4 and 8 notes on a logarithmic scale.
      #expect(abs(try #require(Double(rows[first + 1][10])) - 32.0.squareRoot()) < 1e-9)
      #expect(rows[first + 1][11] == "")
      #expect(rows[first + 2][4...5] == ["16", ">"])
      #expect(rows[first + 2][10...11] == ["16", ">"])
    }
    #expect(rows.dropFirst().allSatisfy { $0.last == "double" })
    // One size of three brackets one half.
    for row in rows.dropFirst() { #expect(row[12...14] == ["", "", ""]) }
  }

  /// If this fails, a reader trusts an interval from too few seeds, or does not learn why there is no
  /// exponent.
  @Test(arguments: [(4, true), (19, true), (20, false)])
  func notesSayWhatToDistrust(seeds: Int, isWarned: Bool) throws {
    let table = try #require(try Self.table(Self.hand(seeds: seeds)))
    #expect(table.seeds == seeds)
    #expect(table.isBelowRecommendedSeeds == isWarned)
    let lines = table.csv.split(separator: "\n").dropFirst()
    #expect(lines.count == 6)
    for line in lines {
      #expect(line.contains("no exponent: the tested lengths bracket the capacity at 1 size"))
      #expect(line.contains("fewer than 20 seeds") == isWarned)
    }
  }

  /// If this fails, different settings share one fit, whose capacity is that of neither.
  @Test func otherAxesHaveFitsOfTheirOwn() throws {
    let table = try #require(try Self.table(Self.hand(nudging: [0.5, 0.25])))
    #expect(table.axes == ["nudging"])
    let rows = table.csv.fields
    #expect(rows[0].prefix(3) == ["nudging", "size_measure", "size"])
    #expect(rows.count == 1 + 2 * 6)
    #expect(rows[1...6].allSatisfy { $0[0] == "0.25" && $0[5...6] == ["4", "<"] })
    #expect(rows[7...12].map { $0[0] } == [String](repeating: "0.5", count: 6))
    #expect(rows[7...9].map { $0[6] } == ["<", "", ">"])
    #expect(rows[1...12].allSatisfy { $0[3] == "12" && $0[4] == "4" })
  }

  /// If this fails, a trial that could not run counts as a sequence that was not recalled.
  @Test func trialsThatDidNotRunDoNotCount() throws {
    var hand = Self.hand()
    let removed = hand.rows.firstIndex { $0.parameters["latent"] == .integer(40) }!
    hand.rows[removed].status = .failed
    hand.rows[removed].scores = [:]
    hand.rows.remove(at: removed + 1)
    let rows = try #require(try Self.table(hand)).csv.fields
    #expect(rows[1...3].map { $0[2] } == ["12", "12", "10"])
    #expect(rows[3][4...5] == ["16", ">"])
  }

  /// If this fails, two tables made from one journal differ.
  @Test func orderOfTheJournalDoesNotMatter() throws {
    var hand = Self.hand(nudging: [0.5, 0.25])
    let first = try #require(try Self.table(hand)).csv
    hand.rows.reverse()
    #expect(try #require(try Self.table(hand)).csv == first)
  }
}

@Suite struct SearchedCapacityTests {
  /// If this fails, a search reports another capacity than the full grid.
  @Test func searchAndGridAgree() throws {
    let searched = FrontierTableTests.hand()
    var grid = searched
    grid.search = ""
    grid.grid.append("sequence_length: {from: 2, to: 16}")
    func rows(_ hand: HandMadeResults) throws -> [[String]] {
      try #require(CapacityTable(try hand.results().results)).rows
    }
    let (one, other) = (try rows(searched), try rows(grid))
    let trials = try #require(one[0].firstIndex(of: "trials"))
    func without(_ rows: [[String]]) -> [[String]] {
      rows.map { row in row.enumerated().filter { $0.offset != trials }.map(\.element) }
    }
    #expect(without(one) == without(other))
    // Only trials that ran are counted.
    #expect(one[1...3].map { $0[trials] } == ["18", "18", "15"])
    #expect(other.dropFirst().map { $0[trials] }.allSatisfy { $0 == "45" })
    #expect(one.contains { $0.contains("40") && $0[0] == "latent" })
  }

  /// If this fails, unfinished searches, whose trials were selected by outcomes, bias the capacity.
  @Test func searchesThatHaveNotEndedAreLeftOutAndCounted() throws {
    let hand = FrontierTableTests.hand { latent, seed, length in
      latent == 20 && seed == 3 && length == 9 ? .timedOut : .done
    }
    let table = try #require(CapacityTable(try hand.results().results))
    #expect(table.csv.contains("without 1 search that has not ended"))
    let group = try #require(table.groups.first)
    let size = try #require(group.fit.sizes.first { $0.size == 20 })
    #expect(size.conditions.allSatisfy { $0.trials == 2 })
    #expect(table.isSearch)
  }
}
