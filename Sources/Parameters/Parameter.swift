/// The kind of a parameter's values.
public enum ParameterKind: String, Sendable, CaseIterable, CustomStringConvertible {
  case integer
  /// Finite numbers.
  case real
  case boolean
  case text

  /// The kind with its article, for messages.
  public var description: String {
    switch self {
    case .integer: "an integer"
    case .real: "a number"
    case .boolean: "true or false"
    case .text: "a text"
    }
  }
}

/// A parameter of a sweep: its name, its values, and their meaning.
///
/// The key is the same in sweep files, on the command line, in tables and in the cube.
public struct Parameter: Hashable, Sendable {
  /// The name, in snake_case. A model declares its own parameters without its name in front.
  public private(set) var key: String

  /// The kind of the values.
  public let kind: ParameterKind

  /// The unit of the values; nil for pure numbers and texts.
  public let unit: String?

  /// The value if a sweep names none; nil for a parameter that every sweep must name.
  public private(set) var defaultValue: ParameterValue?

  /// The allowed values of the kind.
  public let allowed: AllowedValues

  /// The effect of the parameter, in a sentence without a full stop.
  public private(set) var meaning: String

  /// The paper that it comes from.
  public let source: String?

  /// The value that all results had before this parameter existed; nil if there is none.
  ///
  /// A trial with this value keeps the identity that it had before, so its results stay valid.
  public private(set) var neutralValue: ParameterValue?

  /// The models that use the parameter; nil for all. With another model its value is `none`.
  public private(set) var models: [String]?

  /// The meaning of `none` with these models.
  public private(set) var valueOfNone = ParameterValue.absent

  /// Whether the cost of a trial depends on it.
  public private(set) var shapesCost = false

  /// Creates the description of a parameter.
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

  /// Creates the description of a real number.
  public init(
    _ key: String, unit: String? = nil, default value: Double, _ allowed: AllowedValues,
    _ meaning: String, source: String? = nil
  ) {
    self.init(key, .real, unit: unit, default: .real(value), allowed, meaning, source: source)
  }

  /// Creates the description of an integer.
  public init(
    _ key: String, unit: String? = nil, defaultInteger value: Int, _ allowed: AllowedValues,
    _ meaning: String, source: String? = nil
  ) {
    self.init(key, .integer, unit: unit, default: .integer(value), allowed, meaning, source: source)
  }

  /// Whether every sweep must name the parameter.
  public var isRequired: Bool { defaultValue == nil }

  /// Whether `none` is a value.
  public var isOptional: Bool { defaultValue == .absent }

  /// The value of a trial if a sweep names none; a default of `none` is replaced by its meaning.
  public var resolvedDefault: ParameterValue? {
    defaultValue == .absent ? valueOfNone : defaultValue
  }

  /// Whether a model uses the parameter.
  public func applies(to model: String) -> Bool { models?.contains(model) ?? true }

  /// The allowed values as the end of a sentence: `an integer from 2 to 100, or none`.
  public var allowedDescription: String {
    // A number comes right before its unit: `at least 0 ms`, but `a finite number in mV`.
    let unit = unit.map { (allowed == .any ? " in " : " ") + $0 } ?? ""
    return allowed.description(of: kind) + unit + (isOptional ? ", or none" : "")
  }
}

extension Parameter {
  /// The same parameter for some models alone.
  public func only(_ models: [String]) -> Parameter { changed { $0.models = models } }

  /// The same parameter, on which the cost of a trial depends.
  public func shapingCost() -> Parameter { changed { $0.shapesCost = true } }

  /// The same parameter, added after there were results, which all had this value.
  public func neutral(at value: ParameterValue) -> Parameter {
    changed { $0.neutralValue = value }
  }

  /// The key of a model's own parameter in sweeps: `leak` of `esn` is `esn_leak`.
  public static func key(_ name: String, of model: String) -> String { "\(model)_\(name)" }

  /// A model's own parameter as it appears in sweeps: its key begins with the model's name, and with
  /// any other model its value is `none`.
  public func owned(by model: String) -> Parameter {
    changed {
      $0.models = [model]
      $0.key = Self.key(key, of: model)
      $0.valueOfNone = defaultValue ?? .absent
      $0.defaultValue = .absent
      $0.meaning +=
        "; only with model \(model), where none means \($0.valueOfNone)"
        + (source.map { " (\($0))" } ?? "")
    }
  }

  private func changed(_ change: (inout Parameter) -> Void) -> Parameter {
    var parameter = self
    change(&parameter)
    return parameter
  }
}
