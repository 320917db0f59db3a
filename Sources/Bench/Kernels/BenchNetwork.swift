import NeuralCore

/// The kinds of networks that kernels are measured on.
public enum BenchNetwork: String, CaseIterable, Codable, Sendable {
  case dense
  /// Half of all dendritic synapses exist.
  case half
  /// A tenth of all dendritic synapses exist.
  case tenth
  /// Half of the synapses from visible to latent neurons exist.
  case innervation
  /// Latent neurons do not learn.
  case reservoir
  /// Latent neurons have no dendrite.
  case somaOnly = "soma_only"

  /// Which synapses learn.
  var learning: LearningRule {
    switch self {
    case .reservoir: LearningRule(variant: .reservoir)
    case .somaOnly: LearningRule(variant: .somaOnly)
    default: LearningRule()
    }
  }

  /// The number of visible neurons, as in the paper.
  static let visible = 13

  /// A network with a number of neurons.
  func network(neurons: Int) throws -> Network {
    var parameters = NetworkParameters(visible: Self.visible, latent: neurons - Self.visible)
    switch self {
    case .half: parameters.connectivity.density = 0.5
    case .tenth: parameters.connectivity.density = 0.1
    case .innervation: parameters.connectivity.innervation = 0.5
    case .somaOnly: parameters.connectivity.latentDendrites = false
    case .dense, .reservoir: break
    }
    return try Network(parameters, seed: 1)
  }

  /// A target of a few random notes.
  static func target(notes: Int, stepsPerNote: Int) -> Target {
    var random = RandomStream(seed: 1, purpose: .bootstrap)
    let columns = (0..<notes).map { _ in
      (0..<visible).map { _ in random.uniform() < 0.3 }
    }
    return Target(pattern: Pattern(name: "random", columns: columns), stepsPerNote: stepsPerNote)
  }
}
