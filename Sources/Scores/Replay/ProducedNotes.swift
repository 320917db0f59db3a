import NeuralCore

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

extension ProducedNotes {
  /// The notes of a cycle as they were played, in step with the teacher's clock.
  ///
  /// - Parameters:
  ///   - cycle: Index of the cycle.
  ///   - record: The visible neurons' rates in it.
  ///   - target: What should have been played.
  public init(cycle: Int, _ record: RateRecord, target: TargetRates) {
    let produced = ProducedRates(cycle: record, next: record, neurons: target.neurons)
    self.init(
      cycle: cycle, shift: 0, neurons: target.neurons,
      active: produced.activeNotes(shift: 0, target: target))
  }
}
