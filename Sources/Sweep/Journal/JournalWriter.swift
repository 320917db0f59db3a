import FoundationEssentials
import Glibc

/// Appends finished trials to a journal file of its own.
///
/// Each run writes to a new file, so there is never more than one writer per file and no lock is
/// needed. A line is handed to the system in one call as soon as the trial is finished: it survives
/// the death of this process. At most once a second the file is synchronised, which bounds what a
/// power cut costs.
public final class JournalWriter {
  private let descriptor: Int32
  private let path: String
  private var lastSync = ContinuousClock.now
  private var isDirty = false

  /// Creates the next free file `run-NNNNNN.jsonl` in a folder, which is created where missing.
  ///
  /// - Throws: ``JournalError/system(call:path:reason:)``.
  public init(folder: String) throws {
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw JournalError.system(
        call: "create folder", path: folder, reason: systemReason(of: error))
    }
    var number = try Self.nextNumber(in: folder)
    while true {
      let digits = String(number)
      let name = "run-" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
      let path = folder + "/" + name + ".jsonl"
      let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o644)
      if descriptor >= 0 {
        self.descriptor = descriptor
        self.path = path
        return
      }
      guard errno == EEXIST else {
        throw Self.failure(of: "create", path)
      }
      number += 1
    }
  }

  /// Writes one line.
  ///
  /// - Parameter line: The bytes of a ``JournalLine``, without newline.
  /// - Throws: ``JournalError/system(call:path:reason:)``, a full disk for example.
  public func append(_ line: [UInt8]) throws {
    let bytes = line + [UInt8(ascii: "\n")]
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        throw Self.failure(of: "write", path)
      }
      written += count
    }
    isDirty = true
    if lastSync.duration(to: .now) > .seconds(1) { try synchronise() }
  }

  /// Makes what was written survive a power cut.
  public func synchronise() throws {
    guard isDirty else { return }
    guard fsync(descriptor) == 0 || errno == EINVAL || errno == EROFS else {
      throw Self.failure(of: "fsync", path)
    }
    isDirty = false
    lastSync = .now
  }

  /// Synchronises and closes; a file without any line is removed.
  public func close() throws {
    try synchronise()
    let isEmpty = lseek(descriptor, 0, SEEK_END) == 0
    guard Glibc.close(descriptor) == 0 else {
      throw Self.failure(of: "close", path)
    }
    if isEmpty { unlink(path) }
  }

  /// The error of a system call that has just failed.
  private static func failure(of call: String, _ path: String) -> JournalError {
    .system(call: call, path: path, reason: String(cString: strerror(errno)))
  }

  /// The number behind that of every file in a folder, so that names keep the order of the runs.
  private static func nextNumber(in folder: String) throws -> Int {
    let numbers = try JournalReader.files(in: folder).compactMap { path in
      path.wholeMatch(of: /.*\/run-([0-9]{6,15})\.jsonl/).flatMap { Int($0.1) }
    }
    return 1 + (numbers.max() ?? 0)
  }
}
