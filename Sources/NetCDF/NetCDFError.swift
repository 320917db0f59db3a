/// Why a NetCDF file cannot be read or written.
public enum NetCDFError: Error, Equatable {
  /// A call of the NetCDF library failed. `name` is the variable, dimension or attribute, if any.
  case call(String, path: String, name: String?, code: Int32, reason: String)

  /// A call of the operating system failed.
  case system(String, path: String, reason: String)

  /// The path leads to something else than an ordinary file.
  case notAnOrdinaryFile(path: String)

  /// The file begins like no NetCDF-4 file; files of the classic format are not read either.
  case notNetCDF4(path: String)

  /// A variable, dimension or attribute is not there.
  case missing(String, path: String, name: String)

  /// A variable or attribute holds another type of value than is needed.
  case wrongType(path: String, name: String, found: String, allowed: String)

  /// A variable has another shape than is needed; `nil` stands for any length.
  case wrongShape(path: String, name: String, found: [Int], allowed: [Int?])

  /// An array is larger than this program is willing to read.
  case tooLarge(path: String, name: String, shape: [Int], limit: Int)
}

extension NetCDFError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .call(let call, let path, let name, let code, let reason):
      "\(path): \(name.map { "\($0): " } ?? "")\(reason) (\(call), code \(code))"
    case .system(let call, let path, let reason):
      "\(path): \(reason) (\(call))"
    case .notAnOrdinaryFile(let path):
      "\(path): not an ordinary file"
    case .notNetCDF4(let path):
      "\(path): not a NetCDF-4 file"
    case .missing(let kind, let path, let name):
      "\(path): there is no \(kind) \(name)"
    case .wrongType(let path, let name, let found, let allowed):
      "\(path): \(name): found \(found), allowed is \(allowed)"
    case .wrongShape(let path, let name, let found, let allowed):
      "\(path): \(name): found shape \(found), allowed is "
        + "[\(allowed.map { $0.map(String.init) ?? "any" }.joined(separator: ", "))]"
    case .tooLarge(let path, let name, let shape, let limit):
      "\(path): \(name): found shape \(shape), allowed are at most \(limit) values"
    }
  }
}
