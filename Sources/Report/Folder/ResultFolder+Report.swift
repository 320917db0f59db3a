import FoundationEssentials
import Journal
import SweepPlan

extension ResultFolder {
  /// Writes what people look at: `figures/` and `report.html`.
  ///
  /// - Parameters:
  ///   - tables: What ``writeTables(_:of:provenance:)`` wrote.
  ///   - journal: Where curves and notes of single trials are.
  /// - Returns: What could not be made; the rest is there.
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
    try write(page.html, to: "report.html")
    return warnings
  }
}
