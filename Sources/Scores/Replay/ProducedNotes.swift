/// Which notes the visible neurons played in a replay cycle.
public struct ProducedNotes: Equatable, Sendable {
  /// Index of the cycle within the replay, nudged cycles counted.
  public let cycle: Int

  /// How far the replay was behind the target, as a part of a cycle in [0, 1).
  public let shift: Double

  /// How many visible neurons there are.
  public let neurons: Int

  /// Whether each neuron was active, shape `[note, neuron]`.
  public let active: [Bool]
}
