import Glibc
import Scores
import SweepPlan

/// The fraction of networks that recall against length, and the capacity against size.
enum CapacityFigures {
  /// The most fits that are drawn, one for each colour.
  static let maximumGroups = FigureScript.colours.count
  /// The most sizes of a fit that are drawn.
  static let maximumSizes = 6

  static func all(_ source: FigureSource) -> [Figure] {
    guard let table = source.capacity else { return [] }
    let groups = table.groups.filter { $0.measure == "latent" && !$0.fit.sizes.isEmpty }
      .prefix(maximumGroups)
    return groups.enumerated().map { success($1, table, number: $0) }
      + [frontier(Array(groups), table)].compactMap(\.self)
  }

  /// The coordinates that distinguish a fit from the others; empty if it is the only one.
  static func name(_ group: CapacityTable.Group, _ table: CapacityTable) -> String {
    table.distinguishingAxes.indices.map { axis in
      let value = FigureWords.short(group.coordinates[axis])
      return table.axes[axis] == "model" ? value : "\(FigureWords.words(table.axes[axis])) \(value)"
    }.joined(separator: ", ")
  }

  /// A logarithmic axis with labels at the tested values, as far as there is room, or at round values
  /// if there are many.
  static func axis(_ values: [Double], _ axis: String, width: Int) -> [String] {
    let (low, high) = (log(values[0]), log(values[values.count - 1]))
    let room = max(0.06 * (high - low), 0.05)
    let perUnit = Double(width) / (high - low + 2 * room)
    let range = exp(low - room)...exp(high + room)
    var last = -Double.infinity
    let tics = (values.count > 8 ? TicStep.logarithmic(range) : values).filter { value in
      let place = log(value) * perUnit
      let letters = Double(Decimals.short(value).count)
      guard place - last >= max(20, axis == "x" ? letters * FigureLegend.letter + 6 : 0) else {
        return false
      }
      last = place
      return true
    }
    return [
      "set logscale \(axis)",
      "set \(axis)range [\(GnuplotText.number(range.lowerBound)):\(GnuplotText.number(range.upperBound))]",
      "set \(axis)tics (\(tics.map { "'\(Decimals.short($0))' \(GnuplotText.number($0))" }.joined(separator: ", ")))",
    ]
  }
}

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
      let points = size.conditions.enumerated().compactMap { index, condition -> [Double?]? in
        guard
          let interval = WilsonInterval(successes: condition.successes, trials: condition.trials)
        else { return nil }
        return [
          condition.length, Double(condition.successes) / Double(condition.trials), interval.lower,
          interval.upper, Double(condition.trials), size.isotonicFractions[index],
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
        let lengths = size.conditions.map(\.length)
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
    let lengths = Set(all.flatMap { $0.conditions.map(\.length) }).sorted()
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
        ? "Fraction of networks whose search ended beyond a length, whether or not it was tested, "
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

extension CapacityFigures {
  /// The length that half of the networks recall, against their size.
  ///
  /// The cost of a neuron differs between models, so several models are also compared by resources.
  static func frontier(_ groups: [CapacityTable.Group], _ table: CapacityTable) -> Figure? {
    let models = table.axes.firstIndex(of: "model")
      .map { axis in Set(groups.map { $0.coordinates[axis] }) }
    let measures =
      ["latent"] + ((models?.count ?? 1) > 1 ? ["plastic_synapses", "multiply_adds_per_ms"] : [])
    // Each panel has the same groups, fitted against its measure.
    let panels = measures.map { measure in
      groups.map { group in
        table.groups.first { $0.measure == measure && $0.coordinates == group.coordinates }
      }
    }
    let drawn = panels.map { $0.map { $0?.fit.sizes.filter { $0.size > 0 } ?? [] } }
    guard drawn[0].contains(where: { $0.contains { $0.capacity != nil } }) else { return nil }

    var layout = PanelLayout(rows: measures.count, panelHeight: measures.count > 1 ? 130 : 150)
    layout.rowGap = 48
    if groups.count > 1 { layout.legend.labels = groups.map { name($0, table) } }
    var script = FigureScript(name: "capacity", layout: layout)
    var data = FigureData()
    let lengths = drawn.joined().joined().flatMap { $0.conditions.map(\.length) }
    for (row, measure) in measures.enumerated() {
      let sizes = Set(drawn[row].joined().map(\.size)).sorted()
      guard !sizes.isEmpty else { continue }
      script.beginPanel(row: row)
      script.add(axis(sizes, "x", width: layout.panelWidth))
      script.add(axis(Set(lengths).sorted(), "y", width: layout.panelHeight))
      script.add([
        "set xlabel \(GnuplotText.quoted(label(measure))) offset 0,0.4",
        "set ylabel 'capacity L* (notes)' offset -1.2,0",
      ])
      // The legend above the first panel also names groups that have nothing but bounds.
      script.plot(
        (row == 0 ? legend(layout) : [])
          + panels[row].enumerated().flatMap { series, group in
            // Models may have the same size and, at the ends of the tested lengths, the same bound.
            let aside = 1 + 0.03 * (Double(series) - Double(groups.count - 1) / 2)
            let place = "$1*\(GnuplotText.number((aside * 1e4).rounded() / 1e4))"
            return group.map {
              elements($0, drawn[row][series], series, at: place, script, &data)
            } ?? []
          } + ["NaN notitle"])
    }
    let title = "Capacity against size"
    return Figure(
      name: script.name, title: title,
      caption: "Length that half of the networks recall, with 95 % bootstrap intervals over seeds "
        + "and power law (line); crosses: isotonic fit; triangles: the capacity is above or below "
        + "all tested lengths, as they point."
        + zip(measures, panels).map { exponents($1.compactMap(\.self), of: $0, table) }.joined(),
      script: script.text(title: title), data: data.text)
  }

  private static func label(_ measure: String) -> String {
    switch measure {
    case "latent": "latent neurons"
    case "plastic_synapses": "plastic parameters"
    default: "multiply-adds per ms"
    }
  }

  private static func legend(_ layout: PanelLayout) -> [String] {
    layout.legend.labels.enumerated().map {
      "NaN with points \(FigureScript.style($0)) title \(GnuplotText.quoted($1))"
    }
  }

  /// The plot elements of one fit.
  private static func elements(
    _ group: CapacityTable.Group, _ sizes: [CapacityAtSize], _ series: Int,
    at place: String, _ script: FigureScript, _ data: inout FigureData
  ) -> [String] {
    let colour = "lc rgb '\(FigureScript.colours[series])'"
    var elements: [String] = []
    let found = sizes.compactMap { size -> [Double?]? in
      guard let length = size.capacity?.length else { return nil }
      return [
        size.size, length, size.interval?.lower.bound ?? length,
        size.interval?.upper.bound ?? length,
      ]
    }
    if !found.isEmpty {
      let block = data.add("capacity", ["size", "length", "low", "high"], found)
      elements += script.intervals(block, x: place, series: series, title: "''")
    }
    for (comment, sign, bounds) in [
      ("capacity is above", 8, sizes.filter { $0.capacity?.isAbove == true }),
      ("capacity is below", 10, sizes.filter { $0.capacity?.isBelow == true }),
    ] where !bounds.isEmpty {
      let block = data.add(
        comment, ["size", "bound"], bounds.map { [$0.size, $0.capacity?.bound] })
      elements.append(
        script.block(
          block, "using (\(place)):2 with points \(colour) pt \(sign) ps 0.9 lw 1.2 notitle"))
    }
    let isotonic = sizes.compactMap { size -> [Double?]? in
      size.isotonicCapacity.length.map { [size.size, $0] }
    }
    if !isotonic.isEmpty {
      let block = data.add("isotonic fit", ["size", "length"], isotonic)
      elements.append(
        script.block(block, "using (\(place)):2 with points \(colour) pt 2 ps 0.6 notitle"))
    }
    let line = powerLaw(group.fit, sizes)
    if !line.isEmpty {
      let block = data.add("power law", ["size", "length"], line)
      elements.append(script.block(block, "using 1:2 with lines \(colour) lw 1.2 notitle"))
    }
    return elements
  }

  /// The fitted length by size, within the tested lengths.
  private static func powerLaw(_ fit: CapacityFit, _ sizes: [CapacityAtSize]) -> [[Double?]] {
    guard fit.exponent != nil, let model = fit.model, sizes.count > 1 else { return [] }
    let lengths = sizes.flatMap { $0.conditions.map(\.length) }
    let (low, high) = (log(sizes[0].size), log(sizes[sizes.count - 1].size))
    return (0...40).compactMap { step in
      let size = exp(low + (high - low) * Double(step) / 40)
      guard let length = model.frontier(size: size),
        (lengths.min()!...lengths.max()!).contains(length)
      else { return nil }
      return [size, length]
    }
  }

  private static func exponents(
    _ groups: [CapacityTable.Group], of measure: String, _ table: CapacityTable
  ) -> String {
    let exponents = groups.compactMap { group -> String? in
      guard let exponent = group.fit.exponent else { return nil }
      let interval = group.fit.exponentInterval.map { " " + Decimals.interval($0, 2) }
      let name = name(group, table)
      return (name.isEmpty ? "" : "\(name) ") + Decimals.text(exponent, 2) + (interval ?? "")
    }
    return exponents.isEmpty
      ? "" : " Exponent of \(label(measure)): \(exponents.joined(separator: "; "))."
  }
}

extension CensoredLength {
  fileprivate var isAbove: Bool { if case .above = self { true } else { false } }
  fileprivate var isBelow: Bool { if case .below = self { true } else { false } }
}

extension LogisticFrontier {
  /// The length at which the fitted probability of success is one half.
  fileprivate func frontier(size: Double) -> Double? {
    falls ? exp(-(intercept + sizeSlope * log(size)) / lengthSlope) : nil
  }
}
