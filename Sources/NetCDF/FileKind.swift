import Glibc

/// What lies at a path, found out before the library is let near it.
enum FileKind {
  /// An ordinary file.
  case ordinary

  /// A folder, a device, a pipe.
  case other

  /// Follows symbolic links; nil where there is nothing.
  init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self = status.st_mode & S_IFMT == S_IFREG ? .ordinary : .other
  }

  /// The bytes with which a file of NetCDF-4, which is HDF5, begins.
  private static let signature: [UInt8] = [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]

  /// Whether a file begins like NetCDF-4.
  ///
  /// The library would also read the classic format, but there a damaged header can crash it (seen
  /// with version 4.9.0). The headers of NetCDF-4 carry checksums.
  static func isNetCDF4(_ path: String) throws(NetCDFError) -> Bool {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else {
      throw .system("open", path: path, reason: String(cString: strerror(errno)))
    }
    defer { _ = close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: signature.count)
    return read(descriptor, &bytes, bytes.count) == bytes.count && bytes == signature
  }
}
