import SweepPlan

/// A score against the number of plastic synapses.
enum ResourcesFigure {
  static func figure(_ source: FigureSource) -> Figure? {
    let summary = source.summary
    guard let score = source.column(summary.paretoScore),
      let cost = source.column(SummaryTable.paretoCost)
    else { return nil }
    let points = summary.conditions.compactMap {
      condition -> (isEfficient: Bool, row: [Double?])? in
      guard let x = condition.summaries[cost.key]?.mean, let y = condition.summaries[score.key],
        let isEfficient = condition.isEfficient
      else { return nil }
      return (isEfficient, [x, y.mean, y.ends.lowerBound, y.ends.upperBound])
    }
    guard Set(points.map { $0.row[0] }).count > 1 else { return nil }
    var layout = PanelLayout(panelHeight: 150)
    let others = points.filter { !$0.isEfficient }.map(\.row)
    let efficient = points.filter(\.isEfficient).map(\.row)
      .sorted { ($0[0]!, $0[1]!) < ($1[0]!, $1[1]!) }
    layout.legend.labels = ["condition"] + (efficient.isEmpty ? [] : ["Pareto-efficient"])
    var script = FigureScript(name: "resources", layout: layout)
    var elements: [String] = []
    let columns = [cost.key, "mean", "low", "high"]
    if !others.isEmpty {
      let block = script.block("other conditions", columns, others)
      elements += FigureScript.intervals(block, series: 0, title: "'condition'")
    }
    if !efficient.isEmpty {
      let block = script.block("Pareto-efficient conditions", columns, efficient)
      elements.append(
        block + "using 1:2 with steps lc rgb '\(FigureScript.colours[1])' lw 0.8 notitle")
      elements += FigureScript.intervals(block, series: 1, title: "'Pareto-efficient'")
    }
    script.beginPanel()
    script.add(ScoreFigure.range(of: score, highest: points.map { $0.row[3]! }.max()!))
    script.add(["set xlabel \(GnuplotText.quoted(FigureWords.label(cost))) offset 0,0.4"])
    script.add(costAxis(points.map { $0.row[0]! }))
    script.plot(elements)
    let words = FigureWords.words(score.key)
    return script.figure(
      "\(words.prefix(1).uppercased() + words.dropFirst()) against plastic synapses",
      caption:
        "Means of the conditions with 95 % intervals."
        + (efficient.isEmpty
          ? ""
          : " Line: Pareto front; no other condition that learned something has as high a mean with "
            + "as few plastic synapses as a condition on it."))
  }

  /// The axis of the costs, logarithmic if there are no zeros.
  private static func costAxis(_ costs: [Double]) -> [String] {
    let (low, high) = (costs.min()!, costs.max()!)
    guard low > 0 else {
      return [
        GnuplotText.range("x", -0.04 * high, 1.04 * high),
        "set xtics \(GnuplotText.number(TicStep.linear(to: high, count: 4)))",
      ]
    }
    let range = low / 1.15...high * 1.15
    let tics = TicStep.logarithmic(range).map(GnuplotText.number)
    return [
      "set logscale x",
      GnuplotText.range("x", range.lowerBound, range.upperBound),
      "set xtics (\(tics.map { "'\($0)' \($0)" }.joined(separator: ", ")))",
    ]
  }
}
