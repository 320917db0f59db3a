import FoundationEssentials

/// What a journal folder holds.
public struct JournalContents: Sendable {
  /// Something that could not be used, and where it stands.
  public struct Damage: Equatable, Sendable, CustomStringConvertible {
    /// The file.
    public let path: String
    /// The line, counted from 1.
    public let line: Int
    /// Whether it is an unfinished last line, which a killed run leaves behind.
    public let isTornEnd: Bool

    public var description: String {
      isTornEnd
        ? "\(path):\(line): the last line is incomplete, as a killed run leaves it; "
          + "its trial runs again"
        : "\(path):\(line): damaged line; its trial runs again"
    }
  }

  /// The valid rows, one per trial: a finished one where there is any, else the newest.
  public private(set) var rows: [TrialID: JournalLine] = [:]

  /// What could not be used.
  public private(set) var damage: [Damage] = []

  private var origin: [TrialID: String] = [:]

  /// An empty journal.
  public init() {}

  /// Takes in one file's bytes.
  ///
  /// - Throws: ``JournalError/conflict(trial:first:second:)``.
  mutating func read(_ bytes: [UInt8], path: String) throws {
    var start = 0
    var number = 0
    while start < bytes.count {
      number += 1
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n"))
      var line = bytes[start..<(end ?? bytes.count)]
      // Some tools that copy text end lines in two characters.
      if line.last == UInt8(ascii: "\r") { line.removeLast() }
      if let row = JournalLine(line) {
        try add(row, from: "\(path):\(number)")
      } else if !line.isEmpty {
        damage.append(Damage(path: path, line: number, isTornEnd: end == nil))
      }
      start = (end ?? bytes.count) + 1
    }
  }

  private mutating func add(_ row: JournalLine, from place: String) throws {
    if let known = rows[row.trial], known.status == .done {
      guard row.status == .done else { return }
      guard
        row.content == known.content
          || TrialContent.agree(
            known.content, row.content, sharedOnly: known.tests != row.tests)
      else {
        throw JournalError.conflict(
          trial: "\(row.trial)", first: origin[row.trial] ?? "?", second: place)
      }
      // A row that measures something new takes the place of the older one.
      if known.tests.isSuperset(of: row.tests) { return }
    }
    rows[row.trial] = row
    origin[row.trial] = place
  }
}

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
    for path in try files(in: folder) {
      guard let data = FileManager.default.contents(atPath: path) else {
        throw JournalError.system(call: "read", path: path, reason: "it is no readable file")
      }
      try contents.read([UInt8](data), path: path)
    }
    return contents
  }
}
