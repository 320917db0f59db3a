/// What a network of any model shall learn.
public struct LearningTask: Sendable {
  /// What the visible neurons shall play: a target for each pattern, over all visible neurons.
  public let targets: [Target]

  /// Time step, resting state and rate function, in which targets are expressed.
  public let constants: ModelConstants

  /// The seed of everything random.
  public let seed: UInt64

  /// Creates a task.
  ///
  /// - Parameter targets: At least one; all with the same visible neurons.
  public init(targets: [Target], constants: ModelConstants, seed: UInt64) {
    precondition(!targets.isEmpty)
    precondition(targets.allSatisfy { $0.visible == targets[0].visible })
    self.targets = targets
    self.constants = constants
    self.seed = seed
  }

  /// Number of visible neurons.
  public var visible: Int { targets[0].visible }
}

/// A model with its parameters: what networks are made of.
public protocol SequenceModel: Sendable {
  /// A new network, drawn from the seed of a task.
  ///
  /// - Throws: What the model's own draws throw, such as ``NetworkError``.
  func newLearner(for task: LearningTask) throws -> any Learner

  /// A network that continues from a state; nil where the state is not of such a network.
  ///
  /// - Parameter damage: What happens to the network before, drawn from the seed of the task.
  func learner(
    continuing state: consuming LearnerState, after damage: NetworkDamage?, for task: LearningTask
  ) -> (any Learner)?
}
