import NeuralCore

/// What a network costs: the other side of every comparison.
enum Resources {
  /// The values of the resource columns of ``ScoreColumn/all``.
  ///
  /// A dendritic synapse takes one multiply-add in the input and, where it learns, one in its
  /// update; a scaffold edge takes one on each of its two pathways.
  ///
  /// - Parameter recall: Says when the criterion was met.
  static func values(
    of network: Network, in model: TrialModel, recall: RecallTest
  ) -> [String: Double] {
    let synapses = network.dendriticSynapses
    let plastic = network.plasticSynapseIndices(model.learning).count
    let edges = network.scaffold.edges.count
    // Per neuron two potentials and a trace; a delay line per neuron; a weight per synapse.
    let numbers = network.neurons * (3 + network.longestDelay) + synapses
    let operations = synapses + plastic + 2 * edges
    let criterion = recall.cyclesToCriterion
    let steps = (-1..<criterion.value).reduce(0) {
      $0 + model.targets[model.schedule.pattern(inTrainingCycle: $1)].steps
    }
    return [
      "neurons": Double(network.neurons),
      "plastic_synapses": Double(plastic),
      "scaffold_edges": Double(edges),
      "state_bytes": Double(numbers * model.kernel.bytesPerNumber),
      "operations_per_step": Double(operations),
      "operations_per_replay_step": Double(
        synapses + (model.schedule.plasticReplay ? plastic : 0) + 2 * edges),
      "operations_to_criterion": Double(operations) * Double(steps),
      "operations_to_criterion_censored": criterion.isCensored ? 1 : 0,
    ]
  }
}
