public import NetCDF
public import NeuralCore

/// The reason why a network file cannot be read or written. Every description begins with the path.
public enum NetworkFileError: Error, Equatable {
  /// The file is unreadable or damaged, or a variable is missing or has the wrong type or shape.
  case file(NetCDFError)

  /// The file is a NetCDF file of something else.
  case noNetwork(path: String)

  /// The file has a network of a model other than ELiSe and its variants.
  case otherModel(path: String, model: String)

  /// The file is readable, but its values do not form a network.
  case network(path: String, NetworkError)

  /// The file is damaged so that the NetCDF library crashes or hangs.
  case unreadable(path: String, reason: String)

  /// A number in the file is out of range.
  case value(path: String, name: String, found: String, allowed: String)
}

extension NetworkFileError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .file(let error): "\(error)"
    case .network(let path, let error): "\(path): \(error)"
    case .noNetwork(let path):
      "\(path): got a NetCDF file without neurons; expected a network, as `train --save` writes it"
    case .otherModel(let path, let model):
      "\(path): got a network of model \(model); expected a network of elise or one of its variants"
    case .unreadable(let path, let reason):
      "\(path): got a damaged file: \(reason)"
    case .value(let path, let name, let found, let allowed):
      "\(path): \(name): got \(found); expected \(allowed)"
    }
  }
}

/// Runs calls on a file and converts their errors to those of this module.
func withFileErrors<Result>(
  _ body: () throws(NetCDFError) -> Result
) throws(NetworkFileError) -> Result {
  do throws(NetCDFError) {
    return try body()
  } catch {
    throw .file(error)
  }
}
