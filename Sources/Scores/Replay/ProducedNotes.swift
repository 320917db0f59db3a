import NeuralCore

/// The notes that the visible neurons played in a replay cycle.
public struct ProducedNotes: Equatable, Sendable {
  /// Index of the cycle within the replay, including nudged cycles.
  public let cycle: Int

  /// Lag of the replay behind the target, as a fraction of a cycle in [0, 1).
  public let shift: Double

  /// Number of visible neurons.
  public let neurons: Int

  /// Whether each neuron was active, shape `[note, neuron]`.
  public let active: [Bool]
}

extension ProducedNotes {
  /// Reads the notes of a cycle without a shift.
  ///
  /// - Parameters:
  ///   - cycle: Index of the cycle.
  ///   - record: The rates of the visible neurons in the cycle.
  ///   - target: The target.
  public init(cycle: Int, _ record: RateRecord, target: TargetRates) {
    let produced = ProducedRates(cycle: record, next: record, neurons: target.neurons)
    self.init(
      cycle: cycle, shift: 0, neurons: target.neurons,
      active: produced.activeNotes(shift: 0, target: target))
  }
}

/// The columns of a pattern as numbers: a note has the number of the first note with the same column.
struct PatternColumns: Sendable {
  /// The number of each note.
  let numbers: [Int]
  /// The notes in which a neuron is active.
  private let sounding: [Int]
  private let neurons: Int
  private let columns: [ArraySlice<Bool>: Int]

  /// - Parameter pattern: Which neurons each note activates, shape `[note, neuron]`.
  init(_ pattern: [Bool], neurons: Int) {
    let notes = (0..<pattern.count / neurons).map { pattern[$0 * neurons..<($0 + 1) * neurons] }
    columns = Dictionary(zip(notes, notes.indices)) { first, _ in first }
    numbers = notes.map { [columns] in columns[$0]! }
    sounding = notes.indices.filter { notes[$0].contains(true) }
    self.neurons = neurons
  }

  /// The number of the column of each note of other notes, shape `[note, neuron]`; -1 if the pattern
  /// has no such column.
  func numbers(of active: [Bool]) -> [Int] {
    numbers.indices.map { columns[active[$0 * neurons..<($0 + 1) * neurons], default: -1] }
  }

  /// The fraction of played columns that are right.
  func accuracy(of played: [Int]) -> Double { fraction(played, numbers.indices) }

  /// The same among the notes in which the pattern sounds; nil if it never does.
  func soundingAccuracy(of played: [Int]) -> Double? {
    sounding.isEmpty ? nil : fraction(played, sounding)
  }

  private func fraction(_ played: [Int], _ notes: some Collection<Int>) -> Double {
    Double(notes.count { played[$0] == numbers[$0] }) / Double(notes.count)
  }
}

extension ProducedRates {
  /// The fraction of notes in which exactly the right neurons are active.
  ///
  /// A neuron is active in a note if its mean rate over the central samples of the note is above
  /// ``TargetRates/halfRange``. A note counts only if all its neurons are right. Two swapped notes
  /// change the correlation little, but this score clearly.
  ///
  /// - Parameters:
  ///   - shift: Lag of the produced rates behind the target [samples], in `0..<samples`.
  ///   - target: The target.
  ///   - pattern: Which neurons each note activates, shape `[note, neuron]`.
  /// - Returns: A fraction in [0, 1]; nil if a rate is not finite.
  /// - SeeAlso: docs/scores.md, *Scores of one cycle*.
  public func noteAccuracy(
    shift: Int, target: TargetRates, pattern: [Bool]
  ) -> Double? {
    precondition(pattern.count == target.notes * neurons, "pattern must hold [note, neuron]")
    guard isFinite else { return nil }
    let columns = PatternColumns(pattern, neurons: neurons)
    return columns.accuracy(of: columns.numbers(of: activeNotes(shift: shift, target: target)))
  }

  /// Which neurons are active in which note by the same threshold, shape `[note, neuron]`.
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
  /// Of `n` samples, `floor(3n / 10)` are left out on either side, so that some always remain. 50
  /// samples keep 15..<35, 25 samples 7..<18, 5 samples 1..<4.
  static func centralSamples(of note: Range<Int>) -> Range<Int> {
    let margin = 3 * note.count / 10
    return note.lowerBound + margin..<note.upperBound - margin
  }
}
