import Experiment
import NeuralCore
import Scores
import SweepPlan

/// The correlation over training and over replay.
enum CurveFigures {
  /// The replay cycles that the figure of the recovery shows.
  private static let recoveryCycles = Disruption.replayCycle - 2...Disruption.replayCycle + 16

  static func all(_ source: FigureSource) -> [Figure] {
    let choice = ConditionChoice(from: source)
    let details = choice.series.map { $0.rows.compactMap { source.details(of: $0) } }
    let replay = details.map { $0.compactMap(\.replay) }
    let hasDisruption = choice.series.contains {
      $0.rows.contains { $0.trial.parameters.disruption != nil }
    }
    let disrupted = hasDisruption ? Double(Disruption.replayCycle) : nil
    let statistics =
      "Medians (lines, n trials) with quartiles (shaded), or single trials (thin) if fewer than "
      + "\(Summary.fewestUnseen). \(choice.note)"
    return [
      figure(
        "learning", title: "Learning curves", choice, details.map { $0.compactMap(\.learning) },
        across: "training cycle", quantity: "correlation, no shift", note: statistics,
        caption: "Correlation in free tests during training, at zero shift."),
      figure(
        "replay", title: "Correlation by replay cycle", choice, replay, across: "replay cycle",
        quantity: "correlation, best shift", mark: disrupted,
        note: statistics + (hasDisruption ? "Dotted: the disrupted cycle." : ""),
        caption: "Correlation of the free replay at the best shift."),
      hasDisruption
        ? figure(
          "recovery", title: "Recovery after each disruption", choice, replay,
          across: "replay cycle", quantity: "correlation, best shift", mark: disrupted,
          cycles: recoveryCycles, note: statistics + "Dotted: the disrupted cycle.",
          caption: "Correlation of the free replay at the best shift around the disrupted cycle.")
        : nil,
    ].compactMap(\.self)
  }

  private static func figure(
    _ name: String, title: String, _ choice: ConditionChoice, _ curves: [[TrialCurves.Curve]],
    across: String, quantity: String, mark: Double? = nil, cycles: ClosedRange<Int>? = nil,
    note: String, caption: String
  ) -> Figure? {
    let shown = zip(choice.series.map(\.label), curves).filter { !$0.1.isEmpty }
    guard !shown.isEmpty else { return nil }
    var layout = PanelLayout(panelHeight: 140)
    layout.legend = FigureLegend(
      title: choice.title, shown.map { (label: $0.0, n: "\($0.1.count)") })
    var script = FigureScript(name: name, layout: layout)
    var (bands, lines): ([String], [String]) = ([], [])
    let first = Double(cycles?.lowerBound ?? 0)
    var (lowest, last) = (-0.05, first + 1)
    for (series, (_, curves)) in shown.enumerated() {
      let label = layout.legend.labels[series]
      func isShown(_ point: [Double?]) -> Bool { cycles?.contains(Int(point[0]!)) ?? true }
      let points = medians(curves).filter(isShown)
      guard !points.isEmpty else { continue }
      lowest = points.reduce(lowest) { min($0, ($1[2] ?? 0) - 0.02) }
      last = max(last, points.last![0]!)
      let block = script.block(
        label, ["cycle", "median", "lower_quartile", "upper_quartile"], points)
      let colour = FigureScript.colour(series).dropFirst()
      if curves.count >= Summary.fewestUnseen {
        bands.append(block + "using 1:3:4 with filledcurves fc rgb '#D8\(colour)' notitle")
      } else if curves.count > 1 {
        // An empty line ends each curve.
        let singles = curves.map { curve in
          zip(curve.cycles, curve.values).map { [Double($0), $1] }.filter(isShown)
        }
        let block = script.block(
          "\(label), single trials", ["cycle", "correlation"],
          Array(singles.joined(separator: [[]])))
        bands.append(block + "using 1:2 with lines lc rgb '#90\(colour)' lw 0.5 notitle")
        lowest = singles.joined().reduce(lowest) { min($0, ($1[1] ?? 0) - 0.02) }
      }
      lines.append(
        block + "using 1:2 with "
          + (cycles == nil
            ? "lines \(FigureScript.lineStyle(series))"
            : "linespoints \(FigureScript.style(series))")
          + " title " + GnuplotText.quoted(label))
    }
    guard !lines.isEmpty else { return nil }
    script.beginPanel()
    script.add([
      "set xlabel '\(across)' offset 0,0.4", "set ylabel '\(quantity)' offset 1.8,0",
      "set yrange [\(GnuplotText.number(lowest)):1.05]", "set ytics 0.25",
      GnuplotText.range("x", first, last),
      "set xtics \(GnuplotText.number(TicStep.linear(to: last, count: 5)))",
    ])
    if let mark {
      let x = GnuplotText.number(mark)
      script.add([
        "set arrow 1 from \(x), graph 0 to \(x), graph 1 nohead dt (2,2) lc rgb '#666666'"
      ])
    }
    script.plot(bands + lines)
    return script.figure(title, note: note, caption: caption)
  }

  /// Median and quartiles over trials, a row per cycle.
  private static func medians(_ curves: [TrialCurves.Curve]) -> [[Double?]] {
    var values: [Int: [Double]] = [:]
    for curve in curves {
      for (cycle, value) in zip(curve.cycles, curve.values) {
        if let value { values[cycle, default: []].append(value) }
      }
    }
    return values.sorted { $0.key < $1.key }.map { cycle, values in
      [Double(cycle)] + [0.5, 0.25, 0.75].map { quantile($0, of: values) }
    }
  }
}
