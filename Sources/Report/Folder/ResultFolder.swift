import Journal
import NetCDF
import SweepPlan

extension ResultFolder {
  /// The tables that were written.
  public struct Tables: Sendable {
    /// The statistics of the conditions.
    public let summary: SummaryTable
    /// The text of `summary.md`.
    public let markdown: String
    /// The same text for a terminal with this number of columns.
    public let markdownFitting: @Sendable (Int) -> String
    /// The content of `capacity.csv`; nil if the sweep has none.
    public let capacity: CapacityTable?
    /// Warnings for the user.
    public let warnings: [String]
  }

  /// Writes the tables, each under a temporary name first, so that nobody reads a half-written one.
  ///
  /// - Parameter provenance: The record of a run; nil keeps the existing one.
  /// - Throws: ``WriteError``.
  public func writeTables(
    _ results: SweepResults, of sweep: SweepFile, provenance: Provenance?
  ) throws -> Tables {
    let summary = SummaryTable(results)
    // Only swept replicates are named, unless none is swept.
    let swept = results.plan.axes.map(\.key).filter(sweep.replicates.contains)
    let replicates = swept.isEmpty ? sweep.replicates : swept
    let (name, description) = (sweep.name, sweep.description)
    let frontier = FrontierTable(results)
    let frontierText = frontier?.markdown ?? ""
    let markdown = { @Sendable (width: Int?) in
      summary.markdown(
        title: name, description: description, replicates: replicates, width: width)
        + frontierText
    }
    var warnings: [String] = []
    try write(results.trialTable, to: Name.trials)
    try write(summary.csv, to: "summary.csv")
    try write(markdown(nil), to: "summary.md")
    try write(results.costTable, to: "costs.csv")
    if let frontier {
      try write(frontier.csv, to: "frontier.csv")
      if let warning = frontier.warning { warnings.append(warning) }
    } else {
      try remove("frontier.csv")
    }
    let capacity = CapacityTable(results)
    if let capacity {
      try write(capacity.csv, to: "capacity.csv")
      if capacity.isBelowRecommendedSeeds {
        warnings.append(
          "capacity.csv is based on \(capacity.seeds) seeds; its intervals need at least 20")
      }
    }
    do {
      try writeCube(Cube(results), of: sweep)
    } catch let error as Cube.TooSparse {
      try remove("cube.nc")
      warnings.append("\(error)")
    }
    if let provenance { try write(try provenance.json(), to: Name.provenance) }
    return Tables(
      summary: summary, markdown: markdown(nil), markdownFitting: markdown, capacity: capacity,
      warnings: warnings)
  }

  private func writeCube(_ cube: Cube, of sweep: SweepFile) throws {
    let file = path + "/cube.nc"
    do {
      try cube.write(to: file, title: sweep.name, description: sweep.description)
    } catch {
      throw WriteError(path: file, reason: "\(error)")
    }
  }

  /// Writes all results from the journal: tables, cube, figures and `report.html`.
  ///
  /// - Parameter provenance: The record of a run; nil keeps the existing one.
  /// - Returns: The tables and all warnings, also those about figures that could not be drawn.
  /// - Throws: ``WriteError``.
  public func writeResults(
    _ results: SweepResults, of sweep: SweepFile, journal: JournalContents,
    provenance: Provenance? = nil
  ) throws -> (tables: Tables, warnings: [String]) {
    let tables = try writeTables(results, of: sweep, provenance: provenance)
    let warnings = try writeReport(results, of: sweep, tables: tables, journal: journal)
    return (tables, tables.warnings + warnings)
  }
}
