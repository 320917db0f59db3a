/// The disturbances of the robustness battery.
public enum RobustnessKind: String, CaseIterable, Sendable {
  /// Visible somata are held near the leak potential for a while.
  case silence
  /// White noise is added to every soma.
  case membraneNoise = "membrane_noise"
  /// Random plastic synapses are deleted.
  case synapseLoss = "synapse_loss"
  /// Every weight is multiplied by `1 + sigma xi`.
  case weightNoise = "weight_noise"
  /// Random latent neurons are silenced at the resting rate.
  case latentLoss = "latent_loss"

  /// The severities that are tested, ascending, in the unit that ``unit`` names.
  public var severities: [Double] {
    switch self {
    case .silence: [0.1, 0.24, 0.5, 1, 2]
    case .membraneNoise: [0.5, 1, 2, 4, 8]
    case .synapseLoss: [0.01, 0.02, 0.05, 0.1, 0.2]
    case .weightNoise: [0.05, 0.1, 0.2, 0.4, 0.8]
    case .latentLoss: [0.02, 0.05, 0.1, 0.2, 0.4]
    }
  }

  /// The unit of the severities; nil for fractions.
  public var unit: String? {
    switch self {
    case .silence: "cycles"
    case .membraneNoise: "mV per sqrt(ms)"
    case .synapseLoss, .weightNoise, .latentLoss: nil
    }
  }
}
