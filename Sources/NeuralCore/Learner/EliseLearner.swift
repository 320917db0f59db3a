/// An ELiSe network, or one of its variants, and the kernel that advances it.
public final class EliseLearner: Learner {
  /// The kernel, which holds the network.
  public let kernel: any Kernel
  public let visible: Int
  public let latent: Int
  public let footprint: Footprint

  /// Prepares a network.
  ///
  /// - Parameters:
  ///   - task: The task to learn; its targets have as many visible neurons as the network.
  ///   - learning: Which synapses learn, and how fast.
  ///   - kernel: The kernel that advances the network.
  public init(
    _ network: Network, for task: LearningTask, learning: LearningRule, kernel: KernelChoice
  ) {
    precondition(task.visible == network.visible)
    visible = network.visible
    latent = network.latent
    footprint = Footprint(
      network, learning, ownConstants: task.constants.heterogeneity > 0 ? 3 : 0,
      bytesPerNumber: kernel.bytesPerNumber)
    // The last use of the network, so that its weights are freed when the kernel has its own.
    self.kernel = kernel.type.init(
      network: network, targets: task.targets, learning: learning, constants: task.constants)
  }

  public var stepLength: Int { 1 }

  public func runCycle(_ drive: CycleDrive, recordingInto record: inout RateRecord?) throws {
    try kernel.runCycle(drive, recordingInto: &record)
  }

  public var isFinite: Bool { kernel.isFinite }

  /// A copy of the current network.
  ///
  /// - Parameter cycle: The training cycle that it runs next.
  public func network(beforeCycle cycle: Int = -1) -> Network { kernel.network(beforeCycle: cycle) }

  public var sources: [String: NumberSource] {
    kernel.outline(beforeCycle: -1).sources(
      weight: kernel.dendriticWeight, rateHistory: kernel.rateHistory)
  }

  public var arrays: [NetworkArray] {
    [
      NetworkArray(
        "dendritic_weight", .weight, [.post, .pre], unit: "mV", "synaptic weight",
        network().dendriticWeight.doubles)
    ]
  }

  public var hasMembrane: Bool { true }
}

extension Footprint {
  /// The footprint of an ELiSe network.
  ///
  /// A dendritic synapse costs one multiply-add in the input and, if it learns, one in its update.
  /// A scaffold edge costs one on each of its two pathways.
  ///
  /// - Parameter ownConstants: The number of constants in which each neuron differs from others.
  fileprivate init(
    _ network: Network, _ learning: LearningRule, ownConstants: Int, bytesPerNumber: Int
  ) {
    let neurons = network.neurons
    let synapses = network.dendriticSynapses
    let plastic = network.plasticSynapses(learning)
    let edges = network.scaffold.edges.count
    self.init(
      neurons: neurons, plasticParameters: plastic,
      // Each neuron has a dendritic, a scaffold and an interneuron delay.
      parameters: synapses + edges + (3 + ownConstants) * neurons, scaffoldEdges: edges,
      // Two potentials, a trace and a delay line per neuron; a weight per synapse.
      stateNumbers: neurons * (3 + ownConstants + network.longestDelay) + synapses,
      bytesPerNumber: bytesPerNumber, learningOperations: synapses + plastic + 2 * edges,
      frozenOperations: synapses + 2 * edges,
      // Without learning, no traces.
      replayNumbers: neurons * (2 + network.longestDelay),
      // The rates of somata and of dendrites.
      activations: neurons + (learning.latentHasDendrite ? neurons : network.visible),
      isLocal: true)
  }
}

/// The ELiSe model with its parameters, in any variant.
public struct EliseModel: SequenceModel {
  /// The learning rates and the variant.
  public var learning: LearningRule

  /// The parameters of new networks.
  public var network: NetworkParameters

  /// The kernel and its precision.
  public var kernel: KernelChoice

  /// Creates a model.
  public init(learning: LearningRule, network: NetworkParameters, kernel: KernelChoice) {
    self.learning = learning
    self.network = network
    self.kernel = kernel
  }

  /// A new network, drawn from the seed of a task.
  ///
  /// - Throws: ``NetworkError/scaffoldCannotGrow(latent:acceptance:)``, or
  ///   ``NetworkError/outOfRange(of:index:found:allowed:)`` for parameters that are not allowed.
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
    case .synapseLoss(let fraction, let draw):
      network.loseSynapses(fraction, learning: learning, seed: task.seed, draw: draw)
      return learner(of: network, for: task)
    case .weightNoise(let deviation, let draw):
      let learner = learner(of: network, for: task)
      learner.kernel.addWeightNoise(deviation, seed: task.seed, draw: draw)
      return learner
    }
  }

  /// A learner with a given network.
  public func learner(of network: consuming Network, for task: LearningTask) -> EliseLearner {
    EliseLearner(network, for: task, learning: learning, kernel: kernel)
  }
}
