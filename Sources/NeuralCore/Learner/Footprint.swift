/// What a network costs, counted in the same way for every model.
public struct Footprint: Equatable, Sendable {
  /// Visible and latent neurons.
  public var neurons: Int

  /// Numbers that learning changes: weights and, where a model learns them, biases.
  public var plasticParameters: Int

  /// All numbers that tell one network of its size from another, learned or not: weights, static
  /// connections, delays, biases.
  public var parameters: Int

  /// Static connections onto latent somata; nil where the model has no scaffold.
  public var scaffoldEdges: Int?

  /// Numbers that must be held to go on learning: parameters that are no mere index, states,
  /// delay lines, and what the learning rule keeps.
  public var stateNumbers: Int

  /// Size of one of them [bytes].
  public var bytesPerNumber: Int

  /// Multiply-adds of one step of its own while it learns.
  public var learningOperations: Int

  /// Multiply-adds of one step of its own while nothing is learned.
  public var frozenOperations: Int

  /// Whether a weight changes by what its own two neurons know and a signal that is broadcast.
  public var isLocal: Bool

  /// Creates a footprint.
  public init(
    neurons: Int, plasticParameters: Int, parameters: Int, scaffoldEdges: Int? = nil,
    stateNumbers: Int, bytesPerNumber: Int = 8, learningOperations: Int, frozenOperations: Int,
    isLocal: Bool
  ) {
    self.neurons = neurons
    self.plasticParameters = plasticParameters
    self.parameters = parameters
    self.scaffoldEdges = scaffoldEdges
    self.stateNumbers = stateNumbers
    self.bytesPerNumber = bytesPerNumber
    self.learningOperations = learningOperations
    self.frozenOperations = frozenOperations
    self.isLocal = isLocal
  }
}
