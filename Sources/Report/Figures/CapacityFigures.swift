import Glibc
import Scores
import Sweep

/// Success against length, and the length that half of the networks recall against their size.
enum CapacityFigures {
  /// The most fits that are drawn.
  static let maximumGroups = 4
  /// The most sizes of a fit that are drawn.
  static let maximumSizes = 6

  static func all(_ source: FigureSource) -> [Figure] {
    guard let table = source.capacity else { return [] }
    let groups = table.groups.filter { $0.measure == "latent" && !$0.fit.sizes.isEmpty }
    return groups.prefix(maximumGroups).enumerated().map { success($1, table, number: $0) }
      + [frontier(Array(groups.prefix(maximumGroups)), table)].compactMap(\.self)
  }

  /// What tells a fit from the others; empty where there is one.
  private static func name(_ group: CapacityTable.Group, _ table: CapacityTable) -> String {
    zip(table.axes, group.coordinates).map { "\(FigureWords.words($0)) \(FigureWords.short($1))" }
      .joined(separator: ", ")
  }

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
      elements.append(
        script.block(
          block,
          "using ($1*\(GnuplotText.number(1 + 0.012 * (Double(series) - Double(shown - 1) / 2)))):2:3:4 "
            + "with yerrorbars \(FigureScript.style(series)) "
            + "title \(GnuplotText.quoted(layout.legend.labels[series]))"))
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
    script.add(lengthAxis(lengths, "x", width: layout.panelWidth))
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

  private static func frontier(
    _ groups: [CapacityTable.Group], _ table: CapacityTable
  ) -> Figure? {
    guard groups.contains(where: { $0.fit.sizes.contains { $0.capacity != nil } }) else {
      return nil
    }
    var layout = PanelLayout(panelHeight: 150)
    if groups.count > 1 { layout.legend.labels = groups.map { name($0, table) } }
    var script = FigureScript(name: "capacity", layout: layout)
    var data = FigureData()
    var elements: [String] = []
    for (series, group) in groups.enumerated() {
      let style = FigureScript.style(series)
      let colour = FigureScript.colours[series]
      let title = groups.count > 1 ? GnuplotText.quoted(layout.legend.labels[series]) : "''"
      let sizes = group.fit.sizes.filter { $0.size > 0 }
      let found = sizes.compactMap { size -> [Double?]? in
        guard let length = size.capacity?.length else { return nil }
        return [
          size.size, length, size.interval?.lower.bound ?? length,
          size.interval?.upper.bound ?? length,
        ]
      }
      if !found.isEmpty {
        let block = data.add("capacity", ["size", "length", "low", "high"], found)
        elements.append(
          script.block(block, "using 1:2:3:4 with yerrorbars \(style) title \(title)"))
      }
      for (comment, sign, bounds) in [
        ("capacity is above", 8, sizes.filter { $0.capacity?.isAbove == true }),
        ("capacity is below", 10, sizes.filter { $0.capacity?.isBelow == true }),
      ] where !bounds.isEmpty {
        let block = data.add(
          comment, ["size", "bound"], bounds.map { [$0.size, $0.capacity?.bound] })
        elements.append(
          script.block(
            block, "using 1:2 with points lc rgb '\(colour)' pt \(sign) ps 0.9 lw 1.2 notitle"))
      }
      let isotonic = sizes.compactMap { size -> [Double?]? in
        size.isotonicCapacity.length.map { [size.size, $0] }
      }
      if !isotonic.isEmpty {
        let block = data.add("isotonic fit", ["size", "length"], isotonic)
        elements.append(
          script.block(block, "using 1:2 with points lc rgb '\(colour)' pt 2 ps 0.6 notitle"))
      }
      if group.fit.exponent != nil, let model = group.fit.model, sizes.count > 1 {
        let lengths = Set(sizes.flatMap { $0.cells.map(\.length) })
        let line = (0...40).compactMap { step -> [Double?]? in
          let (low, high) = (log(sizes[0].size), log(sizes[sizes.count - 1].size))
          let size = exp(low + (high - low) * Double(step) / 40)
          // The line ends where no length was tested.
          guard let length = model.frontier(size: size),
            (lengths.min()!...lengths.max()!).contains(length)
          else { return nil }
          return [size, length]
        }
        if !line.isEmpty {
          let block = data.add("power law", ["size", "length"], line)
          elements.append(
            script.block(block, "using 1:2 with lines lc rgb '\(colour)' lw 1.2 notitle"))
        }
      }
    }
    guard !elements.isEmpty else { return nil }
    let sizes = Set(groups.flatMap { $0.fit.sizes.map(\.size) }).filter { $0 > 0 }.sorted()
    let lengths = Set(groups.flatMap { $0.fit.sizes.flatMap { $0.cells.map(\.length) } }).sorted()
    script.beginPanel()
    script.add(lengthAxis(sizes, "x", width: layout.panelWidth))
    script.add(lengthAxis(lengths, "y", width: layout.panelHeight))
    script.add([
      "set xlabel 'latent neurons' offset 0,0.4", "set ylabel 'capacity L* (notes)' offset -1.2,0",
    ])
    script.plot(elements)
    let exponents = groups.compactMap { group -> String? in
      guard let exponent = group.fit.exponent else { return nil }
      let interval = group.fit.exponentInterval.map {
        " [\(Decimals.text($0.lowerBound, 2)), \(Decimals.text($0.upperBound, 2))]"
      }
      let name = name(group, table)
      return (name.isEmpty ? "" : "\(name): ") + Decimals.text(exponent, 2) + (interval ?? "")
    }
    let title = "Capacity against size"
    return Figure(
      name: script.name, title: title,
      caption: "Length that half of the networks recall, with 95 % bootstrap intervals over seeds "
        + "and power law (line); crosses: isotonic fit; triangles: the capacity lies beyond the "
        + "tested lengths, in the direction in which they point."
        + (exponents.isEmpty ? "" : " Exponent: \(exponents.joined(separator: "; "))."),
      script: script.text(title: title), data: data.text)
  }

  /// A logarithmic axis with labels at tested values.
  private static func lengthAxis(_ values: [Double], _ axis: String, width: Int) -> [String] {
    let (low, high) = (log(values[0]), log(values[values.count - 1]))
    let room = max(0.06 * (high - low), 0.05)
    let perUnit = Double(width) / (high - low + 2 * room)
    var last = -Double.infinity
    let tics = values.filter { value in
      let place = log(value) * perUnit
      guard place - last >= 20 else { return false }
      last = place
      return true
    }
    return [
      "set logscale \(axis)",
      "set \(axis)range [\(GnuplotText.number(exp(low - room))):\(GnuplotText.number(exp(high + room)))]",
      "set \(axis)tics (\(tics.map { "'\(GnuplotText.number($0))' \(GnuplotText.number($0))" }.joined(separator: ", ")))",
    ]
  }
}

extension CensoredLength {
  fileprivate var isAbove: Bool { if case .above = self { true } else { false } }
  fileprivate var isBelow: Bool { if case .below = self { true } else { false } }
}

extension LogisticFrontier {
  /// The fitted probability of success.
  fileprivate func probability(length: Double, size: Double) -> Double {
    1 / (1 + exp(-(intercept + lengthSlope * log(length) + sizeSlope * log(size))))
  }

  /// The length at which it is one half.
  fileprivate func frontier(size: Double) -> Double? {
    falls ? exp(-(intercept + sizeSlope * log(size)) / lengthSlope) : nil
  }
}
