/// A key that a plan sweeps, with the values it takes.
public struct PlanAxis: Hashable, Sendable {
  /// The parameter.
  public let key: String

  /// The distinct values that occur in the plan, ascending.
  public let values: [ParameterValue]
}

/// A combination of values of a plan's ``Plan/conditionKeys``: what its replicates have in common.
public struct Condition: Hashable, Sendable, Comparable {
  /// The values, in the order of ``Plan/conditionKeys``.
  public let values: [ParameterValue]

  /// Orders conditions by their values, numbers as numbers.
  public static func < (left: Condition, right: Condition) -> Bool {
    left.values.lexicographicallyPrecedes(right.values)
  }
}
