/// The state of a learner between two cycles, as named arrays of numbers.
///
/// Integers and Boolean values are stored exactly, as doubles. Large arrays keep the precision of
/// the kernel.
public struct LearnerState: Equatable, Sendable {
  /// The arrays by name, in snake_case.
  public var arrays: [String: NumberArray]

  /// Creates a state.
  public init(_ arrays: [String: NumberArray] = [:]) {
    self.arrays = arrays
  }

  /// Copies the arrays of a learner.
  public init(_ sources: [String: NumberSource]) {
    self.init(sources.mapValues(\.array))
  }

  /// An array; nil for an unknown name.
  public subscript(_ name: String) -> [Double]? { arrays[name]?.doubles }

  /// An array of a given length; nil for an unknown name or another length.
  public func values(_ name: String, count: Int) -> [Double]? {
    arrays[name].flatMap { $0.count == count ? $0.doubles : nil }
  }
}

extension LearnerState {
  /// The arrays of a network, without the numbers of its neurons.
  public init(_ network: Network) {
    self.init(
      network.sources(
        weight: NumberSource(network.dendriticWeight),
        rateHistory: NumberSource(network.state.rateHistory)))
  }
}

extension Network {
  /// The arrays of a ``LearnerState``, with the given weights and past rates.
  func sources(weight: NumberSource, rateHistory: NumberSource) -> [String: NumberSource] {
    let small = [
      "scaffold_pre": scaffold.edges.map { Double($0.pre) },
      "scaffold_post": scaffold.edges.map { Double($0.post) },
      "dendritic_delay": dendriticDelay.map(Double.init),
      "scaffold_delay": scaffoldDelay.map(Double.init),
      "interneuron_delay": interneuronDelay.map(Double.init),
      "dendritic_synapse": dendriticSynapse.words.map(Double.init),
      "somatic_potential": state.somaticPotential,
      "dendritic_potential": state.dendriticPotential,
      "trace": state.trace,
    ]
    let large = ["dendritic_weight": weight, "rate_history": rateHistory]
    return large.merging(small.mapValues { NumberSource(NumberArray($0)) }) { $1 }
  }

  /// Reads a network from its arrays; nil if they do not form a network of this size.
  public init?(_ state: consuming LearnerState, visible: Int, latent: Int) {
    func whole(_ name: String) -> [Int]? {
      state[name].flatMap { values in
        let whole = values.compactMap(Int.init(exactly:))
        return whole.count == values.count ? whole : nil
      }
    }
    guard let pre = whole("scaffold_pre"), let post = whole("scaffold_post"),
      pre.count == post.count, let dendriticDelay = whole("dendritic_delay"),
      let scaffoldDelay = whole("scaffold_delay"),
      let interneuronDelay = whole("interneuron_delay"),
      let words = state["dendritic_synapse"]?.compactMap(UInt32.init(exactly:)),
      let synapse = SynapseMask(words: words, count: (visible + latent) * (visible + latent)),
      let weight = state.arrays["dendritic_weight"],
      let somatic = state["somatic_potential"], let dendritic = state["dendritic_potential"],
      let trace = state["trace"], let history = state.arrays["rate_history"],
      let network = try? Network(
        visible: visible, latent: latent,
        scaffold: Scaffold(edges: zip(pre, post).map { Scaffold.Edge(pre: $0, post: $1) }),
        dendriticDelay: dendriticDelay, scaffoldDelay: scaffoldDelay,
        interneuronDelay: interneuronDelay, dendriticSynapse: synapse, dendriticWeight: weight,
        state: NetworkState(
          somaticPotential: somatic, dendriticPotential: dendritic, trace: trace,
          rateHistory: history))
    else { return nil }
    self = network
  }
}
