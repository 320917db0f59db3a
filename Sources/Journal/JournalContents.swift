import Experiment
import FoundationEssentials
import SweepPlan

/// What a journal holds: which trials have ended and how, and where their results stand.
///
/// The results themselves stay in the files, so that a journal of a million rows takes about
/// 100 MB.
public struct JournalContents: Sendable {
  /// One finished trial.
  public struct Row: Equatable, Sendable {
    /// How it ended.
    public let status: TrialStatus
    /// What was measured.
    public let scoreGroups: Set<ScoreGroup>
    /// The place of its file in ``JournalContents/files``.
    let file: Int32
    /// How long the JSON of its content is [bytes].
    let count: Int32
    /// Where that begins in the file.
    let offset: Int
  }

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
  public private(set) var rows: [TrialID: Row] = [:]

  /// What could not be used.
  public private(set) var damage: [Damage] = []

  /// The files that were read.
  private var files: [String] = []

  /// An empty journal.
  public init() {}

  /// Takes in a file. Of its contents nothing is decoded, but where two rows of one trial differ.
  ///
  /// - Throws: ``JournalError``.
  public mutating func read(file path: String) throws {
    let file = try JournalFile(path)
    let number = Int32(files.count)
    files.append(path)
    var known = JournalEnvelope.KnownGroups()
    try file.forEachLine { line in
      guard let envelope = JournalEnvelope(line.bytes, known: &known) else {
        damage.append(Damage(path: path, line: line.number, isTornEnd: !line.isEnded))
        return
      }
      let row = Row(
        status: envelope.status, scoreGroups: envelope.scoreGroups, file: number,
        count: Int32(envelope.content.count), offset: line.offset + envelope.content.lowerBound)
      if try isBetter(row, for: envelope.trial) { rows[envelope.trial] = row }
    }
  }

  /// Adds a line that a writer of this process has appended, which need not be read again.
  ///
  /// - Parameters:
  ///   - length: How long the line is [bytes].
  ///   - offset: Where it begins in the writer's file, as ``JournalWriter/append(_:)`` returns it.
  ///   - layout: Where its content is.
  /// - Throws: ``JournalError``.
  public mutating func add(
    _ trial: TrialID, _ status: TrialStatus, length: Int, at offset: Int, of writer: JournalWriter,
    _ layout: JournalLayout
  ) throws {
    if files.last != writer.path { files.append(writer.path) }
    // Two finished rows are compared, for which both must be in their files.
    if rows[trial]?.status == .done { try writer.flush() }
    let start = layout.contentOffset(status)
    let row = Row(
      status: status, scoreGroups: layout.scoreGroups, file: Int32(files.count - 1),
      count: Int32(length - start - 1), offset: offset + start)
    if try isBetter(row, for: trial) { rows[trial] = row }
  }

  /// Whether a trial has no valid row for some tests yet, or shall run again because it failed.
  public func isPending(_ trial: TrialID, scoreGroups: [ScoreGroup], retryFailed: Bool) -> Bool {
    guard let row = rows[trial], row.scoreGroups.isSuperset(of: scoreGroups) else { return true }
    return row.status != .done && retryFailed
  }

  /// The JSON of what a row holds.
  ///
  /// - Throws: ``JournalError/system(call:path:reason:)``.
  public func content(of row: Row) throws -> [UInt8] {
    try JournalFile(files[Int(row.file)]).bytes(at: row.offset, count: Int(row.count))
  }

  /// Whether a row takes the place of what is known of its trial.
  ///
  /// - Throws: ``JournalError/conflict(trial:first:second:)`` where both are finished and differ.
  private func isBetter(_ row: Row, for trial: TrialID) throws -> Bool {
    guard let known = rows[trial], known.status == .done else { return true }
    guard row.status == .done else { return false }
    let (first, second) = (try content(of: known), try content(of: row))
    guard
      first == second
        || TrialRecord.agree(first, second, sharedOnly: known.scoreGroups != row.scoreGroups)
    else {
      throw JournalError.conflict(
        trial: "\(trial)", first: try place(of: known), second: try place(of: row))
    }
    // A row that measures something new takes the place of the older one.
    return !known.scoreGroups.isSuperset(of: row.scoreGroups)
  }

  /// The file and line of a row.
  private func place(of row: Row) throws -> String {
    let path = files[Int(row.file)]
    var number = 0
    try JournalFile(path).forEachLine { if $0.offset <= row.offset { number = $0.number } }
    return "\(path):\(number)"
  }
}

extension JournalContents {
  /// Reads the contents of many rows, in the order in which they stand in the files, on all cores.
  ///
  /// - Parameters:
  ///   - rows: The rows.
  ///   - body: Receives the place of a row in `rows` and its JSON; called by several threads.
  /// - Throws: What reading or `body` throws first.
  public func forEachContent(
    of rows: [Row], _ body: @Sendable (_ index: Int, _ json: [UInt8]) throws -> Void
  ) throws {
    let order = rows.indices.sorted {
      (rows[$0].file, rows[$0].offset) < (rows[$1].file, rows[$1].offset)
    }
    try concurrently(order.count) { range in
      var open: (number: Int32, file: JournalFile)?
      for index in order[range] {
        let row = rows[index]
        if open?.number != row.file { open = (row.file, try JournalFile(files[Int(row.file)])) }
        try body(index, try open!.file.bytes(at: row.offset, count: Int(row.count)))
      }
    }
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
