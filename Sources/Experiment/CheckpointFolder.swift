import FoundationEssentials
import SweepPlan

/// Where trials that are not finished are kept.
///
/// A file is named after its trial and the hash of its own bytes, so that a damaged one is never
/// read: the library that reads such files can crash on damage.
package struct CheckpointFolder: Codable, Equatable, Sendable {
  /// The folder. Trials of a node that does not see it are not kept.
  package var path: String

  /// Names the program. Only a checkpoint of the same program is continued, since only then does the
  /// trial end with the same bits.
  package var program: String

  /// How long a trial runs between two checkpoints [s].
  package var interval: Double

  package init(path: String, program: String, interval: Double = 600) {
    self.path = path
    self.program = program
    self.interval = interval
  }

  /// The latest checkpoint of a trial; nil if there is nothing that can be continued.
  package func load(_ trial: TrialID) -> TrialCheckpoint? {
    for file in files(of: trial) {
      guard let hash = ContentHash(ofFile: file), file == self.file(of: trial, hash) else {
        continue
      }
      return TrialCheckpoint.read(file, stamp: stamp(of: trial))
    }
    return nil
  }

  /// Saves a trial and removes its older checkpoint.
  package func save(_ checkpoint: TrialCheckpoint, of trial: TrialID) throws {
    let older = files(of: trial)
    let new = "\(path)/.\(trial).new"
    try checkpoint.write(to: new, stamp: stamp(of: trial))
    guard let hash = ContentHash(ofFile: new) else { throw CocoaError(.fileReadUnknown) }
    let named = file(of: trial, hash)
    guard !older.contains(named) else { return try FileManager.default.removeItem(atPath: new) }
    try FileManager.default.moveItem(atPath: new, toPath: named)
    for file in older { try? FileManager.default.removeItem(atPath: file) }
  }

  /// Removes the checkpoints of a trial.
  package func remove(_ trial: TrialID) {
    for file in files(of: trial) { try? FileManager.default.removeItem(atPath: file) }
  }

  private func files(of trial: TrialID) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.filter { $0.hasPrefix("\(trial)-") }.sorted().map { "\(path)/\($0)" }
  }

  private func file(of trial: TrialID, _ hash: ContentHash) -> String {
    "\(path)/\(trial)-\(hash).nc"
  }

  /// The mark of a file.
  private func stamp(of trial: TrialID) -> String { "\(trial) \(program)" }
}
