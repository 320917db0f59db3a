import FoundationEssentials
import Journal
import SweepPlan

extension ResultFolder {
  /// The tables that were written.
  public struct Tables: Sendable {
    let summary: SummaryTable
    /// The text of `summary.md`.
    public let markdown: String
    /// The same text for a terminal with this number of columns.
    public let markdownFitting: @Sendable (Int) -> String
    /// The content of `capacity.csv`; nil if the sweep has none.
    let capacity: CapacityTable?
    /// The content of `contrasts.csv` and of `importance.csv`; nil if there is nothing to compare.
    let contrasts: ContrastTable?
    let importance: ImportanceTable?
    /// Warnings for the user.
    public let warnings: [String]
  }

  /// Writes all results from the journal: tables, cube, figures and `report.html`.
  ///
  /// - Parameter provenance: The text of `provenance.json`; nil keeps the existing one.
  /// - Returns: The tables and all warnings, also those about figures that could not be drawn.
  /// - Throws: ``WriteError``.
  public func writeResults(
    _ results: SweepResults, of sweep: SweepFile, journal: JournalContents,
    provenance: String? = nil
  ) throws -> (tables: Tables, warnings: [String]) {
    let tables = try writeTables(results, of: sweep, provenance: provenance)
    let source = FigureSource(
      results: results, summary: tables.summary, capacity: tables.capacity,
      contrasts: tables.contrasts, importance: tables.importance, journal: journal)
    let (figures, warnings) = try writeFigures(source.figures)
    let page = ReportPage(
      sweep: sweep, source: source, tables: tables, figures: figures,
      provenance: Self.smallFile(self.provenance), warnings: warnings)
    try write(page.html, to: Name.report)
    return (tables, tables.warnings + warnings)
  }

  /// Writes the tables, each under a temporary name first, so that nobody reads a half-written one.
  func writeTables(
    _ results: SweepResults, of sweep: SweepFile, provenance: String?
  ) throws -> Tables {
    let summary = SummaryTable(results)
    // Only swept replicates and blocks are named, unless none is swept.
    let swept = results.plan.axes.map(\.key).filter((sweep.replicates + sweep.blockKeys).contains)
    let replicates = swept.isEmpty ? sweep.replicates : swept
    let (name, description) = (sweep.name, sweep.description)
    let frontier = FrontierTable(results)
    let markdown = { @Sendable (width: Int?) in
      summary.markdown(
        title: name, description: description, replicates: replicates, width: width)
        + (frontier?.markdown(width: width) ?? "")
    }
    var warnings: [String] = []
    try write(results.trialTable, to: Name.trials)
    try write(summary.csv, to: "summary.csv")
    try write(markdown(nil), to: "summary.md")
    try write(summary.latex(title: name, replicates: replicates), to: "summary.tex")
    try write(results.costTable, to: "costs.csv")
    try writeOrRemove(frontier?.csv, "frontier.csv")
    if let warning = frontier?.warning { warnings.append(warning) }
    let grid = GridCoordinates(results, summary)
    let (contrasts, importance) = (ContrastTable(grid), ImportanceTable(grid))
    try writeOrRemove(contrasts?.csv, "contrasts.csv")
    try writeOrRemove(importance?.csv, "importance.csv")
    let capacity = CapacityTable(results)
    if let capacity {
      try write(capacity.csv, to: "capacity.csv")
      if capacity.isBelowRecommendedSeeds {
        warnings.append(
          "capacity.csv is based on \(counted(capacity.seeds, "seed")); its intervals need at least 20"
        )
      }
    }
    let cube = path + "/cube.nc"
    do {
      try Cube(results).write(to: cube, title: name, description: description)
    } catch let error as Cube.TooSparse {
      try remove("cube.nc")
      warnings.append("\(error)")
    } catch {
      throw WriteError(path: cube, reason: "\(error)")
    }
    if let provenance { try write(provenance, to: Name.provenance) }
    return Tables(
      summary: summary, markdown: markdown(nil), markdownFitting: markdown, capacity: capacity,
      contrasts: contrasts, importance: importance, warnings: warnings)
  }

  /// Writes a table, or removes that of an earlier sweep if there is none.
  private func writeOrRemove(_ table: String?, _ name: String) throws {
    if let table { try write(table, to: name) } else { try remove(name) }
  }

  /// A figure with its picture.
  struct DrawnFigure: Sendable {
    let figure: Figure
    /// The picture; nil if it could not be drawn.
    let svg: Data?
  }

  /// Writes `figures/`: a script and its data for each figure, and the pictures that gnuplot draws
  /// from them. The files of older figures are removed, other files are kept.
  ///
  /// - Returns: The figures, and warnings about those that could not be drawn.
  func writeFigures(_ figures: [Figure]) throws -> (drawn: [DrawnFigure], warnings: [String]) {
    for name in try oldFigures {
      for suffix in ["dat", "svg", "png", "pdf", "gp"] {
        try remove("\(Name.figures)/\(name).\(suffix)")
      }
    }
    for figure in figures {
      try write(figure.script, to: "\(Name.figures)/\(figure.name).gp")
      try write(figure.data, to: "\(Name.figures)/\(figure.name).dat")
      // gnuplot would write through a symbolic link.
      for suffix in ["svg", "png", "pdf"] { try remove("\(Name.figures)/\(figure.name).\(suffix)") }
    }
    guard let gnuplot = Gnuplot() else {
      return (
        figures.map { DrawnFigure(figure: $0, svg: nil) },
        figures.isEmpty ? [] : ["\(Gnuplot.Failure.missing)"]
      )
    }
    let folder = self.figures
    let drawn = concurrentMap(figures.count) { index -> (figure: DrawnFigure, warning: String?) in
      let figure = figures[index]
      do throws(Gnuplot.Failure) {
        try gnuplot.draw(figure.name + ".gp", in: folder)
        let svg = FileManager.default.contents(atPath: "\(folder)/\(figure.name).svg")
        for (suffix, changed) in [("pdf", Gnuplot.undated), ("png", Gnuplot.measured)] {
          let file = "\(figure.name).\(suffix)"
          if let picture = FileManager.default.contents(atPath: "\(folder)/\(file)") {
            try? write(changed(picture), to: "\(Name.figures)/\(file)")
          }
        }
        return (DrawnFigure(figure: figure, svg: svg), nil)
      } catch {
        return (DrawnFigure(figure: figure, svg: nil), "figures/\(figure.name): \(error)")
      }
    }
    return (drawn.map(\.figure), drawn.compactMap(\.warning))
  }

  /// The names of the figures that an earlier run wrote, without extension.
  private var oldFigures: [String] {
    get throws {
      guard FileManager.default.fileExists(atPath: figures) else { return [] }
      do {
        return try FileManager.default.contentsOfDirectory(atPath: figures)
          .filter { $0.hasSuffix(".gp") }.map { String($0.dropLast(3)) }.sorted()
          .filter { name in
            let script = Self.smallFile("\(figures)/\(name).gp") ?? Data()
            return String(decoding: script, as: UTF8.self).contains(Figure.mark(name))
          }
      } catch {
        throw WriteError(path: figures, reason: systemReason(of: error))
      }
    }
  }
}
