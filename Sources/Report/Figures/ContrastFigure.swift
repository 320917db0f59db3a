import Parameters
import SweepPlan

/// The paired differences between the levels of each axis and its reference level.
enum ContrastFigure {
  /// The most contrasts that are drawn.
  static let maximumRows = 16
  /// The most scores that are drawn.
  private static let maximumScores = 2

  private typealias Contrast = ContrastTable.Contrast

  static func figure(_ source: FigureSource) -> Figure? {
    let found = (source.contrasts?.contrasts ?? []).filter { $0.difference != nil }
    let compared = source.comparedScores.filter { key in found.contains { $0.score.key == key } }
    let differing = compared.filter { key in
      found.contains { $0.score.key == key && $0.difference != 0 }
    }
    let scores = (differing.isEmpty ? compared : differing).prefix(maximumScores)
    let rows = rows(found.filter { $0.score.key == scores.first })
    guard !rows.isEmpty else { return nil }
    // The contrasts of an axis are below its name.
    let lines = rows.indices.flatMap { index -> [(label: String, contrast: Contrast?)] in
      let row = rows[index]
      let isFirst = index == 0 || rows[index - 1].axis != row.axis
      return (isFirst ? [(FigureWords.words(row.axis), nil)] : []) + [
        (
          "\(FigureWords.short(row.level, limit: 14)) − "
            + "\(FigureWords.short(row.against, limit: 14)) (n \(row.units))", row
        )
      ]
    }
    let labels = lines.map(\.label)

    let longest = Double(labels.map(\.count).max()!) * FigureLegend.letter
    var layout = PanelLayout(
      columns: scores.count, panelHeight: max(40, lines.count * 13), columnGap: 14,
      left: min(170, Int(longest) + 10))
    let drawn = scores.map { score in
      lines.map { line in
        found.first {
          $0.score.key == score && $0.axis == line.contrast?.axis
            && $0.level == line.contrast?.level
        }
      }
    }
    let marks = Mark.allCases.filter { mark in
      drawn.joined().contains { contrast in
        contrast.map { mark == .single ? !$0.singles.isEmpty : Mark($0) == mark } ?? false
      }
    }
    let names = marks.map { $0 == .single ? "single \(source.unitName)" : $0.rawValue }
    layout.legend = FigureLegend(labels: names)
    var script = FigureScript(name: "contrasts", layout: layout)
    for (column, contrasts) in drawn.enumerated() {
      script.beginPanel(column: column)
      script.add(axes(contrasts.compactMap(\.self), column == 0 ? labels : labels.map { _ in "" }))
      let title =
        column == 0
        ? zip(marks, names).map { "keyentry with points \($0.style) title '\($1)'" } : []
      script.plot(elements(contrasts, scores[column], &script) + title)
    }
    let all = Set(found.map { [$0.axis, $0.level.description] }).count
    return script.figure(
      "Differences from the reference",
      note:
        "Mean difference in pairs of trials that differ in one parameter, with 95 % interval; right of "
        + "zero, the first of the two is higher. n: \(source.unitName). p with Holm's correction."
        + (rows.count < all ? " \(rows.count) of \(all) contrasts are shown." : ""),
      caption: "contrasts.csv has all of them. " + source.followingNote)
  }

  /// The rows of the figure: several levels of each axis, evenly spread if there are too many.
  private static func rows(_ contrasts: [Contrast]) -> [Contrast] {
    let axes = contrasts.map(\.axis).reduce(into: [String]()) { axes, axis in
      if axes.last != axis { axes.append(axis) }
    }
    guard contrasts.count > maximumRows else { return contrasts }
    let shown = axes.prefix(maximumRows)
    return shown.flatMap { axis in
      Spread.evenly(contrasts.filter { $0.axis == axis }, maximumRows / shown.count)
    }
  }

  /// How a difference is drawn.
  private enum Mark: String, CaseIterable {
    case clear = "p < 0.05"
    case open = "p ≥ 0.05"
    case single

    init(_ contrast: Contrast) { self = (contrast.adjusted ?? 1) < 0.05 ? .clear : .open }

    var style: String {
      switch self {
      case .clear: "pt 7 ps 0.5 lw 1.2 lc rgb '\(FigureScript.colours[0])'"
      case .open: "pt 6 ps 0.5 lw 1.2 lc rgb '\(FigureScript.colours[0])'"
      case .single: "pt 7 ps 0.2 lc rgb '#555555'"
      }
    }
  }

  private static func axes(_ contrasts: [Contrast], _ labels: [String]) -> [String] {
    let ends = contrasts.flatMap { contrast in
      [contrast.difference!, contrast.interval?.lowerBound, contrast.interval?.upperBound]
        .compactMap(\.self) + contrast.singles
    }.map(abs)
    let end = max(ends.max() ?? 0, 1e-9) * 1.06
    let tic = TicStep.within(end)
    let score = contrasts[0].score
    let unit = score.unit.map { " (\($0))" } ?? ""
    let tics = labels.enumerated().map { "\(GnuplotText.quoted($1)) \($0)" }
    return [
      GnuplotText.range("x", -end, end),
      "set xtics (\(GnuplotText.number(-tic)), 0, \(GnuplotText.number(tic)))",
      "set xlabel \(GnuplotText.quoted(FigureWords.words(score.key) + unit)) offset 0,0.4",
      "set yrange [\(Double(labels.count) - 0.4):-0.6]",
      "set ytics (\(tics.joined(separator: ", ")))",
      "set arrow 1 from 0, graph 0 to 0, graph 1 nohead lc rgb '#999999' lw 0.8 back",
    ]
  }

  private static func elements(
    _ contrasts: [Contrast?], _ score: String, _ script: inout FigureScript
  ) -> [String] {
    var elements: [String] = []
    for mark in [Mark.clear, .open] {
      let rows = contrasts.enumerated().compactMap { row, contrast -> [Double?]? in
        guard let contrast, Mark(contrast) == mark, let mean = contrast.difference else {
          return nil
        }
        let ends = contrast.interval ?? mean...mean
        return [
          Double(row), mean, ends.lowerBound, ends.upperBound, Double(contrast.units),
          contrast.favours, contrast.adjusted,
        ]
      }
      guard !rows.isEmpty else { continue }
      let block = script.block(
        "\(score), adjusted \(mark.rawValue)",
        ["row", "difference", "low", "high", "n", "favours", "adjusted_p"], rows)
      elements += [
        block + "using 3:1:($4-$3):(0) with vectors heads size screen 0.008,90 "
          + "lc rgb '\(FigureScript.colours[0])' lw 1.2 notitle",
        block + "using 2:1 with points \(mark.style) notitle",
      ]
    }
    let singles = contrasts.enumerated().flatMap { row, contrast in
      (contrast?.singles ?? []).map { [Double(row) + 0.3, $0] }
    }
    if !singles.isEmpty {
      let block = script.block("\(score), single n", ["row", "difference"], singles)
      elements.append(block + "using 2:1 with points \(Mark.single.style) notitle")
    }
    return elements
  }
}

/// A choice among many.
enum Spread {
  /// At most `count` elements, evenly spread from the first to the last; of one, the last.
  static func evenly<Element>(_ elements: [Element], _ count: Int) -> [Element] {
    guard elements.count > count else { return elements }
    guard count > 1 else { return Array(elements.suffix(count)) }
    return (0..<count).map { number in
      let place = Double(number) * Double(elements.count - 1) / Double(count - 1)
      return elements[Int(place.rounded())]
    }
  }
}
