import Journal
import NetCDF
import SweepPlan

extension ResultFolder {
  /// What the tables hold.
  public struct Tables: Sendable {
    /// The conditions of the grid.
    public let summary: SummaryTable
    /// The text of `summary.md`.
    public let markdown: String
    /// The same for a terminal of so many columns.
    public let markdownFitting: @Sendable (Int) -> String
    /// What `capacity.csv` holds; nil where there is none.
    public let capacity: CapacityTable?
    /// What a user should know of.
    public let warnings: [String]
  }

  /// Writes the tables, each to a temporary name first, so that no half-written one is ever seen.
  ///
  /// - Parameter provenance: The record of a run; nil leaves the one that is there.
  /// - Throws: ``WriteError``.
  public func writeTables(
    _ results: SweepResults, of sweep: SweepFile, provenance: Provenance?
  ) throws -> Tables {
    let summary = SummaryTable(results)
    // Replicates that the grid does not sweep make no difference to name, unless there are no others.
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
    try write(results.trialTable, to: "trials.csv")
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
          "capacity.csv rests on \(capacity.seeds) seeds; its intervals need 20 or more")
      }
    }
    do {
      try writeCube(Cube(results), of: sweep)
    } catch let error as Cube.TooSparse {
      try remove("cube.nc")
      warnings.append("\(error)")
    }
    if let provenance { try write(try provenance.json(), to: "provenance.json") }
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

  /// Writes everything that is made from the journal: tables, cube, figures and `report.html`.
  ///
  /// - Parameter provenance: The record of a run; nil leaves the one that is there.
  /// - Returns: What the tables hold, and what a user should know, also of what could not be made.
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
