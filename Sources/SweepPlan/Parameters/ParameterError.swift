import Parameters

/// An error in an assignment of values to parameters.
public enum ParameterError: Error, Hashable, Sendable {
  /// No parameter has this name; `nearest` is the known key that may be meant.
  case unknownKey(String, nearest: String?)
  /// A value of the wrong kind or outside the allowed values.
  case notAllowed(key: String, found: String, allowed: String)
  /// A parameter without default has no value.
  case missing(key: String)
  /// Values that are allowed one by one break a rule together.
  case conflict(keys: [String], values: [ParameterValue], rule: String)
  /// A text that is not of the form `key=value`.
  case notAnAssignment(String)
}

/// The keys of a sweep file that are no parameters.
enum SweepFileKeys {
  /// In their usual order.
  static let topLevel = [
    "name", "description", "fixed", "grid", "search", "scores", "replicates", "blocks",
    "until", "reference", "trial_timeout",
  ]

  /// The parts of the other keys.
  static let parts = [
    "zip": "grid", "exclude": "grid", "criterion": "search", "met": "search", "beyond": "search",
    "half_width": "until", "at_most": "until",
  ]
}

extension ParameterError: CustomStringConvertible {
  /// One sentence for the person who wrote the value, without a place.
  public var description: String {
    switch self {
    case .unknownKey(let key, _) where SweepFileKeys.topLevel.contains(key):
      "\(quoted(key)) is no parameter but a key of the top level of a sweep file"
    case .unknownKey(let key, _) where SweepFileKeys.parts[key] != nil:
      "\(quoted(key)) is no parameter but a key of '\(SweepFileKeys.parts[key]!)' in a sweep file"
    case .unknownKey(let key, let nearest):
      "unknown parameter \(quoted(key))" + didYouMean(nearest)
        + "; `elise-sweep parameters` lists every key"
    case .notAllowed(let key, let found, let allowed):
      "\(key): got \(found); expected \(allowed)"
    case .missing(let key):
      "\(key): got no value, and it has no default; name it under `fixed` or in `grid`: "
        + (Parameter.named(key)?.meaning ?? "")
    case .conflict(let keys, let values, let rule):
      "got "
        + zip(keys, values).enumerated().map { place, pair in
          (place == 0 ? "" : place < keys.count - 1 ? ", " : " and ")
            + "\(pair.0) \(shown(pair.1.description))"
        }.joined() + "; \(rule)"
    case .notAnAssignment(let text):
      "got \(quoted(text)); expected key=value"
    }
  }
}
