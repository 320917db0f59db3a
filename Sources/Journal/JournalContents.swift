import Experiment
import FoundationEssentials
import SweepPlan

/// The contents of a journal: the trials that have ended, their status, and the location of their
/// results.
///
/// The results themselves stay in the files, so that a journal of a million rows takes about
/// 100 MB.
public struct JournalContents: Sendable {
  /// One finished trial.
  public struct Row: Equatable, Sendable {
    /// Its status.
    public let status: TrialStatus
    /// The score groups that were measured.
    public let scoreGroups: Set<ScoreGroup>
    /// The index of its file in ``JournalContents/files``.
    let file: Int32
    /// The length of the JSON of its content [bytes].
    let count: Int32
    /// The offset of the content in the file.
    let offset: Int
  }

  /// A damaged line, and its location.
  public struct Damage: Equatable, Sendable, CustomStringConvertible {
    /// The file.
    public let path: String
    /// The line, counted from 1.
    public let line: Int
    /// Whether it is an unfinished last line, as a killed run leaves it.
    public let isTornEnd: Bool

    public var description: String {
      isTornEnd
        ? "\(path):\(line): the last line is incomplete, as a killed run leaves it; "
          + "its trial runs again"
        : "\(path):\(line): damaged line; its trial runs again"
    }
  }

  /// The valid rows, one per trial: a finished one if there is any, otherwise the newest.
  public private(set) var rows: [TrialID: Row] = [:]

  /// The damaged lines.
  public private(set) var damage: [Damage] = []

  /// The files that were read.
  private var files: [String] = []

  /// An empty journal.
  public init() {}

  /// A warning for each of the first damaged lines, and one for all others.
  ///
  /// - Parameter tornEnds: Whether unfinished last lines are among them.
  public func damageWarnings(tornEnds: Bool = true) -> [String] {
    let (damage, most) = (damage.filter { tornEnds || !$0.isTornEnd }, 20)
    let warnings = damage.prefix(most).map { "\($0)".escapingControlCharacters }
    guard damage.count > most else { return warnings }
    return warnings + ["\(damage.count - most) more damaged lines; their trials run again"]
  }

  /// Adds the rows of a file. The JSON is not decoded, unless two rows of one trial differ.
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

  /// A line that this process has appended to a file.
  public struct AppendedLine: Sendable {
    fileprivate let trial: TrialID
    fileprivate let status: TrialStatus
    fileprivate let offset: Int
    fileprivate let length: Int

    /// Describes a line.
    ///
    /// - Parameters:
    ///   - offset: Its offset in the file [bytes], as ``JournalWriter/append(_:)`` returns it.
    ///   - length: Its length without the newline [bytes].
    public init(_ trial: TrialID, _ status: TrialStatus, offset: Int, length: Int) {
      self.trial = trial
      self.status = status
      self.offset = offset
      self.length = length
    }
  }

  /// Adds lines that this process has appended to a file, without reading the file.
  ///
  /// - Parameters:
  ///   - path: The file, which must be closed.
  ///   - layout: The location of the content within each line.
  /// - Throws: ``JournalError``; contradicting results of one trial only after all other lines are
  ///   added.
  public mutating func add(
    _ lines: [AppendedLine], of path: String, _ layout: JournalLayout
  ) throws {
    let file = Int32(files.count)
    files.append(path)
    rows.reserveCapacity(rows.count + lines.count)
    var conflict: JournalError?
    for line in lines {
      let start = layout.contentOffset(line.status)
      let row = Row(
        status: line.status, scoreGroups: layout.scoreGroups, file: file,
        count: Int32(line.length - start - 1), offset: line.offset + start)
      do {
        if try isBetter(row, for: line.trial) { rows[line.trial] = row }
      } catch let error as JournalError {
        conflict = conflict ?? error
      }
    }
    if let conflict { throw conflict }
  }

  /// Whether a trial has no valid row with some tests yet, or must run again because it failed.
  public func isPending(_ trial: TrialID, scoreGroups: [ScoreGroup], retryFailed: Bool) -> Bool {
    guard let row = rows[trial], row.scoreGroups.isSuperset(of: scoreGroups) else { return true }
    return row.status != .done && retryFailed
  }

  /// The path of the file that has a row.
  func path(of row: Row) -> String { files[Int(row.file)] }

  /// The JSON of a row's content.
  ///
  /// - Throws: ``JournalError/system(call:path:reason:)``.
  public func content(of row: Row) throws -> [UInt8] {
    try JournalFile(path(of: row)).bytes(at: row.offset, count: Int(row.count))
  }

  /// Whether a row replaces the known row of its trial.
  ///
  /// - Throws: ``JournalError/conflict(trial:first:second:)`` if both are finished and differ.
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
    // A row with new measurements replaces the older one.
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
  /// Reads the contents of many rows, in their order in the files, in parallel.
  ///
  /// - Parameters:
  ///   - rows: The rows.
  ///   - body: Receives the index of a row in `rows` and its JSON, and throws if it cannot be decoded;
  ///     called by several threads.
  /// - Throws: ``JournalError``.
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
        let json = try open!.file.bytes(at: row.offset, count: Int(row.count))
        do { try body(index, json) } catch { throw JournalError.content(place: try place(of: row)) }
      }
    }
  }
}

/// Reads a journal folder.
public enum JournalReader {
  /// The journal files in a folder, sorted by name; empty if there is no folder.
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
  /// Adds all files of a folder.
  ///
  /// - Throws: ``JournalError``.
  mutating func read(folder: String) throws {
    for path in try JournalReader.files(in: folder) { try read(file: path) }
  }
}
