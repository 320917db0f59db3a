import Foundation
import NeuralCore
import TestSupport

@testable import Scores

/// A pattern and its target rates, from the table in docs/model.md, *Patterns and targets*.
struct Melody {
  /// The notes in order, each a column of visible neurons.
  var columns: [[Bool]]

  /// Steps of 0.1 ms that a note lasts.
  var stepsPerNote = 100

  /// Für Elise: 13 neurons, 25 notes.
  static func fuerElise() throws -> Melody {
    let rows = try Fixtures.text("patterns/fuer_elise.txt")
      .split(separator: "\n").dropFirst()
      .map { $0.split(separator: " ").map { $0 == "1" } }
    return Melody(columns: (0..<rows[0].count).map { note in rows.map { $0[note] } })
  }

  /// The pattern, shape `[note, neuron]`.
  var pattern: [Bool] { columns.flatMap(\.self) }

  /// The target rates, sampled every second step.
  var target: TargetRates {
    let neurons = columns[0].count
    let steps = columns.count * stepsPerNote
    return TargetRates(
      values: (0..<neurons).flatMap { neuron in
        stride(from: 0, to: steps, by: 2).map { rate(neuron, step: $0) }
      },
      neurons: neurons, notes: columns.count, stepsPerNote: stepsPerNote)
  }

  /// The same notes, two of them exchanged.
  func swapping(_ first: Int, _ second: Int) -> Melody {
    var copy = self
    copy.columns.swapAt(first, second)
    return copy
  }

  /// The same notes in another order.
  func shuffled(using generator: inout some RandomNumberGenerator) -> Melody {
    Melody(columns: columns.shuffled(using: &generator), stepsPerNote: stepsPerNote)
  }

  private func rate(_ neuron: Int, step: Int) -> Double {
    let note = step / stepsPerNote
    let notes = columns.count
    let previous = columns[(note + notes - 1) % notes][neuron]
    let next = columns[(note + 1) % notes][neuron]
    let x = Double(step % stepsPerNote) * 0.1  // [ms]
    let duration = Double(stepsPerNote) * 0.1  // [ms]
    let potential: Double  // above the leak [mV]
    switch (previous, columns[note][neuron], next) {
    case (true, false, _) where x <= duration / 3: potential = rise(0.7 - x)
    case (_, false, true) where x >= duration * 2 / 3: potential = rise(0.7 + x - duration)
    case (_, false, _): potential = 0
    case (false, true, false):
      potential = x < duration / 2 ? rise(0.7 + x) : rise(0.7 + duration - x)
    case (false, true, true): potential = x <= duration * 2 / 3 ? rise(0.7 + x) : rise(10.7)
    case (true, true, false): potential = x < duration / 3 ? rise(10.7) : rise(0.7 + duration - x)
    case (true, true, true): potential = rise(10.7)
    }
    return 1 / (1 + exp(0.3 * (-58 - (-70 + potential))))
  }

  private func rise(_ z: Double) -> Double { 20 / (1 + exp(-z)) }
}

extension TargetRates {
  /// The rates of a network that replays this target `lag` samples late.
  func replayed(lag: Int) -> ProducedRates {
    ProducedRates(
      values: (0..<neurons).flatMap { neuron in
        (0..<2 * samples).map { sample in
          values[neuron * samples + (sample - lag + 2 * samples) % samples]
        }
      }, neurons: neurons)
  }

  /// One recorded cycle of this target, `lag` samples late.
  func record(lag: Int = 0) -> RateRecord {
    var record = RateRecord(neurons: neurons, every: every)
    for sample in 0..<samples {
      let source = ((sample - lag) % samples + samples) % samples
      record.append((0..<neurons).map { values[$0 * samples + source] })
    }
    return record
  }

  /// One recorded cycle in which every rate is the same.
  func constantRecord(_ rate: Double) -> RateRecord {
    var record = RateRecord(neurons: neurons, every: every)
    for _ in 0..<samples { record.append([Double](repeating: rate, count: neurons)) }
    return record
  }
}

/// A seeded generator, so that a failing case can be had again.
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
