public import NeuralCore

extension RateLearner {
  /// What is kept of the network itself, by name.
  private static var kept: [(String, WritableKeyPath<RateNetwork, [Double]>)] {
    [
      ("recurrent", \.recurrent), ("feedback", \.feedback), ("bias", \.bias),
      ("readout", \.readout), ("state", \.state), ("rate", \.rate), ("emitted", \.emitted),
    ]
  }

  private static var memoryPrefix: String { "rule_" }

  public var sources: [String: NumberSource] {
    var arrays = ["cycles": [Double(cycles)]]
    for (name, path) in Self.kept { arrays[name] = network[keyPath: path] }
    for (name, values) in rule.memory { arrays[Self.memoryPrefix + name] = values }
    return arrays.mapValues { NumberSource(NumberArray($0)) }
  }

  /// Takes over a state.
  ///
  /// - Returns: Whether it is that of such a network; if not, this one is as it was or useless.
  func restore(_ state: LearnerState) -> Bool {
    guard let run = state.values("cycles", count: 1)?[0], let cycles = Int(exactly: run) else {
      return false
    }
    for (name, path) in Self.kept {
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
    return true
  }

  /// Weights that learn are lost to zero: those of the read-out, and the recurrent and feedback
  /// weights where they learn; biases and intercepts are no synapses. Noise scales every weight.
  func take(_ damage: NetworkDamage, seed: UInt64) {
    var state = state
    switch damage {
    case .synapseLoss(let fraction):
      var synapses = (0..<latent * visible).map { ("readout", $0) }
      if Rule.learnsRecurrent { synapses += (0..<latent * latent).map { ("recurrent", $0) } }
      if Rule.learnsInput { synapses += (0..<visible * latent).map { ("feedback", $0) } }
      var random = RandomStream(seed: seed, purpose: .synapseLoss)
      let order = random.permutation(of: synapses.count)
      for place in order.prefix(Int((fraction * Double(synapses.count)).rounded())) {
        let (name, index) = synapses[place]
        state.arrays[name]![index] = 0
      }
    case .weightNoise(let deviation):
      var random = RandomStream(seed: seed, purpose: .weightNoise)
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
    let frozen = Rule.frozenOperations(visible: visible, latent: latent)
    return Footprint(
      neurons: neurons,
      plasticParameters: Rule.plasticParameters(visible: visible, latent: latent),
      parameters: weights,
      stateNumbers: Int(
        Rule.stateNumbers(
          visible: Double(visible), latent: Double(latent), steps: Double(longestCycle))),
      learningOperations: frozen + Rule.learningOperations(visible: visible, latent: latent),
      frozenOperations: frozen, isLocal: Rule.isLocal)
  }
}
