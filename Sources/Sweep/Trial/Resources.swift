import NeuralCore

/// What a network costs: the other side of every comparison.
enum Resources {
  /// The values of the resource columns of ``ScoreColumn/all``.
  ///
  /// A dendritic synapse takes one multiply-add in the input and, where it learns, one in its
  /// update; a scaffold edge takes one on each of its two pathways.
  static func values(of network: Network, in model: TrialModel) -> [String: Double] {
    let synapses = network.dendriticSynapses
    let plastic = network.plasticSynapseIndices(model.learning).count
    let edges = network.scaffold.edges.count
    // Per neuron two potentials and a trace; a delay line per neuron; a weight per synapse.
    let numbers = network.neurons * (3 + network.longestDelay) + synapses
    return [
      "neurons": Double(network.neurons),
      "plastic_synapses": Double(plastic),
      "scaffold_edges": Double(edges),
      "state_bytes": Double(numbers * model.kernel.bytesPerNumber),
      "operations_per_step": Double(synapses + plastic + 2 * edges),
      "operations_per_replay_step": Double(
        synapses + (model.schedule.plasticReplay ? plastic : 0) + 2 * edges),
    ]
  }
}
