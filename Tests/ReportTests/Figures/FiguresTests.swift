import Foundation
import Parameters
import TestSupport
import Testing

@testable import Experiment
@testable import Journal
@testable import Report
@testable import SweepPlan

@Suite struct FiguresTests {
  /// Two sizes with three seeds; one trial failed.
  private static var hand: HandMadeResults {
    var hand = HandMadeResults(grid: ["latent: [10, 9]", "seed: [1, 2, 3]"])
    for (latent, seed, correlation) in [
      (9, 1, 0.1), (9, 2, 0.2), (9, 3, 0.6), (10, 1, 0.9), (10, 2, 1.0),
    ] {
      hand.add(
        latent: latent, seed: seed,
        [
          "correlation": correlation, "recalled": correlation > 0.8 ? 1 : 0,
          "note_accuracy": correlation, "plastic_synapses": Double(latent * latent),
        ])
    }
    hand.add(latent: 10, seed: 3, [:], status: .failed, reason: "no")
    return hand
  }

  private static func figures(_ hand: HandMadeResults) throws -> [Figure] {
    let (_, results) = try hand.results()
    let summary = SummaryTable(results)
    let grid = GridCoordinates(results, summary)
    return FigureSource(
      results: results, summary: summary, capacity: CapacityTable(results),
      contrasts: ContrastTable(grid), importance: ImportanceTable(grid), journal: JournalContents()
    ).figures
  }

  private static func block(_ number: Int, of figure: Figure) -> [[String]] {
    let blocks = figure.data.components(separatedBy: "\n\n\n")
    guard blocks.indices.contains(number) else { return [] }
    return blocks[number].split(separator: "\n")
      .filter { !$0.hasPrefix("#") }.map { $0.split(separator: " ").map(String.init) }
  }

  /// If this fails, a figure shows other numbers than the tables.
  @Test func scoresAreTheMeansOfTheConditions() throws {
    let figure = try #require(try Self.figures(Self.hand).first { $0.name == "score-latent" })
    let recalled = Self.block(0, of: figure)
    #expect(recalled.map { $0[1] } == ["0", "1"])
    #expect(recalled.map { $0[4] } == ["3", "2"])
    // Networks that recall, and each of them; then all networks.
    #expect(Self.block(1, of: figure).map { $0[4] } == ["2"])
    #expect(Self.block(2, of: figure).map { $0[1] } == ["0.9", "1"])
    #expect(Self.block(4, of: figure).count == 5)
    let correlation = Self.block(3, of: figure).map { Double($0[1])! }
    #expect(abs(correlation[0] - 0.3) < 1e-12 && abs(correlation[1] - 0.95) < 1e-12)
    #expect(figure.script.contains("'fraction recalled'"))
  }

  /// If this fails, a sweep has figures that do not fit its grid, or lacks figures that do.
  @Test func figuresFitTheGrid() throws {
    #expect(
      try Self.figures(Self.hand).map(\.name) == [
        "contrasts", "importance", "score-latent", "resources", "ranks",
      ])
    #expect(try Self.figures(HandMadeResults()).isEmpty)

