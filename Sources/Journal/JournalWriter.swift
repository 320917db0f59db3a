import FoundationEssentials
import Glibc
import SweepPlan
import Synchronization

/// Appends finished trials to a journal file of its own.
///
/// Each run writes to a new file, so there is never more than one writer per file and no lock is
/// needed. Lines are buffered until ``flush()`` writes them in one system call; after that they
/// survive a crash of this process. The file is synchronised at most once a second, so a power cut
/// loses little more than the last second.
public final class JournalWriter {
  private let descriptor: Int32
  /// The file.
  public let path: String
  private var gathered: [UInt8] = []
  /// The length of the file with the buffered lines [bytes].
  private var length = 0
  private let synchroniser: FileSynchroniser
  private var lastSynchronisation = ContinuousClock.now
  /// Whether anything was written since then.
  private var isDirty = false

  /// This many buffered bytes are written without waiting for ``flush()``.
  private static let limit = 1 << 20

  /// Creates the next free file `run-NNNNNN.jsonl` in a folder, which is created if missing.
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
        synchroniser = FileSynchroniser(descriptor)
        self.path = path
        return
      }
      guard errno == EEXIST else {
        throw Self.failure(of: "create", path, errno)
      }
      number += 1
    }
  }

  /// Adds one line.
  ///
  /// - Parameter line: The bytes of a ``JournalLine``, without newline.
  /// - Returns: The offset of the line in the file.
  /// - Throws: ``JournalError/system(call:path:reason:)``, for example for a full disk.
  @discardableResult
  public func append(_ line: ArraySlice<UInt8>) throws -> Int {
    let start = length
    gathered += line
    gathered.append(UInt8(ascii: "\n"))
    length += line.count + 1
    if gathered.count >= Self.limit { try flush() }
    return start
  }

  /// Writes the buffered lines. Call it often, also if nothing was added: earlier lines may still
  /// have to be synchronised.
  ///
  /// - Throws: ``JournalError/system(call:path:reason:)``, also if an earlier synchronisation
  ///   failed.
  public func flush() throws {
    try write()
    if isDirty, lastSynchronisation.duration(to: .now) > .seconds(1), synchroniser.start() {
      isDirty = false
      lastSynchronisation = .now
    }
    if let number = synchroniser.failedWith { throw failure(of: "fsync", number) }
  }

  private func write() throws {
    var rest = gathered[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        throw failure(of: "write")
      }
      rest = rest.dropFirst(count)
      isDirty = true
    }
    gathered.removeAll(keepingCapacity: true)
  }

  /// Writes the buffered lines, synchronises and closes the file; a file without lines is removed.
  public func close() throws {
    try write()
    synchroniser.finish()
    if isDirty {
      _ = synchroniser.start()
      synchroniser.finish()
    }
    if let number = synchroniser.failedWith { throw failure(of: "fsync", number) }
    let isEmpty = lseek(descriptor, 0, SEEK_END) == 0
    guard Glibc.close(descriptor) == 0 else { throw failure(of: "close") }
    if isEmpty { unlink(path) }
  }

  /// The error of a system call, by default of the one that has just failed.
  private static func failure(of call: String, _ path: String, _ number: Int32) -> JournalError {
    .system(call: call, path: path, reason: String(cString: strerror(number)))
  }

  private func failure(of call: String, _ number: Int32 = errno) -> JournalError {
    Self.failure(of: call, path, number)
  }

  /// One more than the highest file number in a folder, so that names sort in the order of the
  /// runs.
  private static func nextNumber(in folder: String) throws -> Int {
    let numbers = try JournalReader.files(in: folder).compactMap { path in
      path.wholeMatch(of: /.*\/run-([0-9]{6,15})\.jsonl/).flatMap { Int($0.1) }
    }
    return 1 + (numbers.max() ?? 0)
  }
}

/// Synchronises a file in the background, so that its data survive a power cut. On some file
/// systems this takes seconds, during which the writer continues.
final class FileSynchroniser: Sendable {
  private let descriptor: Int32
  private let isBusy = Atomic(false)
  /// The error number of a failed synchronisation; 0 if none failed.
  private let failure = Atomic<Int32>(0)

  /// - Parameter descriptor: The file, which must stay open until ``finish()`` has returned.
  init(_ descriptor: Int32) {
    self.descriptor = descriptor
  }

  /// Starts a synchronisation, unless one is in progress.
  ///
  /// - Returns: Whether the new synchronisation covers everything written so far.
  func start() -> Bool {
    guard !isBusy.exchange(true, ordering: .acquiring) else { return false }
    let synchronise: @Sendable () -> Void = { [self] in
      // Some file systems do not support synchronisation.
      if fsync(descriptor) != 0 && errno != EINVAL && errno != EROFS {
        failure.store(errno, ordering: .relaxed)
      }
      isBusy.store(false, ordering: .releasing)
    }
    if let thread = RunningThread(synchronise) { thread.detach() } else { synchronise() }
    return true
  }

  /// Waits for the synchronisation in progress.
  func finish() {
    while isBusy.load(ordering: .acquiring) { usleep(200) }
  }

  /// The error number of a failed synchronisation; nil if none failed.
  var failedWith: Int32? {
    let number = failure.load(ordering: .relaxed)
    return number == 0 ? nil : number
  }
}
