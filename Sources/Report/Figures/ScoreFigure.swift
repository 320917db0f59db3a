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
    let panels = panels(source)
    guard !panels.isEmpty else { return nil }
    let scale = AxisScale(axis)
    let second = source.axes.filter { $0.key != axis.key && $0.values.count <= maximumSeries }
      .max { $0.values.count < $1.values.count }
    let series = second?.values.map(Optional.some) ?? [nil]
    let groups = source.rows(by: [axis.key] + (second.map { [$0.key] } ?? []))

    var layout = PanelLayout(rows: panels.count, bottom: scale.bottom)
    if let second {
      layout.legend.title = FigureWords.label(second)
      layout.legend.labels = second.values.map { FigureWords.short($0) }
    }
    var (counts, hasSingles) = (Set<Int>(), false)
    var script = FigureScript(name: "score-\(axis.key)", layout: layout)
    for (number, panel) in panels.enumerated() {
      let column = panel.column
      var elements: [String] = []
      var singles: [String] = []
      var (lowest, highest) = (0.0, 0.0)
      for (index, value) in series.enumerated() {
        var few: [[Double?]] = []
        let points = axis.values.compactMap { place -> [Double?]? in
          let group = groups[[place] + (value.map { [$0] } ?? []), default: []]
            .filter { !panel.isRecalled || $0.score("recalled") == 1 }
          guard let summary = source.summary(of: group, column, isBounded: !panel.isRecalled)
          else { return nil }
          let x = scale.position(place, series: index, of: series.count)
          let singles = source.singles(of: group, column)
          counts.insert(singles.count)
          if singles.count < Summary.fewestUnseen, column.kind != .boolean {
            few += singles.map { [x, $0] }
          }
          let ends = summary.ends
          return [x, summary.mean, ends.lowerBound, ends.upperBound, Double(singles.count)]
        }
        guard !points.isEmpty else { continue }
        highest = (points.map { $0[3]! } + few.map { $0[1]! }).reduce(highest, max)
        lowest = (points.map { $0[2]! } + few.map { $0[1]! }).reduce(lowest, min)
        let name = panel.name + (second.map { ", \($0.key) \($0.values[index])" } ?? "")
        let block = script.block(name, [axis.key, "mean", "low", "high", "n"], points)
        elements += FigureScript.intervals(
          block, series: index, isJoined: scale.isNumeric,
          title: layout.legend.labels.isEmpty
            ? "''" : GnuplotText.quoted(layout.legend.labels[index]))
        if !few.isEmpty {
          hasSingles = true
          singles.append(
            script.block("\(name), single n", [axis.key, "value"], few)
              + "using 1:2 with points pt 6 ps 0.3 "
              + "lc rgb '\(FigureScript.colours[index % FigureScript.colours.count])' notitle")
        }
      }
      guard !elements.isEmpty else { return nil }
      script.beginPanel(row: number)
      script.add(scale.commands(labelled: number == panels.count - 1, width: layout.panelWidth))
      script.add(range(of: column, lowest...highest))
      if panel.isRecalled { script.add(["set ylabel 'correlation if recalled' offset 1.8,0"]) }
      script.plot(singles + elements)
    }
    let n = [counts.min()!, counts.max()!].map(String.init)
    return script.figure(
      "Scores against \(FigureWords.words(axis.key))",
      note: "Means with 95 % intervals, n = \(n[0] == n[1] ? n[0] : n.joined(separator: " to ")) "
        + "\(source.unitName)."
        + (hasSingles
          ? " Small circles: single \(source.unitName), if fewer than \(Summary.fewestUnseen)."
          : "")
        + source.meansNote(showing: [axis.key, second?.key]),
      caption: source.followingNote)
  }

  /// The scores that figures show, the most important first.
  static let principal = [
    "recalled", "correlation", "recalled_bits", "robustness", "note_accuracy",
  ]

  /// What one panel shows.
  private struct Panel {
    let column: ScoreColumn
    /// Whether only trials that recall count.
    var isRecalled = false

    var name: String { column.key + (isRecalled ? " if recalled" : "") }
  }

  /// The scores that are shown, which some trial has: first the fraction that recalls and how well.
  private static func panels(_ source: FigureSource) -> [Panel] {
    let measured = principal.compactMap(source.column).filter { column in
      source.conditions.contains { $0.rows.contains { $0.counted(column) != nil } }
    }.prefix(4)
    let hasRecalled = source.conditions.contains { $0.amongRecalled["correlation"] != nil }
    return measured.flatMap { column in
      (column.key == "correlation" && hasRecalled ? [Panel(column: column, isRecalled: true)] : [])
        + [Panel(column: column)]
    }
  }

  /// The commands for the vertical axis of a score: from 0 to 1, or to the highest value if it has a
  /// unit, and down to negative values if there are any.
  static func range(of column: ScoreColumn, _ values: ClosedRange<Double>) -> [String] {
    let end = column.unit == nil || values.upperBound <= 0 ? 1 : values.upperBound
    let start = min(0, values.lowerBound)
    let step =
      column.unit == nil && start > -0.3 ? 0.25 : TicStep.linear(to: end - start, count: 4)
    return [
      "set ylabel \(GnuplotText.quoted(FigureWords.label(column))) offset \(column.unit == nil && start > -0.3 ? 1.8 : 0.5),0",
      GnuplotText.range("y", start - 0.05 * (end - start), end + 0.05 * (end - start)),
      "set ytics \(GnuplotText.number(step))",
    ]
  }
}
