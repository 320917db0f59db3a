import Experiment
import NeuralCore
import Parameters
import SweepPlan

/// The properties that determine the time of a trial. Trials that differ only in others, for
/// example in their seeds, have one shape.
public struct TrialShape: Hashable, Sendable {
  /// The properties that determine the time of a step.
  public struct Network: Hashable, Sendable {
    /// Number of visible and latent neurons.
    public var neurons: Int
    /// Everything but its size.
    public var kind: Kind

    /// Creates a description.
    public init(neurons: Int, kind: Kind = Kind()) {
      self.neurons = neurons
      self.kind = kind
    }
  }

  /// The properties of a network apart from its size, and how it is computed.
  public struct Kind: Hashable, Sendable {
    /// The variant of the model.
    public var model = "elise"
    /// The kernel.
    public var kernel = "windowed"
    /// Its precision.
    public var precision = "double"
    /// The approximate fraction of possible dendritic synapses that exist.
    public var density = 1.0
    /// The draws of each perturbation in robustness tests.
    public var robustnessDraws = 1
    /// The random inputs of the linear memory test.
    public var memoryInputs = 1
    /// Whether delays can be so short that other threads cannot help.
    public var hasShortWindows = false

    /// A dense network of the full model in double precision.
    public init() {}
  }

  /// The network.
  public var network: Network

  /// Number of steps of training and replay.
  public var steps: Double

  /// Creates a shape.
  public init(network: Network, steps: Double) {
    self.network = network
    self.steps = steps
  }

  /// The shape of trials with some parameters.
  ///
  /// - Parameter patterns: The sizes of the patterns that they learn.
  public init(_ parameters: ParameterSet, patterns: [PatternSize]) {
    network = Network(neurons: patterns.reduce(parameters.latent) { $0 + $1.visible })
    let model = parameters.model
    network.kind.model = model.name
    if let kernel = parameters.ifKnown(\.kernel) { network.kind.kernel = kernel }
    if let precision = parameters.ifKnown(\.precision) { network.kind.precision = precision }
    if let density = parameters.ifKnown(\.dendriteDensity),
      let ratio = parameters.ifKnown(\.innervationRatio)
    {
      network.kind.density = density * (1 + ratio) / 2
    }
    network.kind.robustnessDraws = parameters.robustnessDraws
    network.kind.memoryInputs = parameters.memoryInputs
    if let delay = parameters.ifKnown(\.delayMin) {
      // Dendrites use a rate one step before it arrives.
      network.kind.hasShortWindows = !WindowedKernel<Double>.isShareable(
        windowLength: parameters.core.constants.steps(delay) - 1)
    }
    // Training goes through the patterns in turn, and each is replayed.
    let notes = Double(patterns.reduce(0) { $0 + $1.notes })
    let cycles =
      Double(1 + parameters.cyclesOfTraining(patterns)) / Double(patterns.count)
      + Double(parameters.replayCycles)
    steps = cycles * notes * parameters.noteDuration / model.step(parameters)
  }

  /// The indices in `Parameter.all` of the parameters that a shape depends on.
  static let parameters = Parameter.all.indices.filter { Parameter.all[$0].shapesCost }
}
