import FoundationEssentials
import Journal
import NetCDF
import SweepPlan

/// Writes the tables of a sweep, and what is made from them, into its result folder.
public struct ResultFolder: Sendable {
  /// Why a file cannot be written.
  public struct WriteError: Error, CustomStringConvertible {
    /// The file.
    public let path: String
    /// What the system says.
    public let reason: String

    public var description: String { "\(path): cannot be written: \(reason)" }
  }

  /// What the tables hold.
  public struct Tables: Sendable {
    /// The cells of the grid.
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

  /// The folder's path.
  public let path: String

  /// Names a folder; it is created when the first file is written.
  public init(_ path: String) {
    self.path = path
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

  func write(_ text: String, to name: String) throws { try write(Data(text.utf8), to: name) }

  /// Writes a file, and the folders that its name has.
  func write(_ data: Data, to name: String) throws {
    let file = path + "/" + name
    let folder = file[..<file.lastIndex(of: "/")!]
    do {
      try FileManager.default.createDirectory(
        atPath: String(folder), withIntermediateDirectories: true)
      try data.write(to: URL(filePath: file), options: .atomic)
    } catch {
      throw WriteError(path: file, reason: systemReason(of: error))
    }
  }

  /// Removes what an earlier run left and this one does not make.
  func remove(_ name: String) throws {
    let file = path + "/" + name
    guard FileManager.default.fileExists(atPath: file) else { return }
    do {
      try FileManager.default.removeItem(atPath: file)
    } catch {
      throw WriteError(path: file, reason: systemReason(of: error))
    }
  }
}
