/// Why a network cannot be made or used.
public enum NetworkError: Error, Equatable {
  /// Growth met a neuron that needs an edge while no latent neuron can accept one.
  case scaffoldCannotGrow(latent: Int, acceptance: Double)

  /// An array has another length than the populations ask for.
  case wrongCount(of: String, found: Int, expected: Int)

  /// A value lies outside of what is allowed.
  case outOfRange(of: String, index: Int, found: String, allowed: String)
}

extension NetworkError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .scaffoldCannotGrow(let latent, let acceptance):
      "the scaffold cannot grow: scaffold_q = \(acceptance) lets none of the \(latent) latent "
        + "neurons accept another edge; raise scaffold_q or latent"
    case .wrongCount(let what, let found, let expected):
      "\(what): found \(found) values, expected \(expected)"
    case .outOfRange(let what, let index, let found, let allowed):
      "\(what)[\(index)] = \(found): allowed is \(allowed)"
    }
  }
}
