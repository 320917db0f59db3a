/// What a sweep measures on every trial.
public enum SweepTest: String, CaseIterable, Sendable, Codable {
  /// How well the network replays the sequence on its own.
  case recall
}
