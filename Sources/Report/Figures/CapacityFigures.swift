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
      GnuplotText.range(axis, range.lowerBound, range.upperBound),
      "set \(axis)tics (\(tics.map { "'\(Decimals.short($0))' \(GnuplotText.number($0))" }.joined(separator: ", ")))",
    ]
  }

  /// The fraction of networks of a fit that recall, against length.
  private static func success(
    _ group: CapacityTable.Group, _ table: CapacityTable, number: Int
  ) -> Figure {
    let all = group.fit.sizes
    let shown = min(maximumSizes, all.count)
    let sizes = (0..<shown).map { index in
      all[shown == 1 ? 0 : index * (all.count - 1) / (shown - 1)]
    }
    var layout = PanelLayout(panelHeight: 150)
    layout.legend = FigureLegend(
      title: "latent neurons",
      sizes.map { size in
        let trials = size.conditions.map(\.trials).filter { $0 > 0 }
        let ends = Set([trials.min(), trials.max()].compactMap(\.self)).sorted().map(String.init)
        return (label: GnuplotText.number(size.size), n: ends.joined(separator: "–"))
      })
    let model = group.fit.model.flatMap { $0.falls ? $0 : nil }
    var script = FigureScript(name: "success-\(number + 1)", layout: layout)
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
      let block = script.block(
        "latent \(GnuplotText.number(size.size))",
        ["length", "fraction", "low", "high", "n", "isotonic"], points)
      let aside = 1 + 0.012 * (Double(series) - Double(shown - 1) / 2)
      elements += FigureScript.intervals(
        block, x: "$1*\(GnuplotText.number(aside))", series: series,
        title: GnuplotText.quoted(layout.legend.labels[series]))
      if let model, size.size > 0 {
        let curve = steps(size.conditions.map(\.length)).map { length -> [Double?] in
          [length, model.probability(length: length, size: size.size)]
        }
        let fit = script.block(
          "logistic fit, latent \(GnuplotText.number(size.size))", ["length", "fraction"], curve)
        elements.append(
          fit + "using 1:2 with lines lc rgb '\(FigureScript.colours[series])' lw 1.2 notitle")
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
    elements.append("0.5 with lines lc rgb '#999999' dt (2,2) lw 0.8 notitle")
    script.plot(elements)
    let name = name(group, table)
    return script.figure(
      (table.isSearch ? "Frontiers" : "Success") + " against sequence length"
        + (name.isEmpty ? "" : ", \(name)"),
      note: (name.isEmpty ? "" : "For \(name): ")
        + (table.isSearch
          ? "Fraction of searches whose frontier is beyond a length, tested or not, "
          : "Fraction of the n networks that recall, ")
        + "with Wilson 95 % intervals. "
        + (model == nil
          ? "No fit: \(group.fit.missing.map { "\($0)" } ?? "it does not fall with length")."
          : "Lines: logistic fit over all sizes"
            + (all.contains(where: \.isUnsteady)
              ? ", which falls steadily although success does not." : "."))
        + (shown < all.count ? " \(shown) of \(all.count) sizes are shown." : ""))
  }

  /// 41 values from the first to the last of some ascending values, evenly spaced in the logarithm.
  private static func steps(_ values: [Double]) -> [Double] {
    let (low, high) = (log(values[0]), log(values[values.count - 1]))
    return (0...40).map { exp(low + (high - low) * Double($0) / 40) }
  }

  /// The length that half of the networks recall, against their size.
  ///
  /// The cost of a neuron differs between models, so several models are also compared by resources.
  private static func frontier(_ groups: [CapacityTable.Group], _ table: CapacityTable) -> Figure? {
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
    let isFound = drawn.joined().joined().contains { $0.capacity?.length != nil }
    let names = groups.count > 1 ? groups.map { name($0, table) } : isFound ? ["capacity"] : []
    let hasLaw = panels.joined().contains { $0?.fit.exponent != nil }
    let marks = Mark.allCases.filter { mark in
      drawn.joined().joined().contains { !mark.places($0).isEmpty }
    }
    layout.legend.labels = names + marks.map(\.rawValue)
    var script = FigureScript(name: "capacity", layout: layout)
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
      var plotted =
        row > 0
        ? []
        : names.enumerated().map {
          "keyentry with points \(FigureScript.style($0)) title \(GnuplotText.quoted($1))"
        } + marks.map { "keyentry with points lc rgb '#555555' \($0.style) title '\($0.rawValue)'" }
      for (series, group) in panels[row].enumerated() {
        // Models may have the same size and, at the ends of the tested lengths, the same bound.
        let aside = 1 + 0.03 * (Double(series) - Double(groups.count - 1) / 2)
        let place = "$1*\(GnuplotText.number((aside * 1e4).rounded() / 1e4))"
        if let group {
          plotted += elements(group.fit, drawn[row][series], series, at: place, &script)
        }
      }
      script.plot(plotted + ["NaN notitle"])
    }
    return script.figure(
      "Capacity against size",
      note: "Length that half of the networks recall, with 95 % bootstrap intervals over "
        + "n = \(table.seeds) seeds" + (hasLaw ? "; lines: power law." : "."),
      caption: "Above and below: the capacity is beyond all tested lengths."
        + zip(measures, panels).map { exponents($1.compactMap(\.self), of: $0, table) }.joined())
  }

  /// A mark beside the capacity.
  private enum Mark: String, CaseIterable {
    case above = "above"
    case below = "below"
    case isotonic = "isotonic fit"

    /// The length at which the mark of a size is drawn; empty if it has none.
    func places(_ size: CapacityAtSize) -> [Double] {
      switch (self, size.capacity) {
      case (.above, .above(let bound)?), (.below, .below(let bound)?): [bound]
      case (.isotonic, _): [size.isotonicCapacity.length].compactMap(\.self)
      default: []
      }
    }

    var style: String {
      switch self {
      case .above: "pt 8 ps 0.9 lw 1.2"
      case .below: "pt 10 ps 0.9 lw 1.2"
      case .isotonic: "pt 2 ps 0.6"
      }
    }
  }

  private static func label(_ measure: String) -> String {
    switch measure {
    case "latent": "latent neurons"
    case "plastic_synapses": "plastic parameters"
    default: "multiply-adds per ms"
    }
  }

  /// The plot elements of one fit.
  private static func elements(
    _ fit: CapacityFit, _ sizes: [CapacityAtSize], _ series: Int, at place: String,
    _ script: inout FigureScript
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
      let block = script.block("capacity", ["size", "length", "low", "high"], found)
      elements += FigureScript.intervals(block, x: place, series: series, title: "''")
    }
    func add(_ comment: String, _ column: String, _ rows: [[Double?]], _ style: String) {
      guard !rows.isEmpty else { return }
      elements.append(
        script.block(comment, ["size", column], rows) + "using " + style + " notitle")
    }
    for mark in Mark.allCases {
      add(
        mark.rawValue, "length",
        sizes.flatMap { size in mark.places(size).map { [size.size, $0] } },
        "(\(place)):2 with points \(colour) \(mark.style)")
    }
    add("power law", "length", powerLaw(fit, sizes), "1:2 with lines \(colour) lw 1.2")
    return elements
  }

  /// The fitted length by size, within the tested lengths.
  private static func powerLaw(_ fit: CapacityFit, _ sizes: [CapacityAtSize]) -> [[Double?]] {
    guard fit.exponent != nil, let model = fit.model, sizes.count > 1, model.falls else {
      return []
    }
    let lengths = sizes.flatMap { $0.conditions.map(\.length) }
    return steps(sizes.map(\.size)).compactMap { size in
      let length = model.frontier(size: size)
      return (lengths.min()!...lengths.max()!).contains(length) ? [size, length] : nil
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

extension LogisticFrontier {
  /// The fitted probability of success.
  fileprivate func probability(length: Double, size: Double) -> Double {
    1 / (1 + exp(-(intercept + lengthSlope * log(length) + sizeSlope * log(size))))
  }

  /// The length at which the fitted probability of success is one half.
  fileprivate func frontier(size: Double) -> Double {
    exp(-(intercept + sizeSlope * log(size)) / lengthSlope)
  }
}
