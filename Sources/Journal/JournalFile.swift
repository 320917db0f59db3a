import Glibc
import SweepPlan

/// A journal file that is being read.
///
/// All unsafe code for reading journal files is here.
final class JournalFile {
  private let descriptor: Int32
  private let path: String
  /// The length of the file when it was opened [bytes].
  private let length: Int

  /// Opens a file.
  ///
  /// - Throws: ``JournalError/system(call:path:reason:)``.
  init(_ path: String) throws(JournalError) {
    // Without O_NONBLOCK, a pipe would be waited for.
    descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    self.path = path
    var status = stat()
    let isOpen = descriptor >= 0 && fstat(descriptor, &status) == 0
    length = Int(status.st_size)
    guard isOpen else { throw failure(of: "open") }
    guard [S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT) else {
      throw .system(call: "read", path: path, reason: "\(FileProblem.notAFile)")
    }
  }

  deinit { close(descriptor) }

  /// One line of a file, valid only during the callback that receives it.
  struct Line {
    /// Its bytes without the line ending.
    let bytes: UnsafeBufferPointer<UInt8>
    /// The offset of its first byte in the file.
    let offset: Int
    /// Its number, counted from 1.
    let number: Int
    /// Whether a newline ends it, as it does every complete line.
    let isEnded: Bool

    /// The line in a range of bytes; nil if it is empty.
    fileprivate init?(
      _ range: Range<Int>, in buffer: UnsafeBufferPointer<UInt8>, offset: Int, number: Int,
      isEnded: Bool
    ) {
      var line = buffer[range]
      // Some tools that copy text end lines with CR LF.
      if line.last == UInt8(ascii: "\r") { line.removeLast() }
      guard !line.isEmpty else { return nil }
      bytes = UnsafeBufferPointer(rebasing: line)
      self.offset = offset + range.lowerBound
      self.number = number
      self.isEnded = isEnded
    }
  }

  /// The length of a line that is not read to its end, and so is damaged [bytes].
  static let excessiveLength = 1 << 22

  /// Reads all lines that are not empty, in pieces, so that memory does not grow with the file.
  func forEachLine(_ body: (Line) throws -> Void) throws {
    // A folder may have thousands of small files.
    var buffer = [UInt8](repeating: 0, count: max(1 << 12, min(length + 1, 1 << 20)))
    // The number of bytes in the buffer, and the file offset of the first one.
    var (filled, offset, number) = (0, 0, 0)
    while true {
      let count = try read(into: &buffer, from: filled, at: offset + filled)
      filled += count
      let used = try buffer.withUnsafeBufferPointer { bytes in
        try Self.lines(of: UnsafeBufferPointer(rebasing: bytes[..<filled]), areLast: count == 0) {
          number += 1
          if let line = Line($0, in: bytes, offset: offset, number: number, isEnded: $1) {
            try body(line)
          }
        }
      }
      if count == 0 { return }
      if used == 0 && filled >= Self.excessiveLength {
        let next = try startOfLine(after: offset + filled)
        number += 1
        try buffer.withUnsafeBufferPointer { bytes in
          let line = Line(
            0..<filled, in: bytes, offset: offset, number: number, isEnded: next != nil)
          if let line { try body(line) }
        }
        guard let next else { return }
        (filled, offset) = (0, next)
      } else if used == 0 && filled == buffer.count {
        // A line that fills the buffer needs a larger one.
        buffer += repeatElement(0, count: buffer.count)
      } else {
        buffer.withUnsafeMutableBytes { bytes in
          _ = memmove(bytes.baseAddress!, bytes.baseAddress! + used, filled - used)
        }
        offset += used
        filled -= used
      }
    }
  }

  /// Finds the lines of some bytes.
  ///
  /// - Parameter areLast: Whether the file ends here, with or without a newline.
  /// - Returns: The number of bytes that belong to the lines found.
  private static func lines(
    of bytes: UnsafeBufferPointer<UInt8>, areLast: Bool,
    _ found: (_ line: Range<Int>, _ isEnded: Bool) throws -> Void
  ) rethrows -> Int {
    guard let base = bytes.baseAddress else { return 0 }
    var start = 0
    while let newline = memchr(base + start, Int32(UInt8(ascii: "\n")), bytes.count - start) {
      let end = UnsafeRawPointer(newline) - UnsafeRawPointer(base)
      try found(start..<end, true)
      start = end + 1
    }
    if areLast && start < bytes.count { try found(start..<bytes.count, false) }
    return start
  }

  /// `SEEK_DATA` of Linux, which the headers only show to GNU programs.
  private static let seekData: Int32 = 3

  /// The offset behind the next newline; nil if there is none. Holes of the file are not read.
  private func startOfLine(after start: Int) throws -> Int? {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var offset = start
    while true {
      let data = lseek(descriptor, offset, Self.seekData)
      if data < 0 && errno == ENXIO { return nil }
      offset = max(offset, data)
      let count = try read(into: &buffer, from: 0, at: offset)
      if count == 0 { return nil }
      if let place = buffer[..<count].firstIndex(of: UInt8(ascii: "\n")) {
        return offset + place + 1
      }
      offset += count
    }
  }

  /// Reads a part of the file.
  func bytes(at offset: Int, count: Int) throws -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let more = try read(into: &buffer, from: filled, at: offset + filled)
      guard more > 0 else {
        throw JournalError.system(call: "read", path: path, reason: "the file became shorter")
      }
      filled += more
    }
    return buffer
  }

  /// Reads as many bytes as are available and fit; 0 at the end of the file.
  private func read(into buffer: inout [UInt8], from start: Int, at offset: Int) throws -> Int {
    while true {
      let count = buffer.withUnsafeMutableBytes {
        pread(descriptor, $0.baseAddress! + start, $0.count - start, offset)
      }
      if count >= 0 { return count }
      if errno != EINTR { throw failure(of: "read") }
    }
  }

  private func failure(of call: String) -> JournalError {
    .system(call: call, path: path, reason: String(cString: strerror(errno)))
  }
}
