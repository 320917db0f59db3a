/// Builds the script of a figure as wide as the column of a journal.
///
/// All that is drawn is drawn twice, as SVG and as PNG, with fonts and lines of the same size.
struct FigureScript {
  /// Width of a column, 8.5 cm, in units of 1/96 inch.
  static let width = 321
  /// Size of the text in the same units: 7 pt in print.
  static let fontSize = 9.5
  /// Pixels of the PNG per unit: 300 dpi. Its fonts are measured in points of 1/72 inch.
  static let pixels = 3.125

  /// Colours that the colour-blind tell apart, without the yellow that white paper swallows.
  ///
  /// - SeeAlso: Okabe and Ito (2008), Color Universal Design.
  static let colours = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"]
  /// Signs of as many series, so that they can be told apart without colours.
  private static let signs = [7, 5, 9, 11, 13, 6]

  /// The name of the files, without ending.
  let name: String
  /// Where the panels lie.
  let layout: PanelLayout
  private var lines: [String] = []

  init(name: String, layout: PanelLayout) {
    self.name = name
    self.layout = layout
  }

  /// Adds commands.
  mutating func add(_ commands: [String]) { lines += commands }

  /// Begins a panel.
  mutating func beginPanel(row: Int = 0, column: Int = 0) {
    lines.append(layout.margins(row: row, column: column))
    lines.append(row == 0 && column == 0 ? layout.legend.command(in: layout) : "unset key")
  }

  /// Draws the elements of a panel, of which there is at least one.
  mutating func plot(_ elements: [String]) {
    lines.append("plot " + elements.joined(separator: ", \\\n    "))
  }

  /// A block of the data, with what follows it in a plot.
  func block(_ number: Int, _ rest: String) -> String { "'\(name).dat' index \(number) \(rest)" }

  /// The elements of a series of means with their intervals: columns of place, mean, low and high.
  ///
  /// They are not gnuplot's own error bars, which clear what lies around their points, and so the
  /// points of other series.
  ///
  /// - Parameters:
  ///   - number: The number of the block of data.
  ///   - x: The place, as gnuplot computes it.
  ///   - isJoined: Whether a line joins the means.
  ///   - title: The quoted name in the legend.
  func intervals(
    _ number: Int, x: String = "$1", series: Int, isJoined: Bool = false, title: String
  ) -> [String] {
    let colour = Self.colours[series % Self.colours.count]
    return [
      block(
        number,
        "using (\(x)):3:(0):($4-$3) with vectors heads size screen 0.008,90 "
          + "lc rgb '\(colour)' lw 1.2 notitle"),
      block(
        number,
        "using (\(x)):2 with \(isJoined ? "linespoints" : "points") \(Self.style(series)) "
          + "title \(title)"),
    ]
  }

  /// Colour and sign of a series.
  static func style(_ series: Int) -> String {
    "lc rgb '\(colours[series % colours.count])' pt \(signs[series % signs.count]) ps 0.5 lw 1.2"
  }

  /// The whole script.
  func text(title: String) -> String {
    let font = "font 'sans-serif,\(Self.fontSize)'"
    let (width, height) = (Self.width, layout.height)
    func inPixels(_ length: Int) -> Int { Int((Double(length) * Self.pixels).rounded()) }
    let drawing = ["set multiplot"] + lines + ["unset multiplot", "unset output"]
    return """
      # \(GnuplotText.line(title))
      # Drawn by `gnuplot \(name).gp` in the folder of \(name).dat.
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
  }
}
