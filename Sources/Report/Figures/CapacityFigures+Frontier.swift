import Glibc
import Scores
import SweepPlan

extension CapacityFigures {
  /// The length that half of the networks recall, against their size.
  ///
  /// Models differ in what a neuron costs, so they are also drawn against the resources that all have.
  static func frontier(_ groups: [CapacityTable.Group], _ table: CapacityTable) -> Figure? {
    let models = table.axes.firstIndex(of: "model")
      .map { axis in Set(groups.map { $0.coordinates[axis] }) }
    let measures =
      ["latent"] + ((models?.count ?? 1) > 1 ? ["plastic_synapses", "operations_per_ms"] : [])
    // Of every fit that is drawn, the same one against each measure.
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
    let lengths = drawn.joined().joined().flatMap { $0.cells.map(\.length) }
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
      // The legend stands above the first panel, and names also what has nothing but bounds.
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
        + "and power law (line); crosses: isotonic fit; triangles: the capacity lies beyond the "
        + "tested lengths, in the direction in which they point."
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

  /// What is drawn of one fit.
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

  /// The fitted length by size, where lengths were tested.
  private static func powerLaw(_ fit: CapacityFit, _ sizes: [CapacityAtSize]) -> [[Double?]] {
    guard fit.exponent != nil, let model = fit.model, sizes.count > 1 else { return [] }
    let lengths = sizes.flatMap { $0.cells.map(\.length) }
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
