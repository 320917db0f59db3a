import Parameters

/// One network to train and test.
public struct Trial: Hashable, Sendable {
  /// The index in its plan.
  public let index: Int

  /// The identity, the same in every plan with an equal trial.
  public let id: TrialID

  public let parameters: ParameterSet

  /// The hashes of the contents of its files.
  public let inputs: TrialInputs

  public init(index: Int, id: TrialID, parameters: ParameterSet, inputs: TrialInputs) {
    self.index = index
    self.id = id
    self.parameters = parameters
    self.inputs = inputs
  }
}

/// A key that a plan sweeps, with its values.
public struct PlanAxis: Hashable, Sendable {
  public let key: String

  /// The distinct values in the plan, ascending.
  public let values: [ParameterValue]
}

/// A combination of values of a plan's ``Plan/conditionKeys``, which replicates have in common.
public struct Condition: Hashable, Sendable, Comparable {
  /// The values, in the order of ``Plan/conditionKeys``.
  public let values: [ParameterValue]

  /// Orders conditions by their values, numbers as numbers.
  public static func < (left: Condition, right: Condition) -> Bool {
    left.values.lexicographicallyPrecedes(right.values)
  }
}
