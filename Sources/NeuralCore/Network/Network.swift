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
