import Glibc
import Scores
import SweepPlan

extension CapacityFigures {
  /// The fraction of networks of a fit that recall, against length.
  static func success(
    _ group: CapacityTable.Group, _ table: CapacityTable, number: Int
  ) -> Figure {
    let all = group.fit.sizes
    let shown = min(maximumSizes, all.count)
    let sizes = (0..<shown).map { index in
      all[shown == 1 ? 0 : index * (all.count - 1) / (shown - 1)]
    }
    var layout = PanelLayout(panelHeight: 150)
    layout.legend = FigureLegend(
      title: "latent neurons", labels: sizes.map { GnuplotText.number($0.size) })
    var script = FigureScript(name: "success-\(number + 1)", layout: layout)
    var data = FigureData()
    var elements: [String] = []
    for (series, size) in sizes.enumerated() {
      let points = size.cells.enumerated().compactMap { index, cell -> [Double?]? in
        guard let interval = WilsonInterval(successes: cell.successes, trials: cell.trials)
        else { return nil }
        return [
          cell.length, Double(cell.successes) / Double(cell.trials), interval.lower,
          interval.upper, Double(cell.trials), size.isotonicFractions[index],
        ]
      }
      let block = data.add(
        "latent \(GnuplotText.number(size.size))",
        ["length", "fraction", "low", "high", "n", "isotonic"], points)
      let aside = 1 + 0.012 * (Double(series) - Double(shown - 1) / 2)
      elements += script.intervals(
        block, x: "$1*\(GnuplotText.number(aside))", series: series,
        title: GnuplotText.quoted(layout.legend.labels[series]))
      if let model = group.fit.model, size.size > 0 {
        let lengths = size.cells.map(\.length)
        let (low, high) = (log(lengths[0]), log(lengths[lengths.count - 1]))
        let curve = (0...40).map { step -> [Double?] in
          let length = exp(low + (high - low) * Double(step) / 40)
          return [length, model.probability(length: length, size: size.size)]
        }
        let fit = data.add(
          "logistic fit, latent \(GnuplotText.number(size.size))", ["length", "fraction"], curve)
        elements.append(
          script.block(
            fit, "using 1:2 with lines lc rgb '\(FigureScript.colours[series])' lw 1.2 notitle"))
      }
    }
    let lengths = Set(all.flatMap { $0.cells.map(\.length) }).sorted()
    script.beginPanel()
    script.add(axis(lengths, "x", width: layout.panelWidth))
    script.add([
      "set xlabel 'sequence length (notes)' offset 0,0.4",
      "set ylabel '\(table.isSearch ? "frontier beyond" : "fraction recalled")' offset 1.8,0",
      "set yrange [-0.05:1.05]", "set ytics 0.25",
    ])
    elements.append("0.5 with lines lc rgb '#999999' dt 3 lw 0.8 notitle")
    script.plot(elements)
    let name = name(group, table)
    let title =
      (table.isSearch ? "Frontiers" : "Success") + " against sequence length"
      + (name.isEmpty ? "" : ", \(name)")
    return Figure(
      name: script.name, title: title,
      caption: (table.isSearch
        ? "Fraction of networks whose search ended beyond a length, which need not have been run; "
        : "Fraction of networks that recall, ")
        + "with Wilson 95 % intervals, and the logistic fit over all sizes (lines).",
      script: script.text(title: title), data: data.text)
  }
}

extension LogisticFrontier {
  /// The fitted probability of success.
  fileprivate func probability(length: Double, size: Double) -> Double {
    1 / (1 + exp(-(intercept + lengthSlope * log(length) + sizeSlope * log(size))))
  }
}
