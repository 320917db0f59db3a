public import NeuralCore

extension RateLearner {
  /// The stored arrays of the network, by name.
  private var kept: [(String, WritableKeyPath<RateNetwork, [Double]>)] {
    [
      ("recurrent", \.recurrent), ("feedback", \.feedback), ("bias", \.bias),
      ("readout", \.readout), ("state", \.state), ("rate", \.rate), ("emitted", \.emitted),
    ]
      + (network.rateDelays.isEmpty
        ? [] : [("past_rate", \.rateDelays.past), ("past_emitted", \.emittedDelays.past)])
  }

  private static var memoryPrefix: String { "rule_" }

  public var sources: [String: NumberSource] {
    var arrays = ["cycles": [Double(cycles)]]
    for (name, path) in kept { arrays[name] = network[keyPath: path] }
    for (name, values) in rule.memory { arrays[Self.memoryPrefix + name] = values }
    return arrays.mapValues { NumberSource(NumberArray($0)) }
  }

  /// Restores a state.
  ///
  /// - Returns: Whether the state fits this network. If not, the learner is no longer usable.
  func restore(_ state: LearnerState) -> Bool {
    guard let run = state.values("cycles", count: 1)?[0], let cycles = Int(exactly: run) else {
      return false
    }
    for (name, path) in kept {
      let count = network[keyPath: path].count
      guard let values = state.values(name, count: count) else { return false }
      network[keyPath: path] = values
    }
    var memory = rule.memory
    for (name, old) in memory {
      guard let values = state.values(Self.memoryPrefix + name, count: old.count) else {
        return false
      }
      memory[name] = values
    }
    rule.memory = memory
    self.cycles = cycles
    // No more arrays than these, such as the delay lines of another network.
    return state.arrays.count == 1 + kept.count + memory.count
  }

  /// Damages the network.
  ///
  /// Lost synapses get the weight 0. They are drawn from the plastic weights: the read-out, and the
  /// recurrent and feedback weights if they learn. Biases and intercepts are not synapses. Noise
  /// scales every weight.
  func take(_ damage: NetworkDamage, seed: UInt64) {
    var state = state
    switch damage {
    case .synapseLoss(let fraction, let draw):
      var synapses = (0..<latent * visible).map { ("readout", $0) }
      if Rule.learnsRecurrent { synapses += (0..<latent * latent).map { ("recurrent", $0) } }
      if Rule.learnsInput { synapses += (0..<visible * latent).map { ("feedback", $0) } }
      var random = RandomStream(seed: seed, purpose: .synapseLoss, index: draw)
      let order = random.permutation(of: synapses.count)
      for place in order.prefix(Int((fraction * Double(synapses.count)).rounded())) {
        let (name, index) = synapses[place]
        state.arrays[name]![index] = 0
      }
    case .weightNoise(let deviation, let draw):
      var random = RandomStream(seed: seed, purpose: .weightNoise, index: draw)
      for name in ["recurrent", "feedback", "readout"] {
        for index in state.arrays[name]!.indices {
          state.arrays[name]![index] *= 1 + deviation * random.normal()
        }
      }
    }
    let fits = restore(state)
    assert(fits)
  }

  public var footprint: Footprint {
    let weights =
      network.recurrent.count + network.feedback.count + network.bias.count + network.readout.count
    let delays = network.rateDelays.delays.count + network.emittedDelays.delays.count
    let frozen = Rule.frozenOperations(visible: visible, latent: latent)
    let learning = Rule.learningOperations(visible: visible, latent: latent)
    return Footprint(
      neurons: neurons,
      plasticParameters: Rule.plasticParameters(visible: visible, latent: latent),
      parameters: weights + delays,
      stateNumbers: Int(
        Rule.stateNumbers(
          visible: Double(visible), latent: Double(latent), steps: Double(longestCycle),
          longestDelay: Double(network.rateDelays.longest))),
      learningOperations: frozen + (learning + rule.stepsPerUpdate / 2) / rule.stepsPerUpdate,
      frozenOperations: frozen,
      replayNumbers: Rule.replayNumbers(
        visible: visible, latent: latent, longestDelay: network.rateDelays.longest),
      activations: latent, isLocal: Rule.isLocal)
  }
}
