import FoundationEssentials
import Journal
import SweepPlan

extension ResultFolder {
  /// Writes `figures/` and `report.html`.
  ///
  /// - Parameters:
  ///   - tables: The tables from ``writeTables(_:of:provenance:)``.
  ///   - journal: The journal with the curves and notes of the trials.
  /// - Returns: Warnings about figures that could not be drawn; all other files are written.
  /// - Throws: ``WriteError``.
  public func writeReport(
    _ results: SweepResults, of sweep: SweepFile, tables: Tables, journal: JournalContents
  ) throws -> [String] {
    let source = FigureSource(
      results, summary: tables.summary, capacity: tables.capacity, journal: journal)
    let (figures, warnings) = try writeFigures(source.figures)
    let page = ReportPage(
      sweep: sweep, source: source, tables: tables, figures: figures,
      provenance: FileManager.default.contents(atPath: provenance),
      warnings: warnings)
    try write(page.html, to: Name.report)
    return warnings
  }
}
