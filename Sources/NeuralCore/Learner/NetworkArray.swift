/// An array of numbers of a network, with what the reader of a file must know about it.
public struct NetworkArray: Equatable, Sendable {
  /// What an array holds.
  public enum Kind: Sendable {
    /// Weights or biases, learned or not.
    case weight
    /// Constants other than weights, and what changes in every step.
    case state
  }

  /// What an axis of an array counts. The raw value is its name in files.
  public enum Axis: String, CaseIterable, Sendable {
    /// All neurons, visible ones first.
    case neuron
    /// All neurons, as the targets of synapses.
    case post
    /// All neurons, as the sources of synapses.
    case pre
    /// The visible neurons.
    case visible = "visible_neuron"
    /// The latent neurons.
    case latent = "latent_neuron"
    /// The visible neurons, as the sources of synapses.
    case visiblePre = "visible_pre"
    /// The latent neurons, as the sources of synapses.
    case latentPre = "latent_pre"
    /// Steps of the learner in the past, oldest first.
    case pastStep = "past_step"
  }

  /// The name, in snake_case.
  public let name: String
  public let kind: Kind
  /// One or two axes; the last one varies fastest.
  public let axes: [Axis]
  /// The unit; "1" for pure numbers.
  public let unit: String
  /// A short description.
  public let meaning: String
  /// The numbers, with the shape of ``axes``.
  public let values: [Double]

  /// Creates an array.
  public init(
    _ name: String, _ kind: Kind, _ axes: [Axis], unit: String = "1", _ meaning: String,
    _ values: [Double]
  ) {
    precondition((1...2).contains(axes.count))
    self.name = name
    self.kind = kind
    self.axes = axes
    self.unit = unit
    self.meaning = meaning
    self.values = values
  }
}
