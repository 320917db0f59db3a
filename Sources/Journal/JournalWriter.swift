import Dispatch
import FoundationEssentials
import Glibc
import SweepPlan
import Synchronization

/// Appends finished trials to a journal file of its own.
///
/// Each run writes to a new file, so there is never more than one writer per file and no lock is
/// needed. Lines are gathered until ``flush()`` hands them to the system in one call: from then on
/// they survive the death of this process. At most once a second the file is synchronised, which
/// bounds what a power cut costs.
public final class JournalWriter {
  private let descriptor: Int32
  /// The file.
  public let path: String
  private var gathered: [UInt8] = []
  /// How long the file is with what was gathered [bytes].
  private var length = 0
  private let synchroniser: FileSynchroniser
  private var lastSynchronisation = ContinuousClock.now
  /// Whether something was written since then.
  private var isDirty = false

  /// So many gathered bytes are handed to the system without waiting for ``flush()``.
  private static let limit = 1 << 20

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
  /// - Returns: Where the line begins in the file.
  /// - Throws: ``JournalError/system(call:path:reason:)``, a full disk for example.
  @discardableResult
  public func append(_ line: ArraySlice<UInt8>) throws -> Int {
    let start = length
    gathered += line
    gathered.append(UInt8(ascii: "\n"))
    length += line.count + 1
    if gathered.count >= Self.limit { try flush() }
    return start
  }

  /// Hands what was added to the system. To be called often, also when nothing was added: what was
  /// written long ago may still have to be synchronised.
  ///
  /// - Throws: ``JournalError/system(call:path:reason:)``, also where an earlier synchronisation
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

  /// Writes what was added, synchronises and closes; a file without any line is removed.
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

  /// The error of a system call, by default of one that has just failed.
  private static func failure(of call: String, _ path: String, _ number: Int32) -> JournalError {
    .system(call: call, path: path, reason: String(cString: strerror(number)))
  }

  private func failure(of call: String, _ number: Int32 = errno) -> JournalError {
    Self.failure(of: call, path, number)
  }

  /// The number behind that of every file in a folder, so that names keep the order of the runs.
  private static func nextNumber(in folder: String) throws -> Int {
    let numbers = try JournalReader.files(in: folder).compactMap { path in
      path.wholeMatch(of: /.*\/run-([0-9]{6,15})\.jsonl/).flatMap { Int($0.1) }
    }
    return 1 + (numbers.max() ?? 0)
  }
}

/// Makes what was written to a file survive a power cut, while its writer goes on: on some file
/// systems that takes seconds.
final class FileSynchroniser: Sendable {
  private let descriptor: Int32
  private let queue = DispatchQueue(label: "fsync")
  private let isBusy = Atomic(false)
  /// The error number of a synchronisation that failed; 0 where none did.
  private let failure = Atomic<Int32>(0)

  /// - Parameter descriptor: The file, which must stay open until ``finish()`` has returned.
  init(_ descriptor: Int32) {
    self.descriptor = descriptor
  }

  /// Begins to synchronise, unless that is going on.
  ///
  /// - Returns: Whether all that has been written until now is taken care of.
  func start() -> Bool {
    guard !isBusy.exchange(true, ordering: .acquiring) else { return false }
    queue.async { [self] in
      // Some file systems know no synchronisation.
      if fsync(descriptor) != 0 && errno != EINVAL && errno != EROFS {
        failure.store(errno, ordering: .relaxed)
      }
      isBusy.store(false, ordering: .releasing)
    }
    return true
  }

  /// Waits until nothing is going on.
  func finish() {
    queue.sync {}
  }

  /// The error number of a synchronisation that failed; nil where none did.
  var failedWith: Int32? {
    let number = failure.load(ordering: .relaxed)
    return number == 0 ? nil : number
  }
}
