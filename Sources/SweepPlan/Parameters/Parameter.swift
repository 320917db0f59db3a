/// What a parameter's values are.
public enum ParameterKind: String, Sendable, CaseIterable, CustomStringConvertible {
  /// Whole numbers.
  case integer
  /// Finite numbers.
  case real
  /// `true` and `false`.
  case boolean
  /// Texts.
  case text

  /// The kind with its article, as messages name it.
  public var description: String {
    switch self {
    case .integer: "an integer"
    case .real: "a number"
    case .boolean: "true or false"
    case .text: "a text"
    }
  }
}

/// One thing that a sweep can vary: its name, its values, and what they mean.
///
/// The key is the same in sweep files, on the command line, in tables and in the cube.
public struct Parameter: Hashable, Sendable {
  /// The name, in snake_case.
  public let key: String

  /// What the values are.
  public let kind: ParameterKind

  /// The unit of the values, nil for pure numbers and texts.
  public let unit: String?

  /// The value where nobody names one; nil for a parameter that has to be named.
  public let defaultValue: ParameterValue?

  /// Which values of the kind are allowed.
  public let allowed: AllowedValues

  /// What the parameter does, in a sentence without a full stop.
  public let meaning: String

  /// The models that know the parameter; nil for all of them. With another model it is `none`.
  public internal(set) var models: [String]?

  /// What `none` stands for with these models.
  var valueOfNone = ParameterValue.absent

  init(
    _ key: String, _ kind: ParameterKind, unit: String? = nil, default value: ParameterValue?,
    _ allowed: AllowedValues, _ meaning: String
  ) {
    self.key = key
    self.kind = kind
    self.unit = unit
    self.defaultValue = value
    self.allowed = allowed
    self.meaning = meaning
  }

  /// Whether a sweep has to name the parameter.
  public var isRequired: Bool { defaultValue == nil }

  /// Whether `none` is a value.
  public var isOptional: Bool { defaultValue == .absent }

  /// The value of a trial where nobody names one: ``defaultValue``, or what that stands for.
  public var resolvedDefault: ParameterValue? {
    defaultValue == .absent ? valueOfNone : defaultValue
  }

  /// What is allowed, as the end of a sentence: `an integer of at least 2, or none`.
  public var allowedDescription: String {
    let unit = unit.map { " \($0)" } ?? ""
    return allowed.description(of: kind) + unit + (isOptional ? ", or none" : "")
  }

  /// The value of `pattern` that names no file but asks for a random sequence.
  public static let generatedPattern = ParameterValue.text("generated")

  /// The parameter of a key, nil for an unknown one.
  public static func named(_ key: String) -> Parameter? { index[key].map { all[$0] } }

  /// The place of each key in ``all``.
  package static let index = Dictionary(
    uniqueKeysWithValues: all.enumerated().map { ($0.element.key, $0.offset) })
}
