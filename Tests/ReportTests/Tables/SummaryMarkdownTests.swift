import Testing

@testable import Experiment
@testable import Journal
@testable import Report
@testable import SweepPlan

@Suite struct SummaryMarkdownTests {
  /// The end of a run as users see it. If this fails, read the table and decide whether it is better.
  @Test func tableReadsWellInATerminal() throws {
    let (sweep, results) = try SummaryTableTests.hand.results()
    let text = SummaryTable(results).markdown(
      title: sweep.name, description: "Two sizes.", replicates: ["seed"])
    #expect(
      text == """
        # by-hand

        Two sizes.

        | latent | n |            recalled | if recalled |          correlation | note accuracy | squared error | horizon | to criterion | chance | failed | missing |
        |-------:|--:|--------------------:|------------:|---------------------:|--------------:|--------------:|--------:|-------------:|-------:|-------:|--------:|
        |      9 | 1 | 0 of 1 [0.00, 0.79] |           – |                0.500 |         0.250 |       0.01250 |     3.0 |            – |  0.125 |      1 |       1 |
        |     10 | 3 | 3 of 3 [0.44, 1.00] |       1.000 | 1.000 [0.082, 1.000] |         1.000 |       0.00000 |  > 96.0 |           40 |  0.125 |      0 |       0 |

        Best, by `recalled` and `correlation`: latent 10.

        Means over seed, with 95 % intervals in brackets; summary.csv has all statistics.
        Computed in double precision.
        `recalled`: scored trials that recall the sequence, and their fraction.
        `if recalled`: mean correlation of the trials that recall, with an interval from five trials on.
        `horizon`: free replay cycles until the correlation falls below 0.5.
        `to criterion`: training cycles until free tests reach a correlation of 0.9.
        `chance`: correlation of the same notes in random order.
        `>`: at least one trial ended before its horizon or criterion, so the mean is a lower bound.

        """)
  }

  /// If this fails, the lines of the table break in a narrow terminal and cannot be read.
  @Test(arguments: [
    ["latent: [10, 9]"],
    ["latent: [10, 9]", "learning_rate_latent: [0.001, 0.003162]", "delay_max: [12, 15]"],
    [
      "latent: [10, 9]", "learning_rate_latent: [0.001, 0.003162]", "delay_max: [12, 15]",
      "innervation_ratio: [0.5, 1]",
    ],
  ])
  func tableFitsSixtyColumns(axes: [String]) throws {
    var hand = SummaryTableTests.hand
    hand.grid = axes + ["seed: [1, 2, 3]"]
    let (_, results) = try hand.results()
    let text = SummaryTable(results).markdown(
      title: "", description: "", replicates: ["seed"], width: 60)
    let lines = text.split(separator: "\n").filter { $0.hasPrefix("|") }
    #expect(lines.count == 2 + (1 << axes.count))
    #expect(lines.allSatisfy { $0.count <= 60 }, "\(text)")
    #expect(lines[0].contains(" recalled |"))
    if axes.count > 1 { #expect(text.contains("`: learning_rate_latent.")) }
  }

  /// If this fails, a reader does not see which sizes use their synapses efficiently.
  @Test func efficientConditionsAreMarked() throws {
    var hand = HandMadeResults(grid: ["latent: [9, 10, 11]", "seed: [1]"])
    for (latent, synapses, correlation) in [(9, 90.0, 0.5), (10, 110, 0.4), (11, 130, 0.9)] {
      hand.add(
        latent: latent, seed: 1,
        ["correlation": correlation, "chance_95": 0.3, "plastic_synapses": synapses])
    }
    let (_, results) = try hand.results()
    let table = SummaryTable(results)
    #expect(table.conditions.map(\.isEfficient) == [true, false, true])
    let text = table.markdown(title: "", description: "", replicates: [])
    let rows = text.split(separator: "\n").filter { $0.hasPrefix("| ") }
    #expect(rows.map { $0.hasSuffix("        * |") } == [false, true, false, true])
    #expect(text.hasSuffix("as high a mean correlation with as few plastic_synapses.\n"))
    let columns = table.csv.fields
    let column = try #require(columns[0].firstIndex(of: "pareto_efficient"))
    #expect(columns.map { $0[column] } == ["pareto_efficient", "true", "false", "true"])
  }

  /// If this fails, a large sweep ends with thousands of lines, or hides its best conditions among them.
  @Test func ofManyConditionsTheBestAreShown() throws {
    var hand = HandMadeResults(grid: ["latent: {from: 2, to: 101}", "seed: [1]"])
    for latent in 2...101 {
      let recalls = latent.isMultiple(of: 10)
      hand.add(
        latent: latent, seed: 1,
        ["correlation": Double(latent) / 200, "recalled": recalls ? 1 : 0])
    }
    let (_, results) = try hand.results()
    let text = SummaryTable(results).markdown(title: "", description: "", replicates: [])
    let rows = text.split(separator: "\n").filter { $0.hasPrefix("| ") }.dropFirst()
    #expect(
      text.contains("The best 50 of 100 conditions, by `recalled` and `correlation`; summary.csv"))
    #expect(rows.count == 50)
    let sizes = rows.compactMap { Int($0.split(separator: "|")[0].filter(\.isNumber)) }
    #expect(sizes.prefix(12) == [100, 90, 80, 70, 60, 50, 40, 30, 20, 10, 101, 99])
  }

  /// If this fails, dead networks are called best and efficient, because they are the cheapest of the
  /// dead.
  @Test(arguments: [3, 60])
  func nothingIsBestIfNothingWasLearned(largest: Int) throws {
    var hand = HandMadeResults(grid: ["latent: {from: 2, to: \(largest)}", "seed: [1]"])
    for latent in 2...largest {
      hand.add(
        latent: latent, seed: 1,
        [
          "correlation": 0.1, "recalled": 0, "chance": 0.12, "chance_95": 0.2,
          "note_accuracy": 0.42, "sounding_accuracy": 0, "kappa": 0,
          "plastic_synapses": Double(latent * latent), "recalled_bits": 3,
        ])
    }
    let (sweep, results) = try hand.results()
    let table = SummaryTable(results)
    let text = table.markdown(title: "", description: "", replicates: ["seed"])
    for word in ["best", "efficient"] { #expect(!text.lowercased().contains(word), "\(text)") }
    #expect(text.contains("\nNothing was learned: no network recalls, and no mean correlation is"))
    #expect(text.contains("training_cycles"))
    #expect(text.contains("| sounding |"))
    #expect(table.conditions.allSatisfy { $0.isEfficient == false })
    let answers = try ReportPageTests.page(sweep, results)
    #expect(answers.contains("<li>Nothing was learned:"))
    for phrase in ["Pareto-efficient", "highest mean"] { #expect(!answers.contains(phrase)) }

    hand.grid = ["latent: {from: 2, to: \(largest + 1)}", "seed: [1]"]
    hand.add(
      latent: largest + 1, seed: 1,
      ["correlation": 0.3, "chance_95": 0.2, "plastic_synapses": 5_000])
    let more = SummaryTable(try hand.results().results)
    #expect(more.nothingLearned == nil)
    #expect(
      more.conditions.map(\.hasLearned) == [Bool](repeating: false, count: largest - 1) + [true])
    #expect(more.conditions.map(\.isEfficient) == more.conditions.map(\.hasLearned))
  }

  /// If this fails, the decimal points of a column are not aligned.
  @Test func numbersOfAColumnHaveEquallyManyDecimals() throws {
    var hand = HandMadeResults(grid: ["latent: [9, 10, 11, 12]", "seed: [1]"])
    for (index, value) in [0.0004, 0.04, 0.4, 1].enumerated() {
      hand.add(latent: 9 + index, seed: 1, ["correlation": value, "horizon": value * 100])
    }
    let (_, results) = try hand.results()
    let rows = SummaryTable(results).markdown(title: "", description: "", replicates: [])
      .split(separator: "\n").filter { $0.hasPrefix("| ") }.dropFirst()
      .map { $0.split(separator: "|").map { $0.drop { $0 == " " }.dropLast() } }
    #expect(rows.map { $0[3] } == ["0.000", "0.040", "0.400", "1.000"])
    #expect(rows.map { $0[6] } == ["0.0", "4.0", "40.0", "100.0"])
  }

  /// If this fails, a value that contains a bar shifts the columns of a rendered table.
  @Test func barsInValuesAreNoColumns() {
    #expect(SummaryTable.escaped("a|b") == "a\\|b")
    #expect(SummaryTable.escaped("a\nb") == "a b")
  }

  /// If this fails, a sweep without finished trials has no readable summary.
  @Test func nothingDoneIsATableOfDashes() throws {
    let (sweep, results) = try HandMadeResults().results()
    let text = SummaryTable(results).markdown(
      title: "t", description: "", replicates: sweep.replicates)
    let row = text.split(separator: "\n").first { $0.contains("| 0 |") }
    #expect(row?.count { $0 == "–" } == 7)
    #expect(row?.hasSuffix("|       3 |") == true)
    #expect(text.hasPrefix("# t\n\n| latent"))
  }
}
