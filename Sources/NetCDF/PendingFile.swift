import Glibc

/// A file that takes its name when it is complete.
///
/// It is written under a hidden name in the same folder and renamed at the end, so that its name
/// never stands for half a file, and an older file of that name survives a failure.
struct PendingFile {
  /// Where the file will be.
  let path: String

  /// Where it is until then.
  let temporary: String

  /// - Throws: ``NetCDFError/notAnOrdinaryFile(path:)`` where the name belongs to a folder or a
  ///   device, which must not be replaced.
  init(_ path: String) throws(NetCDFError) {
    guard FileKind(path) ?? .ordinary == .ordinary else { throw .notAnOrdinaryFile(path: path) }
    let split = path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex
    let mark = String(UInt64.random(in: .min ... .max), radix: 36)
    self.path = path
    temporary = "\(path[..<split]).\(path[split...]).\(mark).partial"
  }

  /// Brings the closed file safely to the disk and gives it its name.
  func publish() throws(NetCDFError) {
    let descriptor = open(temporary, O_RDONLY)
    guard descriptor >= 0 else { throw failure("open") }
    let synced = fsync(descriptor)
    guard synced == 0 else {
      let error = failure("fsync")
      _ = close(descriptor)
      throw error
    }
    _ = close(descriptor)
    guard rename(temporary, path) == 0 else { throw failure("rename") }
  }

  /// Removes what has been written.
  func discard() {
    unlink(temporary)
  }

  private func failure(_ call: String) -> NetCDFError {
    .system(call, path: path, reason: String(cString: strerror(errno)))
  }
}