    var two = HandMadeResults(
      grid: ["latent: [10, 9]", "sequence_length: [2, 3]", "seed: [1, 2]"], notes: 3)
    for latent in [9, 10] {
      for length in [2, 3] {
        for seed in [1, 2] {
          two.rows.append(
            .init(
              parameters: [
                "latent": .integer(latent), "sequence_length": .integer(length),
                "seed": .integer(seed),
              ],
              scores: ["correlation": 0.5, "recalled": latent == 10 || length == 2 ? 1 : 0]))
        }
      }
    }
    let names = try Self.figures(two).map(\.name)
    #expect(
      names == [
        "contrasts", "importance", "score-latent", "score-sequence_length",
        "heat-latent-sequence_length", "success-1",
        "capacity", "ranks",
      ])
    let heat = try #require(try Self.figures(two).first { $0.name.hasPrefix("heat") })
    #expect(Self.block(0, of: heat).map { $0[2] } == ["0.5", "0.5", "0.5", "0.5"])
  }

  /// If this fails, a reader takes a line that misses its points for a description of them.
  @Test(arguments: [[3, 18, 18, 9, 3, 0], [20, 18, 16, 9, 3, 0]])
  func linesThatMissTheirPointsSaySo(recalled: [Int]) throws {
    let lengths = [6, 10, 15, 25, 40, 60]
    var hand = HandMadeResults(
      grid: ["latent: [10]", "sequence_length: \(lengths)", "seed: {from: 1, to: 20}"], notes: 60)
    for (length, count) in zip(lengths, recalled) {
      for seed in 1...20 {
        hand.rows.append(
          .init(
            parameters: [
              "latent": .integer(10), "sequence_length": .integer(length), "seed": .integer(seed),
            ], scores: ["recalled": seed <= count ? 1 : 0, "plastic_synapses": 100]))
      }
    }
    let figure = try #require(try Self.figures(hand).first { $0.name == "success-1" })
    #expect(figure.caption.contains("falls steadily although") == (recalled[0] < recalled[1]))
  }

  /// Two models with different training, whose networks recall up to a length.
  private static var models: HandMadeResults {
    var hand = HandMadeResults(
      grid: [
        "zip: {model: [elise, reservoir], training_cycles: [5000, 7000]}", "latent: [10, 20, 40]",
        "sequence_length: [2, 3, 4]", "seed: [1, 2]",
      ], notes: 4)
    for (model, cycles, cost) in [("elise", 5000, 30.0), ("reservoir", 7000, 4.0)] {
      for latent in [10, 20, 40] {
        for length in [2, 3, 4] {
          for seed in [1, 2] {
            let isRecalled = model == "elise" && length <= 1 + latent / 10 - seed
            hand.rows.append(
              .init(
                parameters: [
                  "model": .text(model), "training_cycles": .integer(cycles),
                  "latent": .integer(latent), "sequence_length": .integer(length),
                  "seed": .integer(seed),
                ],
                scores: [
                  "recalled": isRecalled ? 1 : 0, "plastic_synapses": cost * Double(latent),
                  "multiply_adds_per_ms": cost * Double(latent * latent),
                ]))
          }
        }
      }
    }
    return hand
  }

  /// If this fails, models are compared only by neurons, whose cost differs, or the legend omits the
  /// model that recalls nothing.
  @Test func modelsAreComparedByAllResources() throws {
    let figure = try #require(try Self.figures(Self.models).first { $0.name == "capacity" })
    for label in ["latent neurons", "plastic parameters", "multiply-adds per ms"] {
      #expect(figure.script.contains("set xlabel '\(label)'"))
    }
    #expect(figure.script.contains("title 'elise'") && figure.script.contains("title 'reservoir'"))
    #expect(!figure.script.contains("training cycles"))
    let sizes = Set((0..<20).flatMap { Self.block($0, of: figure) }.compactMap { Double($0[0]) })
    #expect(sizes.isSuperset(of: [20, 600, 12_000, 40, 160, 6400]))
  }

  /// If this fails, the settings of a model become axes of their own, or a heat map has colours where
  /// the grid has none.
  @Test func zippedSettingsAreNoAxes() throws {
    let figures = try Self.figures(Self.models)
    #expect(!figures.contains { $0.name.contains("training_cycles") })
    let score = try #require(figures.first { $0.name == "score-model" })
    #expect(score.caption.contains("Each condition has its own training cycles."))
    let contrasts = try #require(figures.first { $0.name == "contrasts" })
    #expect(contrasts.script.contains("'reservoir − elise (n 2)'"))
  }

  /// Six conditions, of which one is excluded and others have no or few scores.
  private static var heat: HandMadeResults {
    var hand = HandMadeResults(
      grid: [
        "latent: [10, 9, 8]", "sequence_length: [2, 3]", "seed: [1, 2]",
        "exclude: [{latent: 8, sequence_length: 3}]",
      ], notes: 3)
    for (latent, length, seed) in [(9, 2, 1), (9, 2, 2), (9, 3, 1), (10, 2, 1), (10, 2, 2)] {
      hand.rows.append(
        .init(
          parameters: [
            "latent": .integer(latent), "sequence_length": .integer(length),
            "seed": .integer(seed),
          ], scores: ["correlation": 0.5]))
    }
    return hand
  }

  /// If this fails, a reader takes a condition without a score, or with failures, for a complete one.
  @Test func heatMapsShowWhatIsMissing() throws {
    let heat = try #require(try Self.figures(Self.heat).first { $0.name.hasPrefix("heat") })
    #expect(
      Self.block(0, of: heat) == [
        ["1", "0", "0.5", "2"], ["2", "0", "0.5", "2"], ["1", "1", "0.5", "1"],
      ])
    #expect(Self.block(1, of: heat) == [["0", "0"], ["2", "1"]])
    #expect(Self.block(2, of: heat) == [["1", "1"]])
    #expect(
      heat.script.contains("title 'no score'") && heat.script.contains("title 'some missing'"))
    #expect(heat.caption.contains("n = 1 to 2 trials. White: not in the grid."))
    // Beside its colours the panel is too narrow for both names in a row, of which SVG needs more room.
    #expect(heat.script.contains("horizontal maxcols 1 "))
  }

  /// If this fails, a picture alone does not say what it shows.
  @Test func everyFigureSaysItsNumberOfTrials() throws {
    for hand in [Self.hand, Self.models] {
      for figure in try Self.figures(hand) {
        #expect(
          figure.caption.contains(" n ") || figure.caption.contains(" n: ")
            || figure.caption.contains("trials"), "\(figure.name)")
        #expect(figure.script.contains("set label 100 "), "\(figure.name)")
      }
    }
  }

  /// If this fails, the picture of a few curves does not say which of the conditions it shows.
  @Test func shownConditionsAreNamedInThePicture() throws {
    var hand = HandMadeResults(grid: [
      "latent: [10, 20, 30]", "nudging: [0.1, 0.2, 0.3]", "seed: [1]",
    ])
    for latent in [10, 20, 30] {
      for nudging in [0.1, 0.2, 0.3] {
        hand.rows.append(
          .init(
            parameters: [
              "latent": .integer(latent), "nudging": .real(nudging), "seed": .integer(1),
            ], scores: ["correlation": 0.5]))
      }
    }
    let (_, results) = try hand.results()
    let source = FigureSource(
      results: results, summary: SummaryTable(results), capacity: nil, journal: JournalContents())
    let choice = ConditionChoice(from: source)
    #expect(choice.series.count < 9 && choice.note.contains(" of 9 conditions are shown"))
    // Two conditions that differ in two axes are named by both.
    let two = ConditionChoice(from: source) { condition in
      [[10, 0.1], [20, 0.3]].contains(condition.coordinates.compactMap(\.number))
    }
    #expect(two.title == "latent, nudging" && two.series.map(\.label) == ["10, 0.1", "20, 0.3"])
  }

  /// If this fails, a figure leaves out a model because it has other sizes than the others.
  @Test func everyModelIsShown() throws {
    let sizes = [
      "elise": [10, 20, 30], "esn": [80, 90], "reservoir": [30, 60, 70], "soma_only": [30, 40],
    ]
    var hand = HandMadeResults(
      grid: sizes.sorted { $0.key < $1.key }.map {
        "- {model: [\($0.key)], latent: \($0.value), seed: [1]}"
      })
    for (model, latents) in sizes {
      for latent in latents {
        hand.rows.append(
          .init(
            parameters: [
              "model": .text(model), "latent": .integer(latent), "seed": .integer(1),
            ], scores: ["correlation": 0.5]))
      }
    }
    let (_, results) = try hand.results()
    let choice = ConditionChoice(
      from: FigureSource(
        results: results, summary: SummaryTable(results), capacity: nil, journal: JournalContents())
    )
    #expect(choice.title == "model, latent")
    #expect(
      choice.series.map(\.label) == [
        "elise, 20", "esn, 90", "reservoir, 60", "soma_only, 40",
      ])
    #expect(choice.note.contains("4 of 10 conditions are shown"))
  }

  /// If this fails, a legend says *single n*, differences have tics on one side, or a heat map shows a
  /// negative zero.
  @Test func singlesAreNamed() throws {
    let figures = try Self.figures(Self.hand)
    let score = try #require(figures.first { $0.name == "score-latent" })
    #expect(score.caption.contains("Small circles: single seeds, if fewer than 10."))
    let contrasts = try #require(figures.first { $0.name == "contrasts" })
    #expect(contrasts.script.contains("title 'single seeds'"))
    #expect(contrasts.script.contains("set xtics (-1, 0, 1)"))
    let heat = try #require(try Self.figures(Self.heat).first { $0.name.hasPrefix("heat") })
    #expect(heat.script.contains("sprintf('%.2f', abs($3) < 0.005 ? 0 : $3)"))
  }

  /// If this fails, the differences of searches have no figure.
  @Test func frontiersAreCompared() throws {
    let figures = try Self.figures(FrontierTableTests.hand())
    let contrasts = try #require(figures.first { $0.name == "contrasts" })
    #expect(contrasts.script.contains("set xlabel 'frontier of sequence length'"))
    #expect(figures.contains { $0.name == "importance" })
  }

  /// If this fails, intervals of conditions with the same number of synapses cover each other.
  @Test func intervalsDoNotCoverEachOther() throws {
    let apart = try #require(try Self.figures(Self.hand).first { $0.name == "resources" })
    #expect(apart.script.contains("with vectors") && !apart.script.contains("$1*"))
    // Two sizes with the same synapses at each nudging.
    var hand = HandMadeResults(grid: ["latent: [10, 9]", "nudging: [0.4, 0.5, 0.6]", "seed: [1]"])
    for latent in [9, 10] {
      for nudging in [0.4, 0.5, 0.6] {
        hand.rows.append(
          .init(
            parameters: [
              "latent": .integer(latent), "nudging": .real(nudging), "seed": .integer(1),
            ], scores: ["correlation": 0.5, "plastic_synapses": Double(latent * latent)]))
      }
    }
    let shared = try #require(try Self.figures(hand).first { $0.name == "resources" })
    #expect(shared.script.contains("($1*0.96)") && shared.script.contains("($1*1.04)"))
    let searches = try #require(
      try Self.figures(FrontierTableTests.hand()).first { $0.name == "resources" })
    #expect(!searches.script.contains("with vectors"))
  }

  /// If this fails, programs place the picture at a size other than that of a column.
  @Test func picturesStateTheirResolution() throws {
    let header = Data((0..<33).map { UInt8($0) })
    let measured = Gnuplot.measured(header + Data([1, 2]))
    #expect(measured.prefix(33) == header && measured.suffix(2) == Data([1, 2]))
    #expect(measured.count == 35 + 21)
    #expect(measured[37..<41] == Data("pHYs".utf8))
    // 11811 pixels per metre are 300 per inch.
    #expect(measured[41..<45] == Data([0, 0, 0x2E, 0x23]))
    #expect(Gnuplot.measured(measured) == measured)
  }

  /// If this fails, gnuplot rejects a script, or equal results give different pictures.
  @Test func gnuplotDrawsEveryFigureTheSameEachTime() throws {
    try #require(Gnuplot() != nil, "gnuplot is not installed; `make test` installs it")
    var hand = Self.hand
    hand.grid[0] = "latent: [10, 9]\n  model: [elise, reservoir]"
    var figures = try Self.figures(hand)
    figures += try Self.figures(Self.models).filter { $0.name == "capacity" }
    try withTemporaryFolder { folder in
      var pictures: [[Data]] = []
      for name in ["a", "it's $(touch x) \"b\""] {
        let path = folder.appendingPathComponent(name).path
        let (drawn, warnings) = try ResultFolder(path).writeFigures(figures)
        #expect(warnings.isEmpty)
        #expect(drawn.allSatisfy { $0.svg != nil })
        pictures.append(
          try figures.flatMap { figure in
            try ["svg", "png", "pdf"].map {
              try Data(contentsOf: URL(fileURLWithPath: "\(path)/figures/\(figure.name).\($0)"))
            }
          })
      }
      #expect(pictures[0] == pictures[1])
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 2)
    }
  }

  /// If this fails, a script that gnuplot rejects goes unnoticed.
  @Test func rejectedScriptsAreReported() throws {
    let gnuplot = try #require(Gnuplot())
    try withTemporaryFolder { folder in
      try Data("plot nonsense nonsense\n".utf8).write(to: folder.appendingPathComponent("a.gp"))
      let error = #expect(throws: Gnuplot.Failure.self) {
        try gnuplot.draw("a.gp", in: folder.path)
      }
      let text = try #require(error).description
      #expect(text.hasPrefix("gnuplot ended with status ") && text.contains("\"a.gp\" line 1"))
    }
    #expect(Gnuplot(searchPath: "/no/such/folder") == nil)
    #expect(Gnuplot(searchPath: nil) == nil)
  }
}

