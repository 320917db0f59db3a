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
/// Each figure is drawn as SVG and as PNG, with fonts and lines of the same size.
struct FigureScript {
  /// Width of a column, 8.5 cm, in units of 1/96 inch.
  static let width = 321
  /// Size of the text in the same units: 7 pt in print.
  private static let fontSize = 9.5
  /// Pixels of the PNG per unit: 300 dpi. Its fonts are measured in points of 1/72 inch.
  private static let pixels = 3.125

  /// Colours that colour-blind readers can distinguish, without yellow, which is faint on white.
  ///
  /// - SeeAlso: Okabe and Ito (2008), Color Universal Design.
  static let colours = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"]
  /// Point types of the series, which distinguish them without colour.
  private static let pointTypes = [7, 5, 9, 11, 13, 6]

  private let name: String
  let layout: PanelLayout
  private var lines: [String] = []
  private var data = ""
  private var blocks = 0

  /// - Parameter name: The name of the files without extension.
  init(name: String, layout: PanelLayout) {
    self.name = name
    self.layout = layout
  }

  mutating func add(_ commands: [String]) { lines += commands }

  mutating func beginPanel(row: Int = 0, column: Int = 0) {
    lines.append(layout.margins(row: row, column: column))
    lines.append(row == 0 && column == 0 ? layout.legend.command(in: layout) : "unset key")
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
    lines.append("plot " + elements.joined(separator: ", \\\n    "))
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
        + "lc rgb '\(colours[series % colours.count])' lw 1.2 notitle",
      block + "using (\(x)):2 with \(isJoined ? "linespoints" : "points") \(style(series)) "
        + "title \(title)",
    ]
  }

  static func style(_ series: Int) -> String {
    "lc rgb '\(colours[series % colours.count])' pt \(pointTypes[series % pointTypes.count]) ps 0.5 lw 1.2"
  }

  func figure(_ title: String, caption: String) -> Figure {
    let font = "font 'sans-serif,\(Self.fontSize)'"
    let (width, height) = (Self.width, layout.height)
    func inPixels(_ length: Int) -> Int { Int((Double(length) * Self.pixels).rounded()) }
    let drawing = ["set multiplot"] + lines + ["unset multiplot", "unset output"]
    let script = """
      # \(GnuplotText.line(title))
      \(Figure.mark(name))
      set encoding utf8
      set datafile missing 'NaN'
      set border 3 lw 0.8 lc rgb '#333333'
      set tics nomirror out scale 0.5
      set style fill solid 1 noborder
      set label front
      do for [format in 'svg png'] {
        if (format eq 'svg') {
          set terminal svg noenhanced size \(width),\(height) background '#ffffff' \(font)
        } else {
          set terminal pngcairo noenhanced size \(inPixels(width)),\(inPixels(height)) \(font) \
      fontscale \(Self.pixels * 0.75) linewidth \(Self.pixels) pointscale \(Self.pixels)
        }
        set output '\(name).'.format

      """ + drawing.map { "  \($0)\n" }.joined() + "}\n"
    return Figure(name: name, title: title, caption: caption, script: script, data: data)
  }
}
