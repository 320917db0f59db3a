import FoundationEssentials
import SweepPlan

/// Reads a journal folder.
public enum JournalReader {
  /// The journal files in a folder, in the order of their names; none where there is no folder.
  public static func files(in folder: String) throws -> [String] {
    var isFolder = false
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) else { return [] }
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder)
        .filter { $0.hasSuffix(".jsonl") }
        .sorted()
        .map { folder + "/" + $0 }
    } catch {
      throw JournalError.system(call: "list", path: folder, reason: systemReason(of: error))
    }
  }

  /// Reads all files of a folder.
  ///
  /// - Throws: ``JournalError``.
  public static func read(folder: String) throws -> JournalContents {
    var contents = JournalContents()
    try contents.read(folder: folder)
    return contents
  }
}

extension JournalContents {
  /// Takes in all files of a folder.
  ///
  /// - Throws: ``JournalError``.
  mutating func read(folder: String) throws {
    for path in try JournalReader.files(in: folder) { try read(file: path) }
  }
}
