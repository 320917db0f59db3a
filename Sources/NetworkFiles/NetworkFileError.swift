public import NetCDF
public import NeuralCore

/// Why a network file cannot be read or written. Every description begins with the file's path.
public enum NetworkFileError: Error, Equatable {
  /// The file itself is at fault: unreadable, damaged, or a variable misses or has a wrong shape.
  case file(NetCDFError)

  /// The file can be read, but what it holds is no network.
  case network(path: String, NetworkError)

  /// The file is damaged in such a way that the library of NetCDF crashes or hangs on it.
  case unreadable(path: String, reason: String)

  /// A number in the file is not allowed.
  case value(path: String, name: String, found: String, allowed: String)
}

extension NetworkFileError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .file(let error): "\(error)"
    case .network(let path, let error): "\(path): \(error)"
    case .unreadable(let path, let reason):
      "\(path): the file is damaged: \(reason)"
    case .value(let path, let name, let found, let allowed):
      "\(path): \(name): found \(found), allowed is \(allowed)"
    }
  }
}

/// Runs calls on a file and turns their errors into this module's.
func withFileErrors<Result>(
  _ body: () throws(NetCDFError) -> Result
) throws(NetworkFileError) -> Result {
  do throws(NetCDFError) {
    return try body()
  } catch {
    throw .file(error)
  }
}
