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

extension ProducedRates {
  /// The fraction of notes at which exactly the right neurons are active.
  ///
  /// A neuron is active in a note if its mean rate over the note's central samples lies above
  /// ``TargetRates/halfRange``. A note counts only if its whole column is right, so one wrong
  /// neuron spoils it: correlation hardly notices two swapped notes, this does.
  ///
  /// - Parameters:
  ///   - shift: How far the produced rates lag behind the target, in samples, in `[0, samples)`.
  ///   - pattern: Which neurons each note activates, shape `[note, neuron]`.
  /// - Returns: A fraction in [0, 1]; missing where a rate is not finite.
  public func noteAccuracy(
    shift: Int, target: TargetRates, pattern: [Bool]
  ) -> Double? {
    precondition(pattern.count == target.notes * neurons, "pattern must hold [note, neuron]")
    guard isFinite else { return nil }
    let right = (0..<target.notes).count { note in
      (0..<neurons).allSatisfy { neuron in
        isActive(neuron, inNote: note, shift: shift, target) == pattern[note * neurons + neuron]
      }
    }
    return Double(right) / Double(target.notes)
  }

  /// Which neurons are active in which note, shape `[note, neuron]`, by the same threshold.
  func activeNotes(shift: Int, target: TargetRates) -> [Bool] {
    (0..<target.notes).flatMap { note in
      (0..<neurons).map { isActive($0, inNote: note, shift: shift, target) }
    }
  }

  private func isActive(
    _ neuron: Int, inNote note: Int, shift: Int, _ target: TargetRates
  ) -> Bool {
    precondition(neurons == target.neurons && samples == target.samples)
    precondition((0..<samples).contains(shift), "a shift is less than one cycle")
    let window = Self.centralSamples(of: target.samples(ofNote: note))
    let rates = channel(neuron).dropFirst(shift + window.lowerBound).prefix(window.count)
    return rates.reduce(0, +) / Double(window.count) > target.halfRange
  }

  /// The central 40 % of a note's samples.
  ///
  /// Of `n` samples, `floor(3n / 10)` are left out on either side: always as many in front as
  /// behind, and never all. Fifty samples keep 15..<35, twenty-five 7..<18, five 1..<4.
  static func centralSamples(of note: Range<Int>) -> Range<Int> {
    let margin = 3 * note.count / 10
    return note.lowerBound + margin..<note.upperBound - margin
  }
}
