/// A network of visible and latent two-compartment neurons: its connections and its state.
///
/// Neurons are numbered with the visible ones first. Matrices are stored row by row with the
/// postsynaptic neuron as the row.
public struct Network: Equatable, Sendable {
  /// Number of visible neurons, which carry the sequence.
  public let visible: Int

  /// Number of latent neurons.
  public let latent: Int

  /// Static connections onto the somata of latent neurons.
  public var scaffold: Scaffold

  /// Delay of the dendritic connections of each presynaptic neuron [steps], at least 2.
  public var dendriticDelay: [Int]

  /// Delay of the excitatory scaffold edges of each presynaptic neuron [steps], at least 1.
  public var scaffoldDelay: [Int]

  /// Delay of the inhibitory pathway of each presynaptic neuron [steps], at least 1.
  public var interneuronDelay: [Int]

  /// Whether a plastic synapse exists, shape `[post, pre]`; never from a neuron to itself.
  public var dendriticSynapse: SynapseMask

  /// Weights of the plastic synapses [mV], shape `[post, pre]`; 0 where there is none.
  public var dendriticWeight: NumberArray

  /// What changes from step to step.
  public var state: NetworkState

  /// The training cycle that this network runs next; -1 for a new one.
  public var cycle: Int

  /// Number of neurons.
  public var neurons: Int { visible + latent }

  /// Number of dendritic synapses, plastic or not.
  public var dendriticSynapses: Int { dendriticSynapse.count(where: { $0 }) }

  /// The longest delay of any pathway [steps].
  public var longestDelay: Int {
    max(
      dendriticDelay.max() ?? 0, scaffoldDelay.max() ?? 0, interneuronDelay.max() ?? 0)
  }

  /// Creates a network from its parts and checks that they fit together.
  ///
  /// - Throws: ``NetworkError`` naming the part, what was found and what is allowed.
  public init(
    visible: Int, latent: Int, scaffold: Scaffold, dendriticDelay: [Int], scaffoldDelay: [Int],
    interneuronDelay: [Int], dendriticSynapse: SynapseMask, dendriticWeight: NumberArray,
    state: NetworkState, cycle: Int = -1
  ) throws(NetworkError) {
    self.visible = visible
    self.latent = latent
    self.scaffold = scaffold
    self.dendriticDelay = dendriticDelay
    self.scaffoldDelay = scaffoldDelay
    self.interneuronDelay = interneuronDelay
    self.dendriticSynapse = dendriticSynapse
    self.dendriticWeight = dendriticWeight
    self.state = state
    self.cycle = cycle
    try validate()
  }
}

/// Everything about a network that changes from step to step, apart from its weights.
public struct NetworkState: Equatable, Sendable {
  /// Somatic potentials `u` [mV], shape `[neuron]`.
  public var somaticPotential: [Double]

  /// Dendritic potentials `v` [mV], shape `[neuron]`.
  public var dendriticPotential: [Double]

  /// Low-pass filtered, delayed presynaptic rates `rbar`, shape `[neuron]`.
  public var trace: [Double]

  /// The rates of the last steps, oldest first, shape `[step, neuron]`. May be shorter than the
  /// longest delay: what came before it is at rest.
  public var rateHistory: NumberArray

  /// The state before step 0: potentials at the leak, empty traces, a past at rest.
  public init(neurons: Int, constants: ModelConstants = ModelConstants()) {
    somaticPotential = Array(repeating: constants.leakPotential, count: neurons)
    dendriticPotential = somaticPotential
    trace = Array(repeating: 0, count: neurons)
    rateHistory = []
  }

  /// Creates a state from its parts.
  public init(
    somaticPotential: [Double], dendriticPotential: [Double], trace: [Double],
    rateHistory: NumberArray
  ) {
    self.somaticPotential = somaticPotential
    self.dendriticPotential = dendriticPotential
    self.trace = trace
    self.rateHistory = rateHistory
  }
}
