/// Which dendritic synapses of a new network exist.
public struct DendriticConnectivity: Equatable, Sendable {
  /// Probability that a synapse exists.
  public var density = 1.0

  /// Probability that a synapse from a visible to a latent neuron is kept, on top of ``density``.
  public var innervation = 1.0

  /// Whether a synapse that parallels a scaffold edge always exists.
  public var protectsScaffold = false

  /// Whether latent neurons have a dendrite, hence dendritic synapses.
  public var latentDendrites = true

  /// All-to-all synapses, none from a neuron to itself.
  public init() {}

  /// Whether each synapse exists, shape `[post, pre]`.
  ///
  /// The draws do not depend on the probabilities: the synapses of a sparse network are among those
  /// of a denser one with the same seed.
  public func synapses(visible: Int, latent: Int, scaffold: Scaffold, seed: UInt64) -> SynapseMask {
    let neurons = visible + latent
    let edges = Set(scaffold.edges)
    var random = RandomStream(seed: seed, purpose: .dendriticSynapses)
    var synapses = SynapseMask(none: neurons * neurons)
    for post in 0..<neurons {
      for pre in 0..<neurons {
        let isDense = random.uniform() < density
        let isInnervated = random.uniform() < innervation || pre >= visible || post < visible
        let isProtected = protectsScaffold && edges.contains(Scaffold.Edge(pre: pre, post: post))
        let hasDendrite = post < visible || latentDendrites
        synapses[post * neurons + pre] =
          post != pre && hasDendrite && (isDense && isInnervated || isProtected)
      }
    }
    return synapses
  }
}
