import FoundationEssentials
import Glibc

/// The reason why a file cannot be read.
public enum FileProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// There is no such file, but perhaps one with a similar name in the same folder.
  case missing(nearest: String? = nil)
  case folder
  /// A pipe, a device or a socket.
  case notAFile
  /// More than `limit` bytes.
  case tooLarge(limit: Int)
  /// An error of the system, with its reason.
  case refused(String)

  /// The reason, as part of a sentence.
  public var description: String {
    switch self {
    case .missing(let nearest): "no such file" + didYouMean(nearest)
    case .folder: "this is a folder, not a file"
    case .notAFile: "this is a pipe, a device or a socket, not a file"
    case .tooLarge(let limit): "the file is larger than \(limit / 1_000_000) MB"
    case .refused(let reason): "the file cannot be read: \(reason)"
    }
  }
}

/// Reads files whose paths users give.
package enum RegularFile {
  /// The bytes of a regular file. A pipe or a device, which may never end, is refused before it is
  /// read.
  ///
  /// - Throws: ``FileProblem``.
  package static func bytes(of path: String, limit: Int) throws(FileProblem) -> [UInt8] {
    let (file, size) = try descriptor(of: path)
    defer { close(file) }
    guard size <= limit else { throw .tooLarge(limit: limit) }

    // The size of some files, such as those of /proc, is unknown; one byte more finds the end.
    var bytes = [UInt8](repeating: 0, count: size + 1)
    var count = 0
    while true {
      let room = bytes.count - count
      let found = bytes.withUnsafeMutableBytes { read(file, $0.baseAddress! + count, room) }
      if found < 0 && errno == EINTR { continue }
      guard found >= 0 else { throw FileProblem(code: errno, path) }
      if found == 0 { break }
      count += found
      guard count <= limit else { throw .tooLarge(limit: limit) }
      if count == bytes.count { bytes += [UInt8](repeating: 0, count: 65_536) }
    }
    return Array(bytes.prefix(count))
  }

  /// Opens a regular file for reading. A pipe or a device is refused, and not waited for.
  ///
  /// - Returns: The file, to be closed by the caller, and its size [bytes].
  /// - Throws: ``FileProblem``.
  static func descriptor(of path: String) throws(FileProblem) -> (file: Int32, size: Int) {
    // The system would end the name at a NUL.
    if path.isEmpty || path.utf8.contains(0) { throw .missing() }
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw FileProblem(code: errno, path) }
    var status = stat()
    let problem: FileProblem? =
      if fstat(file, &status) != 0 {
        FileProblem(code: errno, path)
      } else {
        switch status.st_mode & S_IFMT {
        case S_IFREG: nil
        case S_IFDIR: .folder
        default: .notAFile
        }
      }
    guard let problem else { return (file, Int(status.st_size)) }
    close(file)
    throw problem
  }

  /// The folder of a file, `.` for a bare name.
  package static func folder(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// A path that may be relative to a folder, relative to the working folder.
  package static func path(_ path: String, in folder: String) -> String {
    path.hasPrefix("/") || folder == "." ? path : "\(folder)/\(path)"
  }
}

extension FileProblem {
  fileprivate init(code: Int32, _ path: String) {
    switch code {
    case ENOENT, ENOTDIR: self = .missing(nearest: Self.nearest(to: path))
    case ENXIO: self = .notAFile
    default: self = .refused(String(cString: strerror(code)))
    }
  }

  /// The file in the folder of a path whose name is most like it; nil if none is.
  private static func nearest(to path: String) -> String? {
    let folder = RegularFile.folder(of: path)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return name.nearest(of: names.sorted())
  }
}
