import FoundationEssentials
import Sweep

/// Writes the tables of a sweep into its result folder.
public struct ResultFolder: Sendable {
  /// Why a table cannot be written.
  public struct WriteError: Error, CustomStringConvertible {
    /// The file.
    public let path: String
    /// What the system says.
    public let reason: String

    public var description: String { "\(path): cannot be written: \(reason)" }
  }

  /// The folder's path.
  public let path: String

  /// Names a folder; it is created when the first file is written.
  public init(_ path: String) {
    self.path = path
  }

  /// Writes the tables, each to a temporary name first, so that no half-written one is ever seen.
  ///
  /// - Returns: The text of `summary.md`, and what `capacity.csv` holds where there is one.
  /// - Throws: ``WriteError``.
  public func writeTables(
    _ results: SweepResults, of sweep: SweepFile, provenance: Provenance
  ) throws -> (markdown: String, capacity: CapacityTable?) {
    let summary = SummaryTable(results)
    // Replicates that the grid does not sweep make no difference to name, unless there are no others.
    let swept = results.plan.axes.map(\.key).filter(sweep.replicates.contains)
    let markdown = summary.markdown(
      title: sweep.name, description: sweep.description,
      replicates: swept.isEmpty ? sweep.replicates : swept)
    try write(results.trialTable, to: "trials.csv")
    try write(summary.csv, to: "summary.csv")
    try write(markdown, to: "summary.md")
    try write(results.costTable, to: "costs.csv")
    let capacity = CapacityTable(results)
    if let capacity { try write(capacity.csv, to: "capacity.csv") }
    try write(try provenance.json(), to: "provenance.json")
    return (markdown, capacity)
  }

  private func write(_ text: String, to name: String) throws {
    let file = path + "/" + name
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: URL(filePath: file), options: .atomic)
    } catch {
      throw WriteError(path: file, reason: systemReason(of: error))
    }
  }
}
