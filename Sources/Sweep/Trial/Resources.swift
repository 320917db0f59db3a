import NeuralCore

/// What a network costs: the other side of every comparison.
enum Resources {
  /// The values of the resource columns of ``ScoreColumn/all``.
  static func values(of network: Network, bytesPerNumber: Int) -> [String: Double] {
    let synapses = network.plasticSynapses
    let edges = network.scaffold.edges.count
    // Per neuron two potentials and a trace; a delay line per neuron; a weight per synapse.
    let numbers = network.neurons * (3 + network.longestDelay) + synapses
    return [
      "neurons": Double(network.neurons),
      "plastic_synapses": Double(synapses),
      "scaffold_edges": Double(edges),
      "state_bytes": Double(numbers * bytesPerNumber),
      // A synapse takes one multiply-add in the input and one in its update; a scaffold edge one
      // on each of its two pathways.
      "operations_per_step": Double(2 * synapses + 2 * edges),
    ]
  }
}
