/// A value for every parameter: all that distinguishes one trial from another.
///
/// A set exists only with values that are allowed and that keep every ``CrossCheck``.
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
        // A set that is written out says none of what its model does not know.
        return value == .absent && parameter.models != nil ? value : try parameter.value(value)
      }
      guard let value = parameter.defaultValue else {
        throw ParameterError.missing(key: parameter.key)
      }
      return value
    }.completed()
    for check in CrossCheck.all {
      let values = check.keys.map { self[$0] }
      if !check.holds(values) { throw ParameterError.conflict(check, values: values) }
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
  package init(valid values: [ParameterValue]) { self.values = values }

  /// The value of a known key.
  public subscript(key: String) -> ParameterValue {
    guard let index = Parameter.index[key] else {
      preconditionFailure("no parameter is called \(key)")
    }
    return values[index]
  }
}

extension ParameterSet: Comparable {
  /// Orders sets by their values in the order of ``Parameter/all``, numbers as numbers.
  public static func < (left: ParameterSet, right: ParameterSet) -> Bool {
    left.values.lexicographicallyPrecedes(right.values)
  }
}
