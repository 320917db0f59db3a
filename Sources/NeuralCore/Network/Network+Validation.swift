extension Network {
  /// The longest allowed delay [steps], which is 10 s. It bounds the memory of the delay lines.
  public static let maximalDelay = 100_000

  /// Checks counts, indices and values.
  ///
  /// - Throws: ``NetworkError`` for the first part that is not allowed.
  func validate() throws(NetworkError) {
    try check("visible", [visible], 1...1_000_000)
    try check("latent", [latent], 1...1_000_000)
    try checkCounts()
    try check("dendritic_delay", dendriticDelay, 2...Self.maximalDelay)
    try check("scaffold_delay", scaffoldDelay, 1...Self.maximalDelay)
    try check("interneuron_delay", interneuronDelay, 1...Self.maximalDelay)
    try check("scaffold_pre", scaffold.edges.map(\.pre), 0...neurons - 1)
    try check("scaffold_post", scaffold.edges.map(\.post), visible...neurons - 1)
    try checkFinite("dendritic_weight", dendriticWeight)
    try checkFinite("somatic_potential", state.somaticPotential)
    try checkFinite("dendritic_potential", state.dendriticPotential)
    try checkFinite("trace", state.trace)
    try checkFinite("rate_history", state.rateHistory)
    for neuron in 0..<neurons where dendriticSynapse[neuron * neurons + neuron] {
      throw .outOfRange(
        of: "dendritic_synapse", index: neuron * neurons + neuron, found: "1",
        allowed: "0, since no neuron connects to itself")
    }
    for index in dendriticWeight.indices
    where !dendriticSynapse[index] && dendriticWeight[index] != 0 {
      throw .outOfRange(
        of: "dendritic_weight", index: index, found: "\(dendriticWeight[index])",
        allowed: "0, since there is no such synapse")
    }
  }

  private func checkCounts() throws(NetworkError) {
    let counts = [
      ("dendritic_delay", dendriticDelay.count, neurons),
      ("scaffold_delay", scaffoldDelay.count, neurons),
      ("interneuron_delay", interneuronDelay.count, neurons),
      ("dendritic_synapse", dendriticSynapse.count, neurons * neurons),
      ("dendritic_weight", dendriticWeight.count, neurons * neurons),
      ("somatic_potential", state.somaticPotential.count, neurons),
      ("dendritic_potential", state.dendriticPotential.count, neurons),
      ("trace", state.trace.count, neurons),
      (
        "rate_history", state.rateHistory.count, state.rateHistory.count / neurons * neurons
      ),
    ]
    for (name, found, expected) in counts where found != expected {
      throw .wrongCount(of: name, found: found, expected: expected)
    }
  }

  private func check(
    _ name: String, _ values: [Int], _ allowed: ClosedRange<Int>
  ) throws(NetworkError) {
    for (index, value) in values.enumerated() where !allowed.contains(value) {
      throw .outOfRange(
        of: name, index: index, found: "\(value)",
        allowed: "\(allowed.lowerBound) to \(allowed.upperBound)")
    }
  }

  private func checkFinite(_ name: String, _ values: some Sequence<Double>) throws(NetworkError) {
    for (index, value) in values.enumerated() where !value.isFinite {
      throw .outOfRange(of: name, index: index, found: "\(value)", allowed: "a finite number")
    }
  }
}

/// Why a network cannot be created.
public enum NetworkError: Error, Equatable {
  /// During growth a neuron needs an edge, but no latent neuron can accept one.
  case scaffoldCannotGrow(latent: Int, acceptance: Double)

  /// The length of an array does not fit the number of neurons.
  case wrongCount(of: String, found: Int, expected: Int)

  /// A value is not allowed.
  case outOfRange(of: String, index: Int, found: String, allowed: String)
}

extension NetworkError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .scaffoldCannotGrow(let latent, let acceptance):
      "the scaffold cannot grow: scaffold_q = \(acceptance) lets none of the \(latent) latent "
        + "neurons accept another edge; raise scaffold_q or latent"
    case .wrongCount(let what, let found, let expected):
      "\(what): got \(found) values; expected \(expected)"
    case .outOfRange(let what, let index, let found, let allowed):
      "\(what)[\(index)]: got \(found); expected \(allowed)"
    }
  }
}
