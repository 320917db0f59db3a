import SweepPlan

/// A score against the number of plastic synapses.
enum ResourcesFigure {
  static func figure(_ source: FigureSource) -> Figure? {
    let summary = source.summary
    guard let score = source.column(summary.paretoScore),
      let cost = source.column(SummaryTable.paretoCost)
    else { return nil }
    // Models, or else the values of the axis with the most values, are told apart.
    let axes = source.axes.filter { $0.values.count <= ScoreFigure.maximumSeries }
    let axis = axes.first { $0.key == "model" } ?? axes.max { $0.values.count < $1.values.count }
    let place = axis.flatMap { summary.axes.firstIndex(of: $0.key) }
    var points: [[[Double?]]] = Array(repeating: [], count: axis?.values.count ?? 1)
    var singles: [[Double?]] = []
    var (front, count, fewest, most): ([[Double?]], Int, Int, Int) = ([], 0, .max, 0)
    for condition in summary.conditions {
      guard let x = condition.summaries[cost.key]?.mean, let y = condition.summaries[score.key],
        let isEfficient = condition.isEfficient
      else { continue }
      let series = place.map { axis!.values.firstIndex(of: condition.coordinates[$0])! } ?? 0
      points[series].append([x, y.mean, y.ends.lowerBound, y.ends.upperBound, Double(y.count)])
      if y.count < Summary.fewestUnseen {
        singles += condition.rows.compactMap { row in row.counted(score).map { [x, $0] } }
      }
      if isEfficient { front.append([x, y.mean]) }
      (count, fewest, most) = (count + 1, min(fewest, y.count), max(most, y.count))
    }
    let all = points.joined()
    let places = Set(all.map { $0[0] })
    guard places.count > 1 else { return nil }
    // Intervals of one series at one place would cover each other; those of several are shifted.
    let hasIntervals =
      count <= maximumIntervals
      && points.allSatisfy { series in Set(series.map { $0[0] }).count == series.count }
    var layout = PanelLayout(panelHeight: 150)
    let names = axis.map { $0.values.map { FigureWords.short($0) } } ?? ["conditions"]
    let shown = names.indices.filter { !points[$0].isEmpty }
    layout.legend.labels =
      shown.map { names[$0] } + (front.isEmpty ? [] : ["Pareto front"])
    if let axis { layout.legend.title = FigureWords.label(axis) }
    var script = FigureScript(name: "resources", layout: layout)
    var elements: [String] = []
    for series in shown {
      let block = script.block(
        names[series], [cost.key, "mean", "low", "high", "n"], points[series])
      let title = GnuplotText.quoted(names[series])
      elements +=
        hasIntervals
        ? FigureScript.intervals(
          block, x: places.count < count ? shifted(series, of: points.count) : "$1", series: series,
          title: title)
        : [block + "using 1:2 with points \(FigureScript.style(series)) title \(title)"]
    }
    if !front.isEmpty {
      let block = script.block(
        "Pareto front", [cost.key, "mean"], front.sorted { ($0[0]!, $0[1]!) < ($1[0]!, $1[1]!) })
      elements.append(
        block + "using 1:2 with steps lc rgb '#777777' lw 1 title 'Pareto front'")
    }
    let hasSingles = hasIntervals && !singles.isEmpty
    if hasSingles {
      elements.append(
        script.block("single trials", [cost.key, "value"], singles)
          + "using 1:2 with points pt 6 ps 0.3 lc rgb '#777777' notitle")
    }
    script.beginPanel()
    let drawn = all.flatMap { hasIntervals ? $0[1...3] : $0[1...1] }.compactMap(\.self)
    script.add(ScoreFigure.range(of: score, drawn.min()!...drawn.max()!))
    script.add(["set xlabel \(GnuplotText.quoted(FigureWords.label(cost))) offset 0,0.4"])
    script.add(costAxis(all.map { $0[0]! }))
    script.plot(elements)
    let words = FigureWords.words(score.key)
    return script.figure(
      "\(words.prefix(1).uppercased() + words.dropFirst()) against plastic synapses",
      note: "Means of the conditions\(hasIntervals ? " with 95 % intervals" : ""), "
        + "n = \(fewest == most ? "\(most)" : "\(fewest) to \(most)") trials."
        + (hasSingles
          ? " Small circles: single trials, if fewer than \(Summary.fewestUnseen)." : "")
        + source.meansNote(showing: source.axes.map(\.key)),
      caption: front.isEmpty
        ? ""
        : "No other condition that learned something has as high a mean with as few plastic synapses "
          + "as a condition on the Pareto front.")
  }

  /// The most conditions that are drawn with intervals.
  private static let maximumIntervals = 30

  /// The cost, shifted a little by series.
  private static func shifted(_ series: Int, of count: Int) -> String {
    "$1*\(GnuplotText.number(1 + 0.04 * (Double(series) - Double(count - 1) / 2)))"
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
    let range = low / 1.25...high * 1.25
    let tics = TicStep.logarithmic(range).map(GnuplotText.number)
    return [
      "set logscale x",
      GnuplotText.range("x", range.lowerBound, range.upperBound),
      "set xtics (\(tics.map { "'\($0)' \($0)" }.joined(separator: ", ")))",
    ]
  }
}
