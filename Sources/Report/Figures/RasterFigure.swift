import Experiment
import SweepPlan

/// The notes that the networks with the highest, the median and the lowest correlation played.
enum RasterFigure {
  /// The most letters that fit above a panel.
  private static let maximumLetters = 66
  static let maximumNotes = 100

  static func figure(_ source: FigureSource) -> Figure? {
    let ranked = source.conditions.flatMap(\.rows)
      .compactMap { row in row.score("correlation").map { (row: row, correlation: $0) } }
      .sorted { ($1.correlation, $0.row.id) < ($0.correlation, $1.row.id) }
    guard !ranked.isEmpty else { return nil }
    let last = ranked.count - 1
    let places =
      [(last > 0 ? "highest" : "only trial", 0)] + (last > 1 ? [("median", ranked.count / 2)] : [])
      + (last > 0 ? [("lowest", last)] : [])
    let panels = places.compactMap { name, place in
      Panel(name, ranked[place].row, ranked[place].correlation, source)
    }
    guard !panels.isEmpty else { return nil }

    let neurons = panels.map(\.neurons).max()!
    var layout = PanelLayout(
      rows: panels.count, panelHeight: min(140, max(80, neurons * 6)), rowGap: 54, top: 13)
    layout.legend.labels = ["right", "missed", "wrong"]
    var script = FigureScript(name: "raster", layout: layout)
    for (row, panel) in panels.enumerated() {
      script.beginPanel(row: row)
      script.add([
        "set label 1 \(GnuplotText.quoted(panel.label, limit: maximumLetters)) at screen 0.02, graph 1 "
          + "offset 0,0.6 left font 'Arial,8'",
        "set xrange [0.5:\(Double(panel.notes) + 0.5)]",
        "set yrange [0.5:\(Double(panel.neurons) + 0.5)]",
        "set xtics \(ticStep(panel.notes)); set ytics \(ticStep(panel.neurons))",
        "set xlabel 'note' offset 0,0.5", "set ylabel 'visible neuron' offset 0,0",
      ])
      var elements: [String] = []
      for (kind, style) in styles {
        let boxes = panel.boxes(kind)
        guard !boxes.isEmpty else { continue }
        let block = script.block("\(panel.label): \(kind)", ["note", "neuron"], boxes)
        elements.append(block + "using 1:2:(0.42):(0.42) with boxxyerror \(style) notitle")
      }
      if row == 0 {
        elements += styles.map { "keyentry with boxes \($0.value) title '\($0.key)'" }
      }
      script.plot(elements)
    }
    let unnamed = panels.first { !$0.isNamed }
    return script.figure(
      last > 0
        ? "Replayed notes of the trials with the highest, the median and the lowest correlation"
        : "Replayed notes",
      note:
        "Last scored replay cycle at its best shift, with its correlation in brackets. Right: in the "
        + "target and played; missed: in the target only; wrong: played only."
        + (panels.contains(where: \.isShortened)
          ? " Only the first notes of the sequence are shown." : "")
        + (unnamed.map { " Values: \($0.keys.map(FigureWords.words).joined(separator: ", "))." }
          ?? ""))
  }

  private static func ticStep(_ count: Int) -> String {
    GnuplotText.number(max(1, TicStep.linear(to: Double(count), count: 6)))
  }

  private static let styles: KeyValuePairs = [
    "right": "fs solid 1 noborder fc rgb '#0072B2'",
    "missed": "fs empty lc rgb '#E69F00' lw 1",
    "wrong": "fs solid 1 noborder fc rgb '#D55E00'",
  ]

  private struct Panel {
    let label: String
    let target: [[Bool]]
    let produced: [[Bool]]
    let isShortened: Bool
    /// The swept keys whose values are in the label, and whether it names them.
    let keys: [String]
    let isNamed: Bool

    var notes: Int { produced.count }
    var neurons: Int { produced[0].count }

    init?(
      _ name: String, _ row: SweepResults.Row, _ correlation: Double, _ source: FigureSource
    ) {
      let trial = row.trial
      let plan = source.results.plan
      guard let notes = source.details(of: row)?.notes, !notes.columns.isEmpty,
        let model = try? TrialModel(
          trial.parameters, pattern: plan.file(.pattern, of: trial)?.text,
          disruption: plan.file(.disruption, of: trial)?.text)
      else { return nil }
      let pattern = model.targets[0].pattern
      let shown = min(notes.columns.count, pattern.notes, maximumNotes)
      guard pattern.visible == notes.neurons, shown > 0 else { return nil }
      target = (0..<shown).map(pattern.column)
      produced = Array(notes.columns.prefix(shown))
      isShortened = shown < pattern.notes
      let following = source.summary.distinguishingAxes.following.map { source.summary.axes[$0] }
      let swept = plan.axes.filter { $0.values.count > 1 && !following.contains($0.key) }.map(\.key)
      let rank =
        "\(name) (\(Decimals.text(correlation, 2)))" + (swept.isEmpty ? "" : ": ")
      let values = swept.map { FigureWords.short(trial.parameters[$0]) }
      var place = zip(swept, values).map { "\(FigureWords.words($0)) \($1)" }
        .joined(separator: ", ")
      isNamed = rank.count + place.count <= maximumLetters
      if !isNamed { place = values.joined(separator: ", ") }
      keys = swept
      label = rank + GnuplotText.shortened(place, maximumLetters - rank.count)
    }

    /// The notes of a kind: right, missed or wrong.
    func boxes(_ kind: String) -> [[Double?]] {
      target.indices.flatMap { note in
        target[note].indices.compactMap { neuron -> [Double?]? in
          let (asked, played) = (target[note][neuron], produced[note][neuron])
          let found = asked ? (played ? "right" : "missed") : (played ? "wrong" : "")
          return found == kind ? [Double(note + 1), Double(neuron + 1)] : nil
        }
      }
    }
  }
}
