import TestSupport
import Testing

@testable import Report
@testable import SweepPlan

@Suite struct SearchedCapacityTests {
  /// If this fails, a search reports another capacity than the grid that it spares.
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
    // Only what ran is counted.
    #expect(one.dropFirst().map { $0[trials] }.allSatisfy { $0 == "12" })
    #expect(other.dropFirst().map { $0[trials] }.allSatisfy { $0 == "45" })
    #expect(one.contains { $0.contains("40") && $0[0] == "latent" })
  }

  /// If this fails, the trials of searches that stopped half-way, which outcomes have chosen, bias
  /// the capacity.
  @Test func searchesThatHaveNotEndedAreLeftOutAndCounted() throws {
    let hand = FrontierTableTests.hand { latent, seed, length in
      latent == 20 && seed == 3 && length == 9 ? .timedOut : .done
    }
    let table = try #require(CapacityTable(try hand.results().results))
    #expect(table.csv.contains("without 1 searches that have not ended"))
    let group = try #require(table.groups.first)
    let size = try #require(group.fit.sizes.first { $0.size == 20 })
    #expect(size.cells.allSatisfy { $0.trials == 2 })
    #expect(table.isSearch)
  }
}
