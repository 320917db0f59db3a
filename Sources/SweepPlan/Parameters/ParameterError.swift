import Parameters

/// Why an assignment of values to parameters is refused.
public enum ParameterError: Error, Hashable, Sendable {
  /// No parameter has this name; `nearest` is the known key that it may be a slip for.
  case unknownKey(String, nearest: String?)
  /// A value of the wrong kind or outside of what is allowed.
  case notAllowed(key: String, found: String, allowed: String)
  /// A parameter without default has no value.
  case missing(key: String)
  /// Values that are allowed each for itself contradict each other.
  case conflict(CrossCheck, values: [ParameterValue])
  /// A text that is not of the form `key=value`.
  case notAnAssignment(String)
}

extension ParameterError: CustomStringConvertible {
  /// One sentence for the person who wrote the value, without a place.
  public var description: String {
    switch self {
    case .unknownKey(let key, let nearest):
      "unknown parameter \(quoted(key))" + didYouMean(nearest)
        + "; `elise-sweep parameters` lists every key"
    case .notAllowed(let key, let found, let allowed):
      "\(key): got \(found); expected \(allowed)"
    case .missing(let key):
      "\(key): got no value, and it has no default; name it under `fixed` or in `grid`: "
        + (Parameter.named(key)?.meaning ?? "")
    case .conflict(let check, let values):
      "got "
        + zip(check.keys, values).map { "\($0) \(shown($1.description))" }
        .joined(separator: " and ") + "; \(check.rule)"
    case .notAnAssignment(let text):
      "got \(quoted(text)); expected key=value"
    }
  }
}
