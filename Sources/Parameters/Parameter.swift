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
  /// The name, in snake_case. A model declares its own parameters without its name in front.
  public private(set) var key: String

  /// What the values are.
  public let kind: ParameterKind

  /// The unit of the values, nil for pure numbers and texts.
  public let unit: String?

  /// The value where nobody names one; nil for a parameter that has to be named.
  public private(set) var defaultValue: ParameterValue?

  /// Which values of the kind are allowed.
  public let allowed: AllowedValues

  /// What the parameter does, in a sentence without a full stop.
  public private(set) var meaning: String

  /// Where it comes from: a paper.
  public let source: String?

  /// The value at which results hold that were computed before there was this parameter; nil if
  /// there is none.
  ///
  /// A trial with this value has the identity that it had before, so that its results stay valid.
  public private(set) var neutralValue: ParameterValue?

  /// The models that know the parameter; nil for all of them. With another model it is `none`.
  public private(set) var models: [String]?

  /// What `none` stands for with these models.
  public private(set) var valueOfNone = ParameterValue.absent

  /// Whether the cost of a trial depends on it.
  public private(set) var shapesCost = false

  /// Describes a parameter.
  public init(
    _ key: String, _ kind: ParameterKind, unit: String? = nil, default value: ParameterValue?,
    _ allowed: AllowedValues, _ meaning: String, source: String? = nil
  ) {
    self.key = key
    self.kind = kind
    self.unit = unit
    self.defaultValue = value
    self.allowed = allowed
    self.meaning = meaning
    self.source = source
  }

  /// Describes a parameter that is a real number.
  public init(
    _ key: String, unit: String? = nil, default value: Double, _ allowed: AllowedValues,
    _ meaning: String, source: String? = nil
  ) {
    self.init(key, .real, unit: unit, default: .real(value), allowed, meaning, source: source)
  }

  /// Describes a parameter that is an integer.
  public init(
    _ key: String, unit: String? = nil, defaultInteger value: Int, _ allowed: AllowedValues,
    _ meaning: String, source: String? = nil
  ) {
    self.init(key, .integer, unit: unit, default: .integer(value), allowed, meaning, source: source)
  }

  /// Whether a sweep has to name the parameter.
  public var isRequired: Bool { defaultValue == nil }

  /// Whether `none` is a value.
  public var isOptional: Bool { defaultValue == .absent }

  /// The value of a trial where nobody names one: ``defaultValue``, or what that stands for.
  public var resolvedDefault: ParameterValue? {
    defaultValue == .absent ? valueOfNone : defaultValue
  }

  /// Whether the parameter means something for a model.
  public func applies(to model: String) -> Bool { models?.contains(model) ?? true }

  /// What is allowed, as the end of a sentence: `an integer of at least 2, or none`.
  public var allowedDescription: String {
    let unit = unit.map { " \($0)" } ?? ""
    return allowed.description(of: kind) + unit + (isOptional ? ", or none" : "")
  }
}

extension Parameter {
  /// The same parameter for some models alone.
  public func only(_ models: [String]) -> Parameter {
    var parameter = self
    parameter.models = models
    return parameter
  }

  /// The same parameter, on which the cost of a trial depends.
  public func shapingCost() -> Parameter {
    var parameter = self
    parameter.shapesCost = true
    return parameter
  }

  /// The same parameter, which was added when there were results already, for which this value
  /// holds.
  public func neutral(at value: ParameterValue) -> Parameter {
    var parameter = self
    parameter.neutralValue = value
    return parameter
  }

  /// The key of a model's own parameter, in sweeps: `leak` of `esn` is `esn_leak`.
  public static func key(_ name: String, of model: String) -> String { "\(model)_\(name)" }

  /// A model's own parameter as sweeps see it: its key begins with the model's name, and with any
  /// other model it is `none`.
  public func owned(by model: String) -> Parameter {
    var parameter = only([model])
    parameter.key = Self.key(key, of: model)
    parameter.valueOfNone = defaultValue ?? .absent
    parameter.defaultValue = .absent
    parameter.meaning +=
      "; only with model \(model), where none stands for \(parameter.valueOfNone)"
      + (source.map { " (\($0))" } ?? "")
    return parameter
  }
}