@Suite struct GnuplotTextTests {
  /// If this fails, the name of a file can run commands when a figure is drawn.
  @Test(arguments: [
    ("plain", "'plain'"), ("it's", "'it''s'"), ("a\nb\u{0}c", "'a b c'"),
    ("`touch x`", "'`touch x`'"), ("\u{202E}right", "' right'"), ("Für ♪", "'Für ♪'"),
    ("\r\nplot", "'  plot'"),
  ])
  func quotedTextsAreOneString(text: String, quoted: String) {
    #expect(GnuplotText.quoted(text) == quoted)
  }

  /// If this fails, a long path exceeds the figure, or two paths look the same.
  @Test func longTextsKeepTheirEnd() {
    #expect(GnuplotText.shortened("abcdef", 6) == "abcdef")
    #expect(GnuplotText.shortened("abcdefg", 6) == "…cdefg")
    #expect(FigureWords.short(.text("patterns/sub/fuer_elise.txt")) == "fuer_elise")
  }

  /// If this fails, the label of an axis does not describe its parameter.
  @Test func labelsHaveUnits() throws {
    #expect(FigureWords.label(try #require(Parameter.named("delay_min"))) == "delay min (ms)")
    #expect(
      FigureWords.label(try #require(Parameter.named("training_cycles"))) == "training cycles")
    #expect(FigureWords.label(try #require(Parameter.named("latent"))) == "latent neurons")
  }

  /// If this fails, the names of the series cover the first panel of an SVG.
  @Test func legendsHaveRoomForTheirNames() {
    let wide = FigureLegend(title: "model (n 4 each)", labels: ["elise", "esn", "force", "rflo"])
    #expect(wide.height(panelWidth: 253) == 3 * 15 + 8)
    #expect(wide.height(panelWidth: 290) == 2 * 15 + 8)
    #expect(FigureLegend(labels: ["20", "40", "80"]).height(panelWidth: 253) == 15 + 8)
    #expect(FigureLegend().height(panelWidth: 253) == 8)
  }

  /// If this fails, axes have unreadable numbers or none.
  @Test func ticsAreRoundNumbers() {
    #expect(TicStep.linear(to: 1480, count: 5) == 500)
    #expect(TicStep.linear(to: 100, count: 5) == 20)
    #expect(TicStep.linear(to: 0.7, count: 4) == 0.2)
    #expect(TicStep.linear(to: 0, count: 4) == 1)
    // An axis of differences has a tic on either side of zero.
    #expect([0.49, 0.5, 1.06, 21].map(TicStep.within) == [0.2, 0.5, 1, 20])
    #expect(TicStep.logarithmic(90...1100) == [100, 200, 500, 1000])
    #expect(TicStep.logarithmic(1...1_000_000) == [1, 10, 100, 1000, 10_000, 100_000, 1_000_000])
  }
}
