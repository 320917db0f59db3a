/// One network to be trained and tested.
public struct Trial: Hashable, Sendable {
  /// The place in its plan.
  public let index: Int

  /// The identity, the same in every plan that holds an equal trial.
  public let id: TrialID

  /// All that distinguishes it from other trials.
  public let parameters: ParameterSet

  /// The hashes of the contents of its files.
  public let inputs: TrialInputs
}
