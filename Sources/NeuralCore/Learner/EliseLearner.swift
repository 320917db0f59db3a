/// An ELiSe network, or one of its variants, that a kernel advances.
public final class EliseLearner: Learner {
  /// The kernel with the network in it.
  public let kernel: any Kernel
  public let visible: Int
  public let latent: Int
  public let footprint: Footprint

  /// Prepares a network.
  ///
  /// - Parameter task: What it shall learn; its targets have the network's visible neurons.
  public init(
    _ network: Network, for task: LearningTask, learning: LearningRule, kernel: KernelChoice
  ) {
    precondition(task.visible == network.visible)
    visible = network.visible
    latent = network.latent
    footprint = Footprint(network, learning, bytesPerNumber: kernel.bytesPerNumber)
    // The last use of the network, so that its weights do not stay beside those of the kernel.
    self.kernel = kernel.type.init(
      network: network, targets: task.targets, learning: learning, constants: task.constants)
  }

  public var stepLength: Int { 1 }

  public func runCycle(_ drive: CycleDrive, recordingInto record: inout RateRecord?) {
    kernel.runCycle(drive, recordingInto: &record)
  }

  public var isFinite: Bool { kernel.isFinite }

  /// The network as it stands.
  ///
  /// - Parameter cycle: The training cycle that it runs next.
  public func network(beforeCycle cycle: Int = -1) -> Network { kernel.network(beforeCycle: cycle) }

  public var sources: [String: NumberSource] {
    kernel.outline(beforeCycle: -1).sources(
      weight: kernel.dendriticWeight, rateHistory: kernel.rateHistory)
  }

  public var hasMembrane: Bool { true }
}

extension Footprint {
  /// What an ELiSe network takes.
  ///
  /// A dendritic synapse takes one multiply-add in the input and, where it learns, one in its
  /// update; a scaffold edge takes one on each of its two pathways.
  fileprivate init(_ network: Network, _ learning: LearningRule, bytesPerNumber: Int) {
    let neurons = network.neurons
    let synapses = network.dendriticSynapses
    let plastic = network.plasticSynapses(learning)
    let edges = network.scaffold.edges.count
    self.init(
      neurons: neurons, plasticParameters: plastic,
      // A neuron has three delays: dendritic, scaffold and interneuron.
      parameters: synapses + edges + 3 * neurons, scaffoldEdges: edges,
      // Per neuron two potentials and a trace; a delay line per neuron; a weight per synapse.
      stateNumbers: neurons * (3 + network.longestDelay) + synapses,
      bytesPerNumber: bytesPerNumber, learningOperations: synapses + plastic + 2 * edges,
      frozenOperations: synapses + 2 * edges, isLocal: true)
  }
}

/// The ELiSe model with its parameters, in any of its variants.
public struct EliseModel: SequenceModel {
  /// The learning rates and the variant.
  public var learning: LearningRule

  /// What a network is grown from.
  public var network: NetworkParameters

  /// Which kernel computes, and in which precision.
  public var kernel: KernelChoice

  /// Creates a model.
  public init(learning: LearningRule, network: NetworkParameters, kernel: KernelChoice) {
    self.learning = learning
    self.network = network
    self.kernel = kernel
  }

  /// A new network, grown from the seed of a task.
  ///
  /// - Throws: ``NetworkError`` where no scaffold can grow.
  public func newNetwork(for task: LearningTask) throws(NetworkError) -> Network {
    try Network(network, seed: task.seed, constants: task.constants, for: kernel)
  }

  public func newLearner(for task: LearningTask) throws -> any Learner {
    learner(of: try newNetwork(for: task), for: task)
  }

  public func learner(
    continuing state: consuming LearnerState, after damage: NetworkDamage?, for task: LearningTask
  ) -> (any Learner)? {
    guard var network = Network(state, visible: task.visible, latent: network.latent) else {
      return nil
    }
    switch damage {
    case nil: return learner(of: network, for: task)
    case .synapseLoss(let fraction):
      network.loseSynapses(fraction, learning: learning, seed: task.seed)
      return learner(of: network, for: task)
    case .weightNoise(let deviation):
      let learner = learner(of: network, for: task)
      learner.kernel.addWeightNoise(deviation, seed: task.seed)
      return learner
    }
  }

  /// A learner of a network that is given.
  public func learner(of network: consuming Network, for task: LearningTask) -> EliseLearner {
    EliseLearner(network, for: task, learning: learning, kernel: kernel)
  }
}
