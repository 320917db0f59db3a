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
    let statistics = "means over trials, and quartiles (shaded) of at least four trials. "
    return [
      figure(
        "learning", title: "Learning curves", choice, details.map { $0.compactMap(\.learning) },
        across: "training cycle",
        caption: "Correlation in free tests during training, at zero shift; \(statistics)"
          + choice.note),
      figure(
        "replay", title: "Correlation by replay cycle", choice, replay, across: "replay cycle",
        mark: disrupted,
        caption: "Correlation of the free replay at the best shift; \(statistics)"
          + (hasDisruption ? "Dotted: the disrupted cycle. " : "") + choice.note),
      hasDisruption
        ? figure(
          "recovery", title: "Recovery after each disruption", choice, replay,
          across: "replay cycle", mark: disrupted, cycles: recoveryCycles,
          caption: "Correlation of the free replay at the best shift in the cycles around the "
            + "disrupted one (dotted); \(statistics)\(choice.note)") : nil,
    ].compactMap(\.self)
  }

  private static func figure(
    _ name: String, title: String, _ choice: ConditionChoice, _ curves: [[TrialCurves.Curve]],
    across: String, mark: Double? = nil, cycles: ClosedRange<Int>? = nil, caption: String
  ) -> Figure? {
    let shown = zip(choice.series.map(\.label), curves).filter { !$0.1.isEmpty }
    guard !shown.isEmpty else { return nil }
    var layout = PanelLayout(panelHeight: 140)
    if shown.count > 1 {
      layout.legend = FigureLegend(title: choice.title, labels: shown.map(\.0))
    }
    var script = FigureScript(name: name, layout: layout)
    var (bands, lines): ([String], [String]) = ([], [])
    let first = Double(cycles?.lowerBound ?? 0)
    var (lowest, last) = (-0.05, first + 1)
    for (series, (label, curves)) in shown.enumerated() {
      let points = means(curves).filter { point in
        cycles.map { $0.contains(Int(point[0]!)) } ?? true
      }
      guard !points.isEmpty else { continue }
      lowest = points.reduce(lowest) { min($0, ($1[2] ?? 0) - 0.02) }
      last = max(last, points.last![0]!)
      let block = script.block(
        label, ["cycle", "mean", "lower_quartile", "upper_quartile"], points)
      let colour = FigureScript.colours[series]
      if curves.count >= 4 {
        bands.append(
          block + "using 1:3:4 with filledcurves fc rgb '#D8\(colour.dropFirst())' notitle")
      }
      lines.append(
        block + "using 1:2 with "
          + (cycles == nil
            ? "lines lc rgb '\(colour)' lw 1.5 dt \(series % 6 + 1)"
            : "linespoints \(FigureScript.style(series))")
          + " title " + (shown.count > 1 ? GnuplotText.quoted(label) : "''"))
    }
    guard !lines.isEmpty else { return nil }
    script.beginPanel()
    script.add([
      "set xlabel '\(across)' offset 0,0.4", "set ylabel 'correlation' offset 1.8,0",
      "set yrange [\(GnuplotText.number(lowest)):1.05]", "set ytics 0.25",
      GnuplotText.range("x", first, last),
      "set xtics \(GnuplotText.number(TicStep.linear(to: last, count: 5)))",
    ])
    if let mark {
      let x = GnuplotText.number(mark)
      script.add(["set arrow 1 from \(x), graph 0 to \(x), graph 1 nohead dt 3 lc rgb '#666666'"])
    }
    script.plot(bands + lines)
    return script.figure(title, caption: caption)
  }

  /// Mean and quartiles over trials, a row per cycle.
  private static func means(_ curves: [TrialCurves.Curve]) -> [[Double?]] {
    var values: [Int: [Double]] = [:]
    for curve in curves {
      for (cycle, value) in zip(curve.cycles, curve.values) {
        if let value { values[cycle, default: []].append(value) }
      }
    }
    return values.sorted { $0.key < $1.key }.map { cycle, values in
      [Double(cycle), values.mean, quantile(0.25, of: values), quantile(0.75, of: values)]
    }
  }
}
