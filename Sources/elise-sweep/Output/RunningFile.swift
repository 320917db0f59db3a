import Foundation
import Journal
import MPI
import Runner
import SweepPlan

/// A small file in the result folder that tells `status` about a run in progress.
///
/// It is rewritten every few seconds and removed at the end; an old file means that the run was killed.
/// Nothing else depends on it, so a failure to write it is no error.
struct RunningFile: Codable, Equatable {
  /// The host of rank 0.
  var host: String
  /// The number of MPI ranks.
  var ranks: Int
  /// Compute threads over all ranks.
  var threads: Int
  /// The part of the sweep that runs; nil for all of it.
  var shard: String?
  /// When the run began [seconds since 1970].
  var start: Double
  /// When this was written [seconds since 1970].
  var updated: Double
  /// Trials that this run has not finished, including running ones.
  var left: Int
  /// The part of this run's work that has been done, in [0, 1].
  var fraction: Double
  /// Expected time until the end [s].
  var remaining: Double
  /// Finished trials per second.
  var trialsPerSecond: Double

  /// Time between updates [s].
  static let interval = 2.0
  /// The age of the file beyond which the run was killed [s].
  static let patience = 90.0
  /// The same for a run that is writing tables and figures [s].
  static let patienceForTables = 900.0

  /// Running trials.
  var running: Int { min(threads, left) }

  /// The files in a result folder.
  static func all(in results: ResultFolder) -> [RunningFile] {
    let folder = results.running
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let files = names.filter { $0.hasSuffix(".json") && !$0.hasPrefix(".") }
    return files.sorted().compactMap { name in
      FileManager.default.contents(atPath: folder + "/" + name)
        .flatMap { try? JSONDecoder().decode(RunningFile.self, from: $0) }
    }
  }
}

extension RunningFile {
  /// Keeps the file of this process up to date.
  final class Writer {
    private let results: ResultFolder
    private let path: String
    private var content: RunningFile

    /// Prepares the file of a run; it appears with the first progress.
    init(_ run: RunHeading, start: Double) {
      results = run.folder
      let host = hostName()
      path = "\(results.running)/\(host)-\(getpid()).json"
      content = RunningFile(
        host: host, ranks: run.ranks, threads: run.ranks * run.threads,
        shard: run.shard?.description, start: start, updated: 0, left: 0, fraction: 0,
        remaining: 0, trialsPerSecond: 0)
    }

    /// Writes the progress if the interval has passed.
    func show(_ progress: SweepRun.Progress) {
      let now = Date().timeIntervalSince1970
      let isLast = progress.left == 0 && content.left != 0
      guard isLast || now - content.updated >= RunningFile.interval else { return }
      content.updated = now
      content.left = progress.left
      content.fraction = progress.fraction
      content.remaining = progress.remaining
      content.trialsPerSecond =
        progress.elapsed > 0 ? Double(progress.done) / progress.elapsed : 0
      try? FileManager.default.createDirectory(
        atPath: results.running, withIntermediateDirectories: true)
      try? JSONEncoder().encode(content).write(to: URL(filePath: path), options: .atomic)
    }

    /// Removes the file, and old files of killed runs.
    func remove() {
      try? FileManager.default.removeItem(atPath: path)
      let folder = results.running
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      for name in names {
        let file = folder + "/" + name
        let written =
          (try? FileManager.default.attributesOfItem(atPath: file))?[.modificationDate] as? Date
        if let written, Date().timeIntervalSince(written) > 3600 {
          try? FileManager.default.removeItem(atPath: file)
        }
      }
      // Removes the folder only if it is empty.
      rmdir(folder)
    }
  }
}
