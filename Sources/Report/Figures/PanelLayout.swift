/// The names of the series, above the panels.
struct FigureLegend {
  /// Their title; may be empty.
  var title = ""
  /// The names; none if there is one series.
  var labels: [String] = []

  /// Width of a letter [1/96 inch], rounded up.
  static let letter = 5.3
  /// Width that gnuplot assumes for a letter in SVG, whose fonts it does not know.
  private static let assumedLetter = 6.65

  /// Names with the number of trials of each, which is in the title if it is the same for all.
  init(title: String, _ series: [(label: String, n: String)]) {
    let numbers = Set(series.map(\.n))
    if numbers.count == 1, series.count > 1 {
      self.title = "\(title) (n \(numbers.first!) each)"
      labels = series.map(\.label)
    } else {
      self.title = title
      labels = series.map { $0.label.isEmpty ? "n \($0.n)" : "\($0.label) (n \($0.n))" }
    }
  }

  init(title: String = "", labels: [String] = []) { (self.title, self.labels) = (title, labels) }

  /// The number of columns that gnuplot has room for: the names may be as wide as the panel that they are
  /// drawn with.
  private func columns(panelWidth: Int) -> Int {
    let widest = Double(labels.map(\.count).max() ?? 0) * Self.assumedLetter + 36
    return max(1, min(6, labels.count, Int(Double(panelWidth) / widest)))
  }

  /// Height above panels of a width [1/96 inch].
  func height(panelWidth: Int) -> Int {
    if labels.isEmpty { return 8 }
    let columns = columns(panelWidth: panelWidth)
    return ((labels.count + columns - 1) / columns + (title.isEmpty ? 0 : 1)) * 15 + 8
  }

  func command(in layout: PanelLayout) -> String {
    guard !labels.isEmpty else { return "unset key" }
    let top = GnuplotText.number(1 - 3 / Double(layout.height))
    return
      "set key at screen 0.5, screen \(top) center top horizontal maxcols \(columns(panelWidth: layout.panelWidth)) "
      + "Left reverse samplen 1.2 spacing 1.05 width 0.5"
      + (title.isEmpty ? "" : " title \(GnuplotText.quoted(title))")
  }
}

/// The layout of the panels of a figure; all lengths in 1/96 inch.
struct PanelLayout {
  var legend = FigureLegend()
  var rows = 1
  var columns = 1
  var panelHeight = 96
  /// Room between rows; more if each row has its own axis.
  var rowGap = 10
  var columnGap = 48
  var left = 54
  var right = 14
  var top = 0
  /// Room for the labels of the lowest axis.
  var bottom = 40
  /// Lines of text below the axis.
  var note: [String] = []
  private static let noteHeight = 10

  private var drawingHeight: Int {
    legend.height(panelWidth: panelWidth) + top + rows * panelHeight + (rows - 1) * rowGap + bottom
  }

  var height: Int { drawingHeight + note.count * Self.noteHeight + (note.isEmpty ? 0 : 4) }

  /// The vertical position of a line of the note, as a fraction of the figure.
  func notePlace(_ line: Int) -> String { down(drawingHeight + line * Self.noteHeight + 5) }

  private func down(_ length: Int) -> String {
    GnuplotText.number(((1 - Double(length) / Double(height)) * 1e4).rounded() / 1e4)
  }

  var panelWidth: Int {
    (FigureScript.width - left - right - (columns - 1) * columnGap) / columns
  }

  func margins(row: Int, column: Int) -> String {
    let x = left + column * (panelWidth + columnGap)
    let y = legend.height(panelWidth: panelWidth) + top + row * (panelHeight + rowGap)
    func across(_ length: Int) -> String {
      GnuplotText.number((Double(length) / Double(FigureScript.width) * 1e4).rounded() / 1e4)
    }
    return "set lmargin at screen \(across(x)); set rmargin at screen \(across(x + panelWidth)); "
      + "set tmargin at screen \(down(y)); set bmargin at screen \(down(y + panelHeight))"
  }
}
