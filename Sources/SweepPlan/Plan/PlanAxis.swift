/// A key that a plan sweeps, with the values it takes.
public struct PlanAxis: Hashable, Sendable {
  /// The parameter.
  public let key: String

  /// The distinct values that occur in the plan, ascending.
  public let values: [ParameterValue]
}

/// A combination of values of a plan's ``Plan/cellKeys``: what its replicates have in common.
public struct Cell: Hashable, Sendable, Comparable {
  /// The values, in the order of ``Plan/cellKeys``.
  public let values: [ParameterValue]

  /// Orders cells by their values, numbers as numbers.
  public static func < (left: Cell, right: Cell) -> Bool {
    left.values.lexicographicallyPrecedes(right.values)
  }
}
