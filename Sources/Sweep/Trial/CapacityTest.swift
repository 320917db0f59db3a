import NeuralCore
import Scores

/// Measures how much of its sequence, and of any input, a trained network holds.
struct CapacityTest {
  /// The values of the capacity columns of ``ScoreColumn/all``; missing ones left out.
  let scores: [String: Double]

  /// Measures a network.
  ///
  /// - Parameters:
  ///   - network: The network after replay.
  ///   - recall: The test of its recall.
  init(of network: Network, in model: TrialModel, recall: RecallTest) {
    var scores: [String: Double?] = [
      "linear_memory_capacity": linearMemoryCapacity(of: network, in: model)
    ]
    if let accuracy = recall.replay.noteAccuracy {
      let pattern = model.target.pattern
      let bits = RecalledBits(
        length: pattern.notes, distinctColumns: pattern.distinctColumns, noteAccuracy: accuracy)
      scores["recalled_bits"] = bits.value
      scores["bits_per_synapse"] = bits.bitsPerSynapse(
        plasticSynapses: network.plasticSynapseIndices(model.learning).count)
    }
    self.scores = scores.compactMapValues { $0 }
  }
}
