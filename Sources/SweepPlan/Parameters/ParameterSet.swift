import Parameters

/// A value for every parameter: all that distinguishes one trial from another.
///
/// A set exists only with values that are allowed and that keep every ``CrossCheck``. Each row of
/// ``ParameterTable`` is a property: `parameters.latent`.
@dynamicMemberLookup
public struct ParameterSet: Hashable, Sendable {
  /// The values in the order of ``Parameter/all``.
  public private(set) var values: [ParameterValue]

  /// Completes an assignment with defaults and checks it.
  ///
  /// - Parameter assignments: Values by key; what is not named keeps its default.
  /// - Throws: ``ParameterError``.
  public init(_ assignments: [String: ParameterValue]) throws {
    for key in assignments.keys.sorted() where Parameter.index[key] == nil {
      throw ParameterError.unknownKey(key, nearest: key.nearest(of: Parameter.all.map(\.key)))
    }
    values = try Parameter.all.map { parameter in
      if let value = assignments[parameter.key] {
        // A set that is written out holds `none` for what its model does not know.
        return value == .absent && parameter.models != nil ? value : try parameter.value(value)
      }
      guard let value = parameter.defaultValue else {
        throw ParameterError.missing(key: parameter.key)
      }
      return value
    }.completed()
    for check in CrossCheck.all where !check.holds(partial) {
      throw ParameterError.conflict(check, values: check.keys.map { self[$0] })
    }
  }

  /// Completes what a command line sets with defaults and checks it; the last of two settings of
  /// one key counts.
  ///
  /// - Throws: ``ParameterError``.
  public init(_ overrides: [Override]) throws {
    try self.init(Dictionary(overrides.map { ($0.key, $0.value) }) { $1 })
  }

  /// Takes values in the order of ``Parameter/all`` that are known to be valid.
  init(valid values: [ParameterValue]) { self.values = values }

  /// The value of a known key.
  public subscript(key: String) -> ParameterValue {
    guard let index = Parameter.index[key] else {
      preconditionFailure("no parameter is called \(key)")
    }
    return values[index]
  }

  /// The value of a row that the model knows.
  public subscript<Value>(dynamicMember row: KeyPath<ParameterTable, ParameterKey<Value>>) -> Value
  {
    guard let value = ifKnown(row) else {
      preconditionFailure("model \(values[Parameter.model]) does not know \(row)")
    }
    return value
  }

  /// The value of a row; nil if the model does not know it.
  public func ifKnown<Value>(_ row: KeyPath<ParameterTable, ParameterKey<Value>>) -> Value? {
    Value(values[Parameter.index(of: row)])
  }

  /// The set with another value, which is known to be valid.
  package func changing<Value>(
    _ row: KeyPath<ParameterTable, ParameterKey<Value>>, to value: Value
  ) -> ParameterSet {
    var set = self
    set.values[Parameter.index(of: row)] = value.parameterValue
    return set
  }

  /// The values as rules look at them.
  var partial: PartialValues { PartialValues { [values] in values[$0] } }

  /// What the parameters set one by one, in the terms of the core.
  package var core: CoreSettings {
    var core = CoreSettings()
    for (row, value) in zip(ParameterTable.rows, values) { row.apply(value, &core) }
    core.schedule.plasticReplay = plasticReplay
    return core
  }

  /// What learns.
  public var model: ModelKind { ModelKind.named(values[Parameter.model].description)! }

  /// Whether plastic synapses learn during replay, which the model may decide.
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

  /// Reads an object with a value for every parameter that its model knows and checks it like any
  /// other assignment.
  ///
  /// A key that is missing has its neutral value, since the parameter did not exist when the object
  /// was written. If there is none it is an error and not the default: what was written knew a value.
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
    } catch let error as ParameterError {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath, debugDescription: error.description,
          underlyingError: error))
    }
  }

  /// Writes an object with every key that the model knows.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    let model = model.name
    for (parameter, value) in zip(Parameter.all, values) where parameter.applies(to: model) {
      try container.encode(value, forKey: Key(stringValue: parameter.key))
    }
  }
}

/// Values of some of the parameters, as the rules that tie them together look at them.
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
  /// The parameter.
  public let key: String

  /// Its value.
  public let value: ParameterValue

  /// Reads `key=value`; everything after the first `=` is the value.
  ///
  /// - Throws: ``ParameterError``, for an unknown key, a value that is not allowed, or a text
  ///   that is no assignment.
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

  /// The form in which it was set.
  public var argument: String { "\(key)=\(value)" }
}
