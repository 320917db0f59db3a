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

  /// Creates a trial.
  public init(index: Int, id: TrialID, parameters: ParameterSet, inputs: TrialInputs) {
    self.index = index
    self.id = id
    self.parameters = parameters
    self.inputs = inputs
  }
}
