import SweepPlan

/// Which parameters matter: the shares of the variance of the principal scores.
enum ImportanceFigure {
  /// The most sources and scores that are drawn.
  static let maximumSources = 10
  private static let maximumScores = 3

  static func figure(_ source: FigureSource) -> Figure? {
    let analysed = source.comparedScores.compactMap { key in
      source.importance?.scores.first { $0.column.key == key }
    }.prefix(maximumScores)
    guard let first = analysed.first else { return nil }
    let largest = first.parts.sorted { $0.part.share > $1.part.share }
    let shown = largest.prefix(maximumSources).map(\.name)
    let labels = shown.map { name(of: $0, source) }

    let longest = Double(labels.map(\.count).max()!) * FigureLegend.letter
    var layout = PanelLayout(
      columns: analysed.count, panelHeight: max(40, shown.count * 14), columnGap: 14,
      left: min(170, Int(longest) + 10))
    let widest = analysed.map { FigureWords.words($0.column.key).count }.max()!
    while layout.columns > 1, layout.panelWidth < Int(Double(widest) * FigureLegend.letter) {
      layout.columns -= 1
    }
    let scores = analysed.prefix(layout.columns)
    var script = FigureScript(name: "importance", layout: layout)
    for (column, score) in scores.enumerated() {
      let rows = shown.enumerated().compactMap { row, name -> [Double?]? in
        score.parts.first { $0.name == name }.map {
          [Double(row), $0.part.share, $0.part.omegaSquared]
        }
      }
      let tics = labels.enumerated().map {
        "\(column == 0 ? GnuplotText.quoted($1) : "''") \($0)"
      }
      script.beginPanel(column: column)
      script.add([
        "set xrange [0:1]", "set xtics ('0' 0, '0.5' 0.5, '1' 1)",
        "set xlabel \(GnuplotText.quoted(FigureWords.words(score.column.key))) offset 0,0.4",
        "set yrange [\(Double(shown.count) - 0.4):-0.6]",
        "set ytics (\(tics.joined(separator: ", ")))",
      ])
      let block = script.block(
        score.column.key, ["row", "share", "omega_squared"], rows)
      script.plot([
        block + "using (0):1:(0):2:($1-0.32):($1+0.32) with boxxyerror fs solid 1 noborder "
          + "fc rgb '\(FigureScript.colours[5])' notitle",
        block + "using ($3 > 0 ? $3 : 0):($1-0.32):(0):(0.64) with vectors nohead lw 1.6 "
          + "lc rgb '#1b1f24' notitle",
      ])
    }
    let counts = scores.map(\.trials)
    let ends = Set([counts.min()!, counts.max()!]).sorted()
    let trials = ends.map(String.init).joined(separator: " to ")
    return script.figure(
      "What the variance is due to",
      note: "Bars: share of the variance of each score; ticks: without the bias of small samples. "
        + "Replicates: differences within conditions. n = \(trials) trials."
        + (shown.count < largest.count
          ? " The largest \(shown.count) of \(largest.count) sources." : ""),
      caption: scores.contains { !$0.part.isEmpty }
        ? "The grid is incomplete; importance.csv names the complete part that is analysed." : "")
  }

  private static func name(of source: String, _ figures: FigureSource) -> String {
    switch source {
    case "replicates", "blocks": source
    default:
      source.split(separator: ":").map { FigureWords.words(String($0)) }.joined(separator: " × ")
    }
  }
}
