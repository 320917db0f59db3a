import SweepPlan

/// A score over two swept keys.
enum HeatMapFigure {
  /// The most figures of this kind.
  static let maximumFigures = 3
  /// The most values of a key that can be distinguished.
  static let maximumValues = 60

  /// Figures for the pairs of keys with the most values.
  static func all(_ source: FigureSource) -> [Figure] {
    let axes = source.axes.filter { $0.values.count <= maximumValues }
    let pairs = axes.indices.flatMap { first in
      axes.indices.filter { $0 > first }.map { (axes[first], axes[$0]) }
    }
    func size(_ pair: (PlanAxis, PlanAxis)) -> Int { pair.0.values.count * pair.1.values.count }
    let largest = pairs.enumerated().sorted {
      (size($0.element), $1.offset) > (size($1.element), $0.offset)
    }
    return largest.prefix(maximumFigures).compactMap { figure($0.element.0, $0.element.1, source) }
  }

  /// How a place of the grid is drawn that has no score, or not that of all trials.
  private enum Gap: String, CaseIterable {
    case none = "no score"
    case some = "some missing"

    func elements(_ block: String) -> [String] {
      switch self {
      case .none:
        [
          block
            + "using 1:2:(0.5):(0.5) with boxxyerror fs solid 1 noborder fc rgb '#e0e0e0' notitle",
          block + "using 1:2 with points \(style) notitle",
        ]
      case .some: [block + "using ($1+0.36):($2+0.36) with points \(style) notitle"]
      }
    }

    var style: String {
      switch self {
      case .none: "pt 2 ps 0.5 lw 1 lc rgb '#777777'"
      case .some: "pt 7 ps 0.35 lc rgb '#D55E00'"
      }
    }
  }

  private static func figure(
    _ first: PlanAxis, _ second: PlanAxis, _ source: FigureSource
  ) -> Figure? {
    guard let column = source.column("correlation") else { return nil }
    // The longer axis is horizontal.
    let (x, y) =
      first.values.count >= second.values.count ? (first, second) : (second, first)
    let groups = source.rows(by: [x.key, y.key])
    let planned = source.planned(by: [x.key, y.key])
    var points: [[Double?]] = []
    var gaps: [Gap: [[Double?]]] = [:]
    for (row, yValue) in y.values.enumerated() {
      for (place, xValue) in x.values.enumerated() {
        guard let count = planned[[xValue, yValue]] else { continue }
        let scores = groups[[xValue, yValue], default: []].compactMap { $0.counted(column) }
        let position = [Double(place), Double(row)]
        if let mean = scores.mean { points.append(position + [mean, Double(scores.count)]) }
        if scores.isEmpty {
          gaps[.none, default: []].append(position)
        } else if scores.count < count {
          gaps[.some, default: []].append(position)
        }
      }
    }
    guard !points.isEmpty else { return nil }

    let xLabels = x.values.map { FigureWords.short($0, limit: 14) }
    let yLabels = y.values.map { FigureWords.short($0, limit: 14) }
    let longest = xLabels.map(\.count).max() ?? 0
    var layout = PanelLayout()
    layout.left = 40 + Int(Double(yLabels.map(\.count).max() ?? 0) * FigureLegend.letter)
    layout.right = 66
    layout.top = 2
    let labelRoom = Double(longest) * FigureLegend.letter + 4
    let isTilted = labelRoom * Double(x.values.count) > Double(layout.panelWidth)
    layout.bottom = isTilted ? 36 + Int(Double(longest) * FigureLegend.letter * 0.75) : 40
    let yLabel = FigureWords.label(y)
    let labelHeight = Int(Double(yLabel.count) * FigureLegend.letter)
    layout.panelHeight = min(260, max(60, labelHeight, y.values.count * 24))
    let marks = Gap.allCases.filter { gaps[$0] != nil }
    layout.legend.labels = marks.map(\.rawValue)
    var script = FigureScript(name: "heat-\(first.key)-\(second.key)", layout: layout)
    let block = script.block(
      "\(column.key), mean over trials", [x.key, y.key, "mean", "n"], points)

    script.beginPanel()
    script.add([
      "set xrange [-0.5:\(Double(x.values.count) - 0.5)]",
      "set yrange [-0.5:\(Double(y.values.count) - 0.5)]",
      "set xtics \(isTilted ? "rotate by 45 right" : "norotate") "
        + tics(
          xLabels, room: isTilted ? 13 : labelRoom,
          length: layout.panelWidth),
      "set ytics " + tics(yLabels, room: 11, length: layout.panelHeight),
      "set xlabel \(GnuplotText.quoted(FigureWords.label(x))) offset 0,0.4",
      "set ylabel \(GnuplotText.quoted(yLabel)) offset 0,0",
      "set cblabel \(GnuplotText.quoted(FigureWords.label(column))) offset -0.6,0",
      "set cbrange [0:1]; set cbtics 0.25",
      "set colorbox user origin graph 1.03, graph 0 size graph 0.04, graph 1",
      "set palette defined (0 '#440154', 1 '#3b528b', 2 '#21918c', 3 '#5ec962', 4 '#fde725')",
    ])
    var elements = [
      block + "using 1:2:(0.505):(0.505):3 with boxxyerror fs solid 1 noborder fc palette notitle"
    ]
    if x.values.count <= 9 && y.values.count <= 12 {
      for (comparison, colour) in [("<", "#ffffff"), (">=", "#000000")] {
        elements.append(
          block
            + "using 1:2:($3 \(comparison) 0.6 ? sprintf('%.2f', abs($3) < 0.005 ? 0 : $3) : '') with labels "
            + "textcolor rgb '\(colour)' notitle")
      }
    }
    for mark in marks {
      let block = script.block(mark.rawValue, [x.key, y.key], gaps[mark]!)
      elements += mark.elements(block)
      elements.append("keyentry with points \(mark.style) title '\(mark.rawValue)'")
    }
    script.plot(elements)
    let n = [points.map { $0[3]! }.min()!, points.map { $0[3]! }.max()!].map(GnuplotText.number)
    return script.figure(
      "Correlation over \(FigureWords.words(first.key)) and \(FigureWords.words(second.key))",
      note: "Means over n = \(n[0] == n[1] ? n[0] : n.joined(separator: " to ")) trials."
        + (points.count + gaps[.none, default: []].count < x.values.count * y.values.count
          ? " White: \(source.results.searches == nil ? "not in the grid" : "not tried")." : "")
        + source.meansNote(showing: [first.key, second.key]),
      caption: source.followingNote)
  }

  /// The labels along an axis, as far as there is room.
  private static func tics(_ labels: [String], room: Double, length: Int) -> String {
    let every = max(1, Int((Double(labels.count) * room / Double(length)).rounded(.up)))
    let tics = labels.enumerated().filter { $0.offset.isMultiple(of: every) }
      .map { "\(GnuplotText.quoted($0.element)) \($0.offset)" }
    return "(\(tics.joined(separator: ", ")))"
  }
}
