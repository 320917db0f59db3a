import NeuralCore
import Scores
import SweepPlan

/// Measures how much of its sequence, and of any input, a trained network holds.
struct CapacityTest {
  /// The values of the capacity columns of ``ScoreColumn/all``; missing ones left out.
  let scores: [String: Double]

  /// Measures a network.
  ///
  /// - Parameters:
  ///   - network: The network after replay, whose state is washed out.
  ///   - recall: The test of its recall.
  ///   - resources: What it costs, as ``Resources`` says.
  ///   - heed: Called now and then; may throw to stop.
  init(
    of network: any Learner, in model: TrialModel, recall: RecallTest, resources: [String: Double],
    heed: () throws -> Void = {}
  ) throws {
    var scores: [String: Double?] = [
      "linear_memory_capacity": try linearMemoryCapacity(of: network, in: model, heed: heed)
    ]
    let synapses = Int(resources["plastic_synapses"]!)
    let recalled = recall.patterns.compactMap { recall -> [String: Double]? in
      guard let accuracy = recall.replay.noteAccuracy else { return nil }
      let pattern = recall.target.pattern
      let bits = RecalledBits(
        length: pattern.notes, distinctColumns: pattern.distinctColumns, noteAccuracy: accuracy)
      let perSynapse = bits.bitsPerSynapse(plasticSynapses: synapses)
      return [
        "recalled_bits": bits.value, "bits_per_synapse": perSynapse,
        "bits_per_neuron": bits.value / resources["neurons"]!,
      ].compactMapValues { $0 }
    }
    if recalled.count == recall.patterns.count {
      scores.merge(ScoreColumn.together(recalled)) { $1 }
    }
    if let bits = scores["recalled_bits"] ?? nil, resources["operations_to_criterion_censored"] == 0
    {
      scores["bits_per_operation"] = bits / resources["operations_to_criterion"]!
    }
    self.scores = scores.compactMapValues { $0 }
  }
}
