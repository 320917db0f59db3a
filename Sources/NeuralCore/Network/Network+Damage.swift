extension Network {
  /// Loses a random part of the plastic synapses, rounded to whole ones. What a smaller part loses, a
  /// larger one loses too.
  ///
  /// Their weights stay behind, since to clear them would copy those of all; no kernel heeds them.
  mutating func loseSynapses(_ fraction: Double, learning: LearningRule, seed: UInt64) {
    let lost = Self.lost(fraction, of: plasticSynapses(learning), seed)
    var number = 0
    for index in dendriticSynapse.indices where isPlastic(index, learning) {
      if lost[number] { dendriticSynapse[index] = false }
      number += 1
    }
  }

  /// Which of so many synapses are lost.
  private static func lost(_ fraction: Double, of count: Int, _ seed: UInt64) -> SynapseMask {
    var random = RandomStream(seed: seed, purpose: .synapseLoss)
    // A large network has many; in 32 bits their numbers take no more room than its weights.
    let order = random.permutation(of: count, as: UInt32.self)
    var lost = SynapseMask(none: count)
    for number in order.prefix(Int((fraction * Double(count)).rounded())) {
      lost[Int(number)] = true
    }
    return lost
  }

  /// Number of the synapses that can learn.
  public func plasticSynapses(_ learning: LearningRule) -> Int {
    dendriticSynapse.indices.count { isPlastic($0, learning) }
  }

  private func isPlastic(_ index: Int, _ learning: LearningRule) -> Bool {
    dendriticSynapse[index] && (index / neurons < visible || learning.latentLearns)
  }
}
