import Parameters

/// A value for every parameter. It defines a trial.
///
/// All values are allowed, and they satisfy every rule for several parameters. Each row of
/// ``ParameterTable`` is a property: `parameters.latent`.
@dynamicMemberLookup
public struct ParameterSet: Hashable, Sendable {
  /// The values in the order of ``Parameter/all``.
  public private(set) var values: [ParameterValue]

  /// Adds the defaults to an assignment of values by key, and checks the result.
  ///
  /// - Throws: ``ParameterError``.
  public init(_ assignments: [String: ParameterValue]) throws {
    for key in assignments.keys.sorted() where Parameter.index[key] == nil {
      throw ParameterError.unknownKey(key, nearest: key.nearest(of: Parameter.all.map(\.key)))
    }
    values = try Parameter.all.map { parameter in
      if let value = assignments[parameter.key] {
        // An encoded set has `none` for parameters that its model does not use.
        return value == .absent && parameter.models != nil ? value : try parameter.value(value)
      }
      guard let value = parameter.defaultValue else {
        throw ParameterError.missing(key: parameter.key)
      }
      return value
    }.completed()
    for check in CrossCheck.all where !check.holds(partial) {
      throw check.conflict(partial)
    }
  }

  /// Adds the defaults to the settings of a command line, and checks the result. The last of two
  /// settings of one key counts.
  ///
  /// - Throws: ``ParameterError``.
  public init(_ overrides: [Override]) throws {
    try self.init(Dictionary(overrides.map { ($0.key, $0.value) }) { $1 })
  }

  /// Creates a set from valid values in the order of ``Parameter/all``.
  init(valid values: [ParameterValue]) { self.values = values }

  /// The value of a known key.
  public subscript(key: String) -> ParameterValue {
    guard let index = Parameter.index[key] else {
      preconditionFailure("no parameter is called \(key)")
    }
    return values[index]
  }

  /// The value of a row that the model uses.
  public subscript<Value>(dynamicMember row: KeyPath<ParameterTable, ParameterKey<Value>>) -> Value
  {
    guard let value = ifKnown(row) else {
      preconditionFailure("model \(values[Parameter.model]) does not use \(row)")
    }
    return value
  }

  /// The value of a row; nil if the model does not use it.
  public func ifKnown<Value>(_ row: KeyPath<ParameterTable, ParameterKey<Value>>) -> Value? {
    Value(values[Parameter.index(of: row)])
  }

  /// The set with another value, which must be valid.
  package func changing<Value>(
    _ row: KeyPath<ParameterTable, ParameterKey<Value>>, to value: Value
  ) -> ParameterSet {
    var set = self
    set.values[Parameter.index(of: row)] = value.parameterValue
    return set
  }

  /// The values in the form that rules take.
  var partial: PartialValues { PartialValues { [values] in values[$0] } }

  /// The settings of the core that single parameters give.
  package var core: CoreSettings {
    var core = CoreSettings()
    for (row, value) in zip(ParameterTable.rows, values) { row.apply(value, &core) }
    core.schedule.plasticReplay = plasticReplay
    return core
  }

  /// The model that learns.
  public var model: ModelKind { ModelKind.named(values[Parameter.model].description)! }

  /// Whether plastic synapses learn during replay; some models ignore the parameter.
  public var plasticReplay: Bool { model.learnsInReplay(self) }
}

extension ParameterSet: Comparable {
  /// Orders sets by their values in the order of ``Parameter/all``, numbers as numbers.
  public static func < (left: ParameterSet, right: ParameterSet) -> Bool {
    left.values.lexicographicallyPrecedes(right.values)
  }
}

extension ParameterSet: Codable {
  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// Reads an object with a value for every parameter that its model uses, and checks it like any
  /// other assignment.
  ///
  /// A missing key has its neutral value, since the parameter did not exist when the object was
  /// written. A missing key without neutral value is an error: defaults may have changed since.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    var assignments: [String: ParameterValue] = [:]
    for key in container.allKeys {
      assignments[key.stringValue] = try container.decode(ParameterValue.self, forKey: key)
    }
    let model = if case .text(let model) = assignments["model"] { model } else { "" }
    for parameter in Parameter.all
    where assignments[parameter.key] == nil && parameter.applies(to: model) {
      guard let value = parameter.neutralValue else {
        throw DecodingError.keyNotFound(
          Key(stringValue: parameter.key),
          .init(codingPath: decoder.codingPath, debugDescription: "no value for \(parameter.key)"))
      }
      assignments[parameter.key] = value
    }
    do {
      try self.init(assignments)
    } catch {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath, debugDescription: "\(error)", underlyingError: error))
    }
  }

  /// Writes an object with every key that the model uses.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    let model = model.name
    for (parameter, value) in zip(Parameter.all, values) where parameter.applies(to: model) {
      try container.encode(value, forKey: Key(stringValue: parameter.key))
    }
  }
}

/// Values of some of the parameters, for the rules for several parameters.
@dynamicMemberLookup
struct PartialValues {
  /// The value of the parameter with an index in ``Parameter/all``.
  let value: (Int) -> ParameterValue

  /// The value of a row; nil if it has none.
  subscript<Value>(dynamicMember row: KeyPath<ParameterTable, ParameterKey<Value>>) -> Value? {
    Value(value(Parameter.index(of: row)))
  }

  /// The value of an optional row; nil if it has none.
  subscript<Value>(dynamicMember row: KeyPath<ParameterTable, ParameterKey<Value?>>) -> Value? {
    Value(value(Parameter.index(of: row)))
  }

  /// The value of a key.
  subscript(key: String) -> ParameterValue { value(Parameter.index[key]!) }
}

/// A value that the command line sets: `--set key=value`.
public struct Override: Hashable, Sendable {
  public let key: String
  public let value: ParameterValue

  /// Reads `key=value`; everything after the first `=` is the value.
  ///
  /// - Throws: ``ParameterError`` for an unknown key, a value that is not allowed, or a text without
  ///   `=`.
  public init(_ argument: String) throws {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty else {
      throw ParameterError.notAnAssignment(argument)
    }
    key = String(parts[0])
    guard let parameter = Parameter.named(key) else {
      throw ParameterError.unknownKey(key, nearest: key.nearest(of: Parameter.all.map(\.key)))
    }
    value = try parameter.value(reading: String(parts[1]))
  }

  /// The text `key=value`.
  public var argument: String { "\(key)=\(value)" }
}
