import Scores
import SweepPlan

/// The quality of the replay under each kind of perturbation.
enum RobustnessFigure {
  static func figure(_ source: FigureSource) -> Figure? {
    guard source.column("robustness") != nil else { return nil }
    let choice = ConditionChoice(from: source) { condition in
      condition.rows.contains { $0.score("robustness") != nil }
    }
    let series = choice.series.compactMap {
      condition -> (label: String, curves: [[String: [Double]]])? in
      let curves = condition.rows.compactMap { source.details(of: $0)?.robustness }
      guard !curves.isEmpty else { return nil }
      return (condition.label, curves)
    }
    guard !series.isEmpty else { return nil }
    var layout = PanelLayout(rows: 3, columns: 2, panelHeight: 78, rowGap: 46, right: 20)
    layout.legend = FigureLegend(
      title: choice.title, series.map { (label: $0.label, n: "\($0.curves.count)") })
    var script = FigureScript(name: "robustness", layout: layout)
    for (number, kind) in RobustnessKind.allCases.enumerated() {
      let severities = [0] + kind.severities
      var (bands, elements): ([String], [String]) = ([], [])
      for (index, (_, curves)) in series.enumerated() {
        let label = layout.legend.labels[index]
        let rows = severities.indices.map { place -> [Double?] in
          let values = curves.compactMap { $0[kind.rawValue]?.dropFirst(place).first }
          return [
            severities[place], quantile(0.5, of: values), quantile(0.25, of: values),
            quantile(0.75, of: values),
          ]
        }
        guard rows.contains(where: { $0[1] != nil }) else { continue }
        let block = script.block(
          "\(kind.rawValue), \(label)", ["severity", "median", "lower_quartile", "upper_quartile"],
          rows)
        if curves.count >= Summary.fewestUnseen {
          bands.append(
            block + "using 1:3:4 with filledcurves fc rgb "
              + "'#D8\(FigureScript.colour(index).dropFirst())' notitle")
        } else if curves.count > 1 {
          // An empty line ends each curve.
          let singles = curves.compactMap { curve in
            curve[kind.rawValue].map { values in zip(severities, values).map { [$0, $1] } }
          }
          bands.append(
            script.block(
              "\(kind.rawValue), \(label), single trials", ["severity", "quality"],
              Array(singles.joined(separator: [[]])))
              + "using 1:2 with lines lc rgb '#90\(FigureScript.colour(index).dropFirst())' lw 0.5 "
              + "notitle")
        }
        elements.append(
          block + "using 1:2 with linespoints \(FigureScript.style(index)) title "
            + GnuplotText.quoted(label))
      }
      guard !elements.isEmpty else { return nil }
      script.beginPanel(row: number / 2, column: number % 2)
      script.add([
        "set xlabel \(GnuplotText.quoted(label(kind))) offset 0,0.5",
        number % 2 == 0 ? "set ylabel 'quality' offset 0.5,0" : "unset ylabel",
        GnuplotText.range("x", 0, severities.last! * 1.04),
        "set xtics \(GnuplotText.number(severities.last! / 2))",
        "set yrange [-0.05:1.05]", "set ytics 0.5",
      ])
      script.plot(bands + elements)
    }
    return script.figure(
      "Robustness",
      note:
        "Medians over the n trials that recall without perturbation, with quartiles (shaded), or single "
        + "trials (thin) if fewer than \(Summary.fewestUnseen). Quality: 1 as without perturbation, 0 at "
        + "chance. \(choice.note)")
  }

  private static func label(_ kind: RobustnessKind) -> String {
    switch kind {
    case .silence: "silence (cycles)"
    case .membraneNoise: "membrane noise (mV/√ms)"
    case .synapseLoss: "fraction of synapses lost"
    case .weightNoise: "weight noise (sd/weight)"
    case .latentLoss: "fraction of latent lost"
    }
  }
}
