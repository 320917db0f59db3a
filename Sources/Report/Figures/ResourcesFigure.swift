import Sweep

/// What is gained against what it costs.
enum ResourcesFigure {
  static func figure(_ source: FigureSource) -> Figure? {
    let summary = source.summary
    guard let score = source.column(summary.paretoScore),
      let cost = source.column(SummaryTable.paretoCost)
    else { return nil }
    let points = summary.cells.compactMap { cell -> (isEfficient: Bool, row: [Double?])? in
      guard let x = cell.summaries[cost.key]?.mean, let y = cell.summaries[score.key],
        let isEfficient = cell.isEfficient
      else { return nil }
      let interval = y.interval ?? y.mean...y.mean
      return (isEfficient, [x, y.mean, interval.lowerBound, interval.upperBound])
    }
    guard Set(points.map { $0.row[0] }).count > 1 else { return nil }
    var layout = PanelLayout(panelHeight: 150)
    layout.legend.labels = ["cell", "Pareto-efficient cell"]
    var script = FigureScript(name: "resources", layout: layout)
    var data = FigureData()
    var elements: [String] = []
    let others = points.filter { !$0.isEfficient }.map(\.row)
    let efficient = points.filter(\.isEfficient).map(\.row)
      .sorted { ($0[0]!, $0[1]!) < ($1[0]!, $1[1]!) }
    let columns = [cost.key, "mean", "low", "high"]
    if !others.isEmpty {
      let block = data.add("other cells", columns, others)
      elements.append(
        script.block(
          block, "using 1:2:3:4 with yerrorbars \(FigureScript.style(0)) title 'cell'"))
    }
    let block = data.add("Pareto-efficient cells", columns, efficient)
    elements += [
      script.block(block, "using 1:2 with steps lc rgb '\(FigureScript.colours[1])' lw 0.8 notitle"),
      script.block(
        block,
        "using 1:2:3:4 with yerrorbars \(FigureScript.style(1)) title 'Pareto-efficient cell'"),
    ]
    script.beginPanel()
    script.add(ScoreFigure.range(of: score))
    script.add([
      "set xlabel \(GnuplotText.quoted(FigureWords.label(cost))) offset 0,0.4",
      points.allSatisfy { $0.row[0]! > 0 } ? "set logscale x; set xrange [*:*] noextend" : "",
      "set offsets graph 0.04, graph 0.04, 0, 0", "set format x '%.0f'",
      "set xtics autofreq \(points.map { $0.row[0]! }.max()! >= 1e5 ? "rotate by 30 right" : "")",
    ])
    script.plot(elements)
    let title = "\(FigureWords.words(score.key).capitalizedFirst) against plastic synapses"
    return Figure(
      name: "resources", title: title,
      caption: "A point per cell with its 95 % bootstrap interval. No other cell has as high a mean "
        + "with as few plastic synapses as one on the Pareto front (line).",
      script: script.text(title: title), data: data.text)
  }
}

extension String {
  /// The text with a capital first letter.
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
