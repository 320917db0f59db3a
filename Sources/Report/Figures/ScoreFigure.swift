import SweepPlan

/// The principal scores against one swept key, with intervals.
enum ScoreFigure {
  /// The most values of a second key that are shown as series.
  static let maximumSeries = 6

  /// A figure for each key that conditions differ in.
  static func all(_ source: FigureSource) -> [Figure] {
    source.axes.compactMap { figure($0, source) }
  }

  private static func figure(_ axis: PlanAxis, _ source: FigureSource) -> Figure? {
    let columns = columns(source)
    guard !columns.isEmpty else { return nil }
    let scale = AxisScale(axis)
    let second = source.axes.filter { $0.key != axis.key && $0.values.count <= maximumSeries }
      .max { $0.values.count < $1.values.count }
    let series = second?.values.map(Optional.some) ?? [nil]
    let groups = source.rows(by: [axis.key] + (second.map { [$0.key] } ?? []))

    var layout = PanelLayout(rows: columns.count, bottom: scale.bottom)
    if let second {
      layout.legend.title = FigureWords.label(second)
      layout.legend.labels = second.values.map { FigureWords.short($0) }
    }
    var script = FigureScript(name: "score-\(axis.key)", layout: layout)
    for (panel, column) in columns.enumerated() {
      var elements: [String] = []
      var highest = 0.0
      for (number, value) in series.enumerated() {
        let points = axis.values.compactMap { place -> [Double?]? in
          let group = groups[[place] + (value.map { [$0] } ?? []), default: []]
          let scores = group.compactMap { $0.score(column) }
          guard let mean = PlottedMean(scores, isFraction: column.kind == .boolean) else {
            return nil
          }
          let x = scale.position(place, series: number, of: series.count)
          return [x, mean.mean, mean.low, mean.high, Double(scores.count)]
        }
        guard !points.isEmpty else { continue }
        highest = points.reduce(highest) { max($0, $1[3]!) }
        let block = script.block(
          column.key + (second.map { ", \($0.key) \($0.values[number])" } ?? ""),
          [axis.key, "mean", "low", "high", "n"], points)
        elements += FigureScript.intervals(
          block, series: number, isJoined: scale.isNumeric,
          title: layout.legend.labels.isEmpty
            ? "''" : GnuplotText.quoted(layout.legend.labels[number]))
      }
      guard !elements.isEmpty else { return nil }
      script.beginPanel(row: panel)
      script.add(scale.commands(labelled: panel == columns.count - 1, width: layout.panelWidth))
      script.add(range(of: column, highest: highest))
      script.plot(elements)
    }
    return script.figure(
      "Scores against \(FigureWords.words(axis.key))",
      caption: "Means over trials with 95 % intervals (Wilson for fractions, else bootstrap)."
        + source.meansNote(showing: [axis.key, second?.key]))
  }

  /// The scores that are shown: at most four, which some trial has.
  private static func columns(_ source: FigureSource) -> [ScoreColumn] {
    let keys = ["recalled", "correlation", "recalled_bits", "robustness", "note_accuracy"]
    let measured = keys.compactMap(source.column).filter { column in
      source.conditions.contains { $0.rows.contains { $0.score(column) != nil } }
    }
    return Array(measured.prefix(4))
  }

  /// The commands for the vertical axis of a score: from 0 to 1, or to the highest value if it
  /// has a unit.
  static func range(of column: ScoreColumn, highest: Double) -> [String] {
    let end = column.unit == nil || highest <= 0 ? 1 : highest
    let step = column.unit == nil ? 0.25 : TicStep.linear(to: end, count: 4)
    return [
      "set ylabel \(GnuplotText.quoted(FigureWords.label(column))) offset \(column.unit == nil ? 1.8 : 0.5),0",
      GnuplotText.range("y", -0.05 * end, 1.05 * end),
      "set ytics \(GnuplotText.number(step))",
    ]
  }
}
