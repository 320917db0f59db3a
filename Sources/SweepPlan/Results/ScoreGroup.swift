/// A group of scores that a sweep can ask for.
public enum ScoreGroup: String, CaseIterable, Sendable, Codable {
  case recall
  case capacity
  case robustness

  /// The meaning, in a sentence without a full stop.
  public var meaning: String {
    switch self {
    case .recall:
      "how well, how long and after how much training the network replays the sequence on its own"
    case .capacity:
      "how much of the sequence the network holds, in bits and per plastic synapse, and how many "
        + "notes of any input it remembers"
    case .robustness:
      "how well replay withstands silenced neurons, membrane and weight noise, and the loss of "
        + "synapses and latent neurons"
    }
  }
}
