/// The connections and the state of a network of visible and latent two-compartment neurons.
///
/// Visible neurons have the lowest indices. Matrices are stored row by row, with one row per
/// postsynaptic neuron.
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

  /// Whether a dendritic synapse exists, shape `[post, pre]`; never from a neuron to itself.
  public var dendriticSynapse: SynapseMask

  /// Weights of the dendritic synapses [mV], shape `[post, pre]`; 0 for missing synapses.
  public var dendriticWeight: NumberArray

  /// Potentials, traces and past rates.
  public var state: NetworkState

  /// The training cycle that this network runs next; -1 for a new network.
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

  /// Creates a network from its parts and checks them.
  ///
  /// - Throws: ``NetworkError`` with the part, the value found and the values allowed.
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

/// The state of a network except its weights.
public struct NetworkState: Equatable, Sendable {
  /// Somatic potentials `u` [mV], shape `[neuron]`.
  public var somaticPotential: [Double]

  /// Dendritic potentials `v` [mV], shape `[neuron]`.
  public var dendriticPotential: [Double]

  /// Presynaptic traces `xbar`: delayed rates after a low-pass filter, shape `[neuron]`.
  public var trace: [Double]

  /// The rates of the last steps, oldest first, shape `[step, neuron]`. If it is shorter than the
  /// longest delay, all earlier rates are the resting rate.
  public var rateHistory: NumberArray

  /// Creates the state before step 0: potentials at the leak, traces of 0, and past rates at rest.
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
