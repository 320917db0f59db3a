import SweepPlan

/// A figure: a gnuplot script with its data, a title and a caption.
struct Figure: Equatable, Sendable {
  /// The name of its files without extension; safe in every file system.
  let name: String
  let title: String
  let caption: String
  /// The script, to be run in the folder of the data.
  let script: String
  /// Its numbers: blocks of rows, separated by two empty lines.
  let data: String

  /// The comment that every script has.
  static func mark(_ name: String) -> String {
    "# Drawn by `gnuplot \(name).gp` in the folder of \(name).dat."
  }
}

/// Builds the script and the data of a figure as wide as a journal column.
///
/// Each figure is drawn as SVG, as PNG and, if gnuplot can, as PDF, with fonts and lines of the same
/// size.
struct FigureScript {
  /// Width of a column, 8.5 cm, in units of 1/96 inch.
  static let width = 321
  /// Size of the text in the same units: 7 pt in print, and 6 pt for notes.
  private static let fontSize = 9.5
  private static let noteSize = 8.0
  /// Pixels of the PNG per unit: 300 dpi. Its fonts are measured in points of 1/72 inch. The scales of the
  /// terminals make fonts, lines, points and dashes of the same size.
  private static let pixels = 3.125

  /// Colours that colour-blind readers can distinguish, without yellow, which is faint on white.
  ///
  /// - SeeAlso: Okabe and Ito (2008), Color Universal Design.
  static let colours = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"]
  /// Point types of the series, which distinguish them without colour.
  private static let pointTypes = [7, 5, 9, 11, 13, 6]
  /// Dashes of the series, which distinguish lines without colour.
  private static let dashes = ["solid", "(6,3)", "(2,2)", "(9,3,2,3)", "(4,2)", "(9,3)"]

  private enum Line {
    case command(String)
    case panel(row: Int, column: Int)
  }

  private let name: String
  let layout: PanelLayout
  private var lines: [Line] = []
  private var data = ""
  private var blocks = 0

  /// - Parameter name: The name of the files without extension.
  init(name: String, layout: PanelLayout) {
    self.name = name
    self.layout = layout
  }

  mutating func add(_ commands: [String]) { lines += commands.map(Line.command) }

  mutating func beginPanel(row: Int = 0, column: Int = 0) {
    lines.append(.panel(row: row, column: column))
  }

  /// Adds a block of rows to the data; missing numbers are written as `NaN`.
  ///
  /// - Returns: The words that select the block in a plot, to be followed by plot options.
  mutating func block(_ comment: String, _ columns: [String], _ rows: [[Double?]]) -> String {
    if blocks > 0 { data += "\n\n" }
    data += "# \(GnuplotText.line(comment))\n# " + columns.joined(separator: " ") + "\n"
    for row in rows {
      data += row.map { $0.map(GnuplotText.number) ?? "NaN" }.joined(separator: " ") + "\n"
    }
    blocks += 1
    return "'\(name).dat' index \(blocks - 1) "
  }

  /// Draws the elements of a panel, at least one.
  mutating func plot(_ elements: [String]) {
    add(["plot " + elements.joined(separator: ", \\\n    ")])
  }

  /// The elements of a series of means with their intervals: columns x, mean, low and high.
  ///
  /// These are not gnuplot's own error bars, which would erase points of other series near theirs.
  ///
  /// - Parameters:
  ///   - x: The position, as a gnuplot expression.
  ///   - isJoined: Whether a line joins the means.
  ///   - title: The quoted name in the legend.
  static func intervals(
    _ block: String, x: String = "$1", series: Int, isJoined: Bool = false, title: String
  ) -> [String] {
    [
      block + "using (\(x)):3:(0):($4-$3) with vectors heads size screen 0.008,90 "
        + "lc rgb '\(colour(series))' lw 1.2 notitle",
      block + "using (\(x)):2 with \(isJoined ? "linespoints" : "points") \(style(series)) "
        + "title \(title)",
    ]
  }

