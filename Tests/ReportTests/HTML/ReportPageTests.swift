import Foundation
import TestSupport
import Testing

@testable import Journal
@testable import Report
@testable import SweepPlan

@Suite struct ReportPageTests {
  private static func page(_ hand: HandMadeResults) throws -> String {
    let (sweep, results) = try hand.results()
    return try page(sweep, results)
  }

  static func page(_ sweep: SweepFile, _ results: SweepResults) throws -> String {
    try withTemporaryFolder { folder in
      let tables = try ResultFolder(folder.path).writeTables(results, of: sweep, provenance: nil)
      let source = FigureSource(
        results: results, summary: tables.summary, capacity: tables.capacity,
        contrasts: tables.contrasts, importance: tables.importance, journal: JournalContents())
      return ReportPage(
        sweep: sweep, source: source, tables: tables,
        figures: source.figures.map { .init(figure: $0, svg: Data("<svg/>".utf8)) },
        provenance: Data(#"{"b":{"c":["x","y"]},"a":"<&>","d":1.5}"#.utf8), warnings: []
      ).html
    }
  }

  /// If this fails, text from a journal runs as code in the browser of whoever opens the report.
  @Test func textsFromOutsideAreHarmless() throws {
    var hand = HandMadeResults(grid: ["latent: [9]", "seed: [1]"])
    hand.add(
      latent: 9, seed: 1, [:], status: .failed,
      reason: "<script>alert(\"1\")</script><img src=x onerror='alert(2)'>")
    let page = try Self.page(hand)
    #expect(!page.contains("<script>alert"))
    #expect(!page.contains("<img src=x"))
    #expect(page.contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;"))
    #expect(page.contains("<td>&lt;&amp;&gt;</td>"))
    #expect(page.contains("b · c</th><td>x y</td>"))
  }

  /// If this fails, the page loads something from the network, or cannot be opened offline.
  @Test func everythingIsInOneFile() throws {
    let page = try Self.page(SummaryTableTests.hand)
    #expect(page.contains("default-src 'none'"))
    for word in ["http://", "https://", "src=\"figures", "@import", "url("] {
      #expect(!page.contains(word), "\(word)")
    }
  }

  /// If this fails, the same journal gives different pages on different days.
  @Test func pageDependsOnResultsAlone() throws {
    let (sweep, results) = try SummaryTableTests.hand.results()
    #expect(try Self.page(sweep, results) == Self.page(sweep, results))
  }

  /// If this fails, the sentences and the tables disagree.
  @Test func answersHaveTheirNumbers() throws {
    var hand = HandMadeResults(grid: ["latent: [9, 10, 11]", "seed: [1, 2]"])
    for (latent, recalled) in [(9, [0, 0]), (10, [0, 1]), (11, [1, 1])] {
      for seed in [1, 2] {
        hand.add(
          latent: latent, seed: seed,
          ["recalled": Double(recalled[seed - 1]), "correlation": Double(latent) / 20])
      }
    }
    let page = try Self.page(hand)
    #expect(page.contains("6 of 6 trials are done."))
    #expect(
      page.contains("Networks that recall the sequence: 3 of 6 (50 %, 95 % interval 19 % to 81 %)"))
    #expect(
      page.contains("of which at least half recall have 10 latent neurons: 1 of 2"), "\(page)")
    #expect(page.contains("Recalled by latent: 0 of 2 at 9; 1 of 2 at 10; 2 of 2 at 11."))
    #expect(page.contains("The highest mean correlation is 0.550"))
    #expect(page.contains("; their mean correlation is 0.533."))
    // The sizes have the means 0, 1/2 and 1: a sum of squares of 1, of 3/2 in all.
    #expect(
      page.contains(
        "Shares of the variance of recalled: latent 67 %, replicates (luck of seeds) 33 %."))
    // Whether one is better, by how much, and how surely.
    #expect(
      page.contains(
        "<th scope=\"row\">latent: 11 against 9</th><td>fraction recalled</td><td>too few</td><td>+1.000</td>"
      ))
    #expect(
      page.contains("<td>2</td><td>100 % of 2</td><td>1</td><td>67 %</td></tr>"))
    #expect(
      page.contains(
        "Latent 11 recalls more often than 9, by 1.000 in 2 pairs over 2 seeds (too few seeds to be sure)."
      ))
    // How many recall comes first, and how well those replay.
    #expect(
      page.contains("recalled 95 %</button></th><th scope=\"col\"><button type=\"button\">if rec"))
    #expect(page.contains("<td>0.5</td><td>[0.09, 0.91]</td><td>0.5</td>"))
  }

  /// If this fails, the first lines of a page call a difference sure whose interval includes zero.
  @Test func sureMeansTestAndInterval() {
    func verdict(_ adjusted: Double?, _ interval: ClosedRange<Double>?, units: Int = 12) -> String {
      let differences = ContrastTable.Differences(
        pairs: units, units: units, singles: [], difference: 0.1, interval: interval, favours: 1,
        p: adjusted, adjusted: adjusted)
      return Answers.Comparison(
        contrast: .init(
          axis: "latent", level: .integer(80), against: .integer(20),
          score: ScoreTable.shared.correlation, incomplete: 0, also: [], all: differences),
        differences: differences, isAmongRecalled: false, share: nil
      ).verdict
    }
    #expect(verdict(0.001, 0.05...0.2) == "sure")
    #expect(verdict(0.001, -0.1...0.3) == "likely" && verdict(0.2, 0.05...0.2) == "likely")
    #expect(verdict(0.2, -0.1...0.3) == "open" && verdict(0.2, nil, units: 5) == "too few")
  }

  /// If this fails, the page of a search does not say which level reaches further, or that of blocks
  /// calls them replicates.
  @Test func searchesAndBlocksAreDescribed() throws {
    let search = try Self.page(FrontierTableTests.hand())
    #expect(
      search.contains(
        "Latent 40 has a higher frontier of sequence length than 10, by 10.67 in 3 pairs over 3 seeds"
      ))
    #expect(search.contains("<td>frontier of sequence length</td>"))
    let blocks = try Self.page(ContrastTableTests.hand(reference: "blocks: [nudging]"))
    #expect(blocks.contains("replicated over seed, in blocks of nudging."))
  }

  /// If this fails, a fraction that is not zero or one is called so, or one trial is called trials.
  @Test func countsAndFractionsAreRight() throws {
    #expect(
      [0, 0.0004, 0.004, 0.42, 0.9996, 1].map(Answers.percent)
        == ["0 %", "0.04 %", "0.4 %", "42 %", "99.96 %", "100 %"])
    var hand = HandMadeResults(grid: ["latent: [9]", "seed: [1]"])
    hand.add(latent: 9, seed: 1, ["correlation": 0.5, "recalled": 0])
    let page = try Self.page(hand)
    #expect(page.contains("1 of 1 trial is done.") && page.contains("1 trial in 1 condition. Sc"))
    #expect(page.contains("Blue: 1 trial, one lane per thread."))
  }

  /// If this fails, the page of a large sweep is too large for a browser.
  @Test func longTablesAreShortenedWithANote() throws {
    var hand = HandMadeResults(grid: ["latent: [9]", "seed: {from: 1, to: 600}"])
    for seed in 1...600 { hand.add(latent: 9, seed: seed, ["correlation": 0.5]) }
    let page = try Self.page(hand)
    #expect(page.contains("The first 500 of 600 trials; trials.csv has all."))
    #expect(page.components(separatedBy: "<td>done</td>").count - 1 == 500)
  }
}
