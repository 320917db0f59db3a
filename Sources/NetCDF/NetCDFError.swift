/// The reason why a NetCDF file cannot be read or written.
public enum NetCDFError: Error, Equatable {
  /// A call of the NetCDF library failed. `name` is the variable, dimension or attribute, if any.
  case call(String, path: String, name: String?, code: Int32, reason: String)

  /// A call of the operating system failed.
  case system(String, path: String, reason: String)

  /// The path belongs to a folder, a device or a pipe.
  case notAnOrdinaryFile(path: String)

  /// The file does not begin as a NetCDF-4 file does. The classic format is not read either.
  case notNetCDF4(path: String)

  /// A variable, dimension or attribute does not exist.
  case missing(String, path: String, name: String)

  /// A variable or attribute has the wrong type.
  case wrongType(path: String, name: String, found: String, allowed: String)

  /// A variable has the wrong shape; `nil` means any length.
  case wrongShape(path: String, name: String, found: [Int], allowed: [Int?])

  /// An array has more values than the limit.
  case tooLarge(path: String, name: String, shape: [Int], limit: Int)
}

extension NetCDFError: CustomStringConvertible {
  /// `NC_EHDFERR`, the code for everything that HDF5 cannot do.
  private static let failedStorage: Int32 = -101

  public var description: String {
    switch self {
    case .call(let call, let path, let name, let code, let reason):
      "\(path): \(name.map { "\($0): " } ?? "")\(reason) (\(call), code \(code))"
        + (code == Self.failedStorage ? "; the memory or the disk may be full" : "")
    case .system(let call, let path, let reason):
      "\(path): \(reason) (\(call))"
    case .notAnOrdinaryFile(let path):
      "\(path): got a folder or device; expected an ordinary file"
    case .notNetCDF4(let path):
      "\(path): got another format; expected a NetCDF-4 file"
    case .missing(let kind, let path, let name):
      "\(path): got no \(kind) \(name); expected one"
    case .wrongType(let path, let name, let found, let allowed):
      "\(path): \(name): got \(found); expected \(allowed)"
    case .wrongShape(let path, let name, let found, let allowed):
      "\(path): \(name): got shape \(found); expected "
        + "[\(allowed.map { $0.map(String.init) ?? "any" }.joined(separator: ", "))]"
    case .tooLarge(let path, let name, let shape, let limit):
      "\(path): \(name): got shape \(shape); expected at most \(limit) values"
    }
  }
}
