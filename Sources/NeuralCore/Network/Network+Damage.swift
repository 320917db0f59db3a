extension Network {
  /// The network without a random part of its plastic synapses.
  ///
  /// What a smaller part loses, a larger one loses too.
  ///
  /// - Parameter fraction: The part that is lost, in [0, 1], rounded to whole synapses.
  public func losingSynapses(
    _ fraction: Double, learning: LearningRule, seed: UInt64
  ) -> Network {
    let plastic = plasticSynapseIndices(learning)
    var random = RandomStream(seed: seed, purpose: .synapseLoss)
    let order = random.permutation(of: plastic.count)
    var network = self
    for index in order.prefix(Int((fraction * Double(plastic.count)).rounded())) {
      network.dendriticSynapse[plastic[index]] = false
      network.dendriticWeight[plastic[index]] = 0
    }
    return network
  }

  /// The network with every weight multiplied by `1 + deviation · xi`.
  public func withNoisyWeights(_ deviation: Double, seed: UInt64) -> Network {
    var random = RandomStream(seed: seed, purpose: .weightNoise)
    var network = self
    for index in network.dendriticWeight.indices {
      network.dendriticWeight[index] *= 1 + deviation * random.normal()
    }
    return network
  }

  /// Where the synapses that can learn stand in ``dendriticWeight``.
  public func plasticSynapseIndices(_ learning: LearningRule) -> [Int] {
    dendriticSynapse.indices.filter { isPlastic($0, learning) }
  }

  /// Number of the synapses that can learn.
  public func plasticSynapses(_ learning: LearningRule) -> Int {
    dendriticSynapse.indices.count { isPlastic($0, learning) }
  }

  private func isPlastic(_ index: Int, _ learning: LearningRule) -> Bool {
    dendriticSynapse[index] && (index / neurons < visible || learning.latentLearns)
  }
}
