import FoundationEssentials
import Glibc
import SweepPlan

/// The folder with the results of a sweep: the paths of its files, and how they are written.
public struct ResultFolder: Sendable {
  /// An error in writing a file.
  public struct WriteError: Error, CustomStringConvertible {
    /// The file.
    public let path: String
    /// The reason that the system gives.
    public let reason: String

    /// Creates an error.
    public init(path: String, reason: String) {
      self.path = path
      self.reason = reason
    }

    public var description: String { "\(path): cannot be written: \(reason)" }
  }

  /// The folder's path.
  public let path: String

  /// Creates a reference to a folder; the folder itself is created when the first file is written.
  public init(_ path: String) { self.path = path }

  /// Names of files and folders in it that more than one place needs.
  package enum Name {
    package static let journal = "journal"
    package static let figures = "figures"
    package static let trials = "trials.csv"
    package static let report = "report.html"
    package static let provenance = "provenance.json"
  }

  /// The durable record.
  public var journal: String { path + "/" + Name.journal }
  /// Checkpoints of unfinished trials.
  public var checkpoints: String { path + "/checkpoints" }
  /// A file for each run that is in progress.
  public var running: String { path + "/running" }
  /// The figures.
  public var figures: String { path + "/" + Name.figures }
  /// The table with a row for each trial.
  public var trials: String { path + "/" + Name.trials }
  /// The page that opens in a browser.
  public var report: String { path + "/" + Name.report }
  /// The provenance of the results.
  public var provenance: String { path + "/" + Name.provenance }

  /// Reads the journal; empty if there is none.
  ///
  /// - Throws: ``JournalError``.
  public func readJournal() throws -> JournalContents { try JournalReader.read(folder: journal) }

  /// The number of trials with a checkpoint.
  public var savedTrials: Int {
    let names = try? FileManager.default.contentsOfDirectory(atPath: checkpoints)
    return names?.count { $0.hasSuffix(".nc") && !$0.hasPrefix(".") } ?? 0
  }

  /// When the last result was written [seconds since 1970]; nil if there is none.
  public var latestResult: Double? {
    let files = (try? JournalReader.files(in: journal)) ?? []
    let dates = files.compactMap {
      try? FileManager.default.attributesOfItem(atPath: $0)[.modificationDate] as? Date
    }
    return dates.max()?.timeIntervalSince1970
  }

  /// The bytes of a small file that a run writes; nil if it cannot be read.
  package static func smallFile(_ path: String) -> Data? {
    (try? RegularFile.bytes(of: path, limit: 1 << 20)).map { Data($0) }
  }

  package func write(_ text: String, to name: String) throws {
    try write(Data(text.utf8), to: name)
  }

  /// Writes a file, and the folders in its name if they are missing.
  package func write(_ data: Data, to name: String) throws {
    let file = path + "/" + name
    let folder = file[..<file.lastIndex(of: "/")!]
    do {
      try FileManager.default.createDirectory(
        atPath: String(folder), withIntermediateDirectories: true)
      try data.write(to: URL(filePath: file), options: .atomic)
    } catch {
      var isFolder = false
      let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      throw exists && !isFolder
        ? WriteError(path: path, reason: "not a folder")
        : WriteError(path: file, reason: systemReason(of: error))
    }
  }

  /// Removes a file that an earlier run wrote and this one does not. Of a symbolic link, only the
  /// link is removed.
  package func remove(_ name: String) throws {
    let file = path + "/" + name
    guard unlink(file) == 0 || errno == ENOENT else {
      throw WriteError(path: file, reason: String(cString: strerror(errno)))
    }
  }
}
