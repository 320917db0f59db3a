import Glibc

/// Memory that several threads share, of one process or of all ranks of a node. A trial takes its part
/// before it starts.
///
/// The parts are locked bytes of an empty file, because the system releases the locks of a process that
/// ends. A thread that waits for its part lets no other go first, so large trials are not starved.
final class MemoryShares: Sendable {
  /// The number of parts.
  private static let count = 1024
  /// The time between two attempts [µs].
  private static let pause: useconds_t = 5000
  // Locks that belong to an open file rather than to a process: F_OFD_SETLK and F_OFD_GETLK.
  fileprivate static let lock: Int32 = 37
  fileprivate static let test: Int32 = 36

  /// The memory.
  let limit: MemoryLimit
  private let path: String
  private let isOwner: Bool

  /// Shares memory with all that use the same name on this machine.
  init(_ limit: MemoryLimit, name: String) {
    self.limit = limit
    let file = "elise-sweep-\(name)"
    let folder = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
    path = "\(folder)/\(file)"
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    isOwner = descriptor >= 0
    if isOwner { close(descriptor) }
  }

  deinit { if isOwner { unlink(path) } }

  /// A part of the memory, taken until this object is released.
  final class Part: Sendable {
    fileprivate let descriptor: Int32
    fileprivate init(_ descriptor: Int32) { self.descriptor = descriptor }
    deinit { if descriptor >= 0 { close(descriptor) } }
  }

  /// Waits until memory is free, and takes it.
  ///
  /// - Parameters:
  ///   - bytes: How much; more than all is all.
  ///   - isLeaving: Whether to stop waiting.
  /// - Returns: Nil if `isLeaving` returned true. Where files cannot be opened or locked, memory counts
  ///   as free.
  func take(_ bytes: Double, isLeaving: () -> Bool) -> Part? {
    let part = Part(open(path, O_RDWR | O_CLOEXEC))
    let share = limit.bytes > 0 ? bytes / limit.bytes * Double(Self.count) : 0
    let count = max(1, Int(min(share.rounded(.up), Double(Self.count))))
    func wait(_ isDone: () -> Bool) -> Bool {
      while !isDone() {
        if isLeaving() { return false }
        usleep(Self.pause)
      }
      return true
    }
    // The first byte is the head of the queue.
    guard part.descriptor >= 0 else { return part }
    guard wait({ part.set(F_WRLCK, 0, 1) }), wait({ part.takeFree(count, of: Self.count) })
    else { return nil }
    _ = part.set(F_UNLCK, 0, 1)
    return part
  }
}

extension MemoryShares.Part {
  private func range(_ type: Int32, _ start: Int, _ count: Int) -> flock {
    var range = Glibc.flock()
    range.l_type = Int16(type)
    range.l_whence = Int16(SEEK_SET)
    range.l_start = start
    range.l_len = count
    return range
  }

  /// Locks or unlocks bytes; false if another one holds some of them.
  fileprivate func set(_ type: Int32, _ start: Int, _ count: Int) -> Bool {
    var range = range(type, start, count)
    return fcntl(descriptor, MemoryShares.lock, &range) == 0 || (errno != EAGAIN && errno != EACCES)
  }

  /// Locks a number of adjacent bytes behind the first; false if there are not enough free ones.
  fileprivate func takeFree(_ count: Int, of all: Int) -> Bool {
    var start = 1
    while start + count <= all + 1 {
      if set(F_WRLCK, start, count) { return true }
      var taken = range(F_WRLCK, start, count)
      guard fcntl(descriptor, MemoryShares.test, &taken) == 0, taken.l_type != Int16(F_UNLCK) else {
        continue
      }
      start = taken.l_start + taken.l_len
    }
    return false
  }
}