  static func colour(_ series: Int) -> String { colours[series % colours.count] }

  static func style(_ series: Int) -> String {
    "lc rgb '\(colour(series))' pt \(pointTypes[series % pointTypes.count]) ps 0.5 lw 1.2"
  }

  static func lineStyle(_ series: Int) -> String {
    "lc rgb '\(colour(series))' lw 1.5 dt \(dashes[series % dashes.count])"
  }

  /// - Parameters:
  ///   - note: Sentences below the panels that a reader of the picture alone needs: what is drawn, of
  ///     how many trials.
  ///   - caption: Further sentences for the page.
  func figure(_ title: String, note: String, caption: String = "") -> Figure {
    var layout = layout
    layout.note = Self.wrapped(note)
    let font = "font 'Arial,\(Self.fontSize)'"
    let (width, height) = (Self.width, layout.height)
    func inPixels(_ length: Int) -> Int { Int((Double(length) * Self.pixels).rounded()) }
    func inCentimetres(_ length: Int) -> String { Decimals.text(Double(length) * 2.54 / 96, 3) }
    let notes = layout.note.enumerated().map { number, line in
      "set label \(100 + number) \(GnuplotText.quoted(line, limit: 200)) at screen 0.02, screen "
        + "\(layout.notePlace(number)) left font 'Arial,\(Self.noteSize)' tc rgb '#333333'"
    }
    let commands = lines.flatMap { line -> [String] in
      switch line {
      case .command(let command): return [command]
      case .panel(let row, let column):
        let isFirst = row == 0 && column == 0
        return [
          layout.margins(row: row, column: column),
          isFirst ? layout.legend.command(in: layout) : "unset key",
        ] + (isFirst ? notes : notes.indices.map { "unset label \(100 + $0)" })
      }
    }
    let drawing = ["set multiplot"] + commands + ["unset multiplot", "unset output"]
    let script = """
      # \(GnuplotText.line(title))
      \(Figure.mark(name))
      # \(inCentimetres(width)) cm by \(inCentimetres(height)) cm; PNG with 300 dpi.
      set encoding utf8
      set datafile missing 'NaN'
      set border 3 lw 0.8 lc rgb '#333333'
      set tics nomirror out scale 0.5
      set style fill solid 1 noborder
      set label front
      do for [format in 'svg png pdf'] {
        if (format eq 'pdf' && strstrt(GPVAL_TERMINALS, ' pdfcairo ') == 0) { continue }
        if (format eq 'svg') {
          set terminal svg noenhanced size \(width),\(height) background '#ffffff' \(font) \
      dashlength 1
        }
        if (format eq 'png') {
          set terminal pngcairo noenhanced size \(inPixels(width)),\(inPixels(height)) \(font) \
      fontscale \(Self.pixels * 0.75) linewidth \(Self.pixels) pointscale \(Self.pixels) dashlength 1.6
        }
        if (format eq 'pdf') {
          set terminal pdfcairo noenhanced size \(inCentimetres(width))cm,\(inCentimetres(height))cm \(font) \
      fontscale 0.5625 linewidth 1.5 pointscale 0.9 dashlength 1.8
        }
        set output '\(name).'.format

      """ + drawing.map { "  \($0)\n" }.joined() + "}\n"
    return Figure(
      name: name, title: title, caption: caption.isEmpty ? note : note + " " + caption,
      script: script, data: data)
  }

  /// A text in lines that fit the width of a figure.
  private static func wrapped(_ text: String) -> [String] {
    // Room for the wider fonts that machines without Arial use.
    let limit = Int(Double(width) * 0.96 / (noteSize * 0.51))
    return text.split(separator: " ").reduce(into: []) { lines, word in
      if let last = lines.last, last.count + word.count < limit {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(String(word))
      }
    }
  }
}
