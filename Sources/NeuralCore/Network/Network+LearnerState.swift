extension LearnerState {
  /// The numbers of a network. Its sizes are left out: whoever continues knows them.
  public init(_ network: Network) {
    self.init([
      "scaffold_pre": network.scaffold.edges.map { Double($0.pre) },
      "scaffold_post": network.scaffold.edges.map { Double($0.post) },
      "dendritic_delay": network.dendriticDelay.map(Double.init),
      "scaffold_delay": network.scaffoldDelay.map(Double.init),
      "interneuron_delay": network.interneuronDelay.map(Double.init),
      "dendritic_synapse": network.dendriticSynapse.words.map(Double.init),
      "dendritic_weight": network.dendriticWeight.doubles,
      "somatic_potential": network.state.somaticPotential,
      "dendritic_potential": network.state.dendriticPotential,
      "trace": network.state.trace,
      "rate_history": network.state.rateHistory,
    ])
  }
}

extension Network {
  /// Reads a network from its numbers; nil where they are not those of a network of this size.
  public init?(_ state: LearnerState, visible: Int, latent: Int) {
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
      let weight = state["dendritic_weight"],
      let somatic = state["somatic_potential"], let dendritic = state["dendritic_potential"],
      let trace = state["trace"], let history = state["rate_history"],
      let network = try? Network(
        visible: visible, latent: latent,
        scaffold: Scaffold(edges: zip(pre, post).map { Scaffold.Edge(pre: $0, post: $1) }),
        dendriticDelay: dendriticDelay, scaffoldDelay: scaffoldDelay,
        interneuronDelay: interneuronDelay, dendriticSynapse: synapse,
        dendriticWeight: NumberArray(weight),
        state: NetworkState(
          somaticPotential: somatic, dendriticPotential: dendritic, trace: trace,
          rateHistory: history))
    else { return nil }
    self = network
  }
}
