import LinearAlgebra

/// Measures how many past inputs the rates of a network hold, while it is shown them.
///
/// Rates come in note by note, and only sums of them are kept: for N neurons and K delays some
/// N²/2 + N K numbers, however many notes there are.
///
/// - SeeAlso: ``LinearMemory``, which defines the score.
public struct LinearMemoryMeasurement: Sendable {
  /// So many notes are taken in together.
  private static let block = 64

  private let asked: DelayedInputs
  private let neurons: Int
  private let notes: MemoryNotes

  /// How many notes have been taken in.
  private var note = 0
  /// Over the notes on which the read-out is fitted.
  private var sums: RegressionSums?
  /// Over those on which it is tested; nothing where it could not be fitted.
  private var test: ReadoutTest?

  /// Prepares to show a network some inputs.
  ///
  /// - Parameters:
  ///   - inputs: One per note, independent and random, in any unit.
  ///   - neurons: How many.
  ///   - notes: Which notes serve for what.
  public init(inputs: [Double], neurons: Int, notes: MemoryNotes) {
    precondition(inputs.count == notes.total && neurons > 0)
    asked = DelayedInputs(inputs: inputs, delays: notes.delays)
    self.neurons = neurons
    self.notes = notes
  }

  /// Takes in what the network did on the next notes. What goes beyond the last one is ignored.
  ///
  /// - Parameter rates: The rates at the end of each of them, shape `[note, neuron]`.
  /// - Complexity: O(notes × neurons × (neurons + delays)), and once
  ///   O(neurons² × (neurons + delays)).
  public mutating func add(_ rates: [Double]) {
    precondition(rates.count.isMultiple(of: neurons))
    let first = note
    let all = first..<min(first + rates.count / neurons, notes.total)
    for phase in [0..<notes.delays, notes.trainingNotes, notes.testNotes] {
      let part = all.clamped(to: phase)
      for start in stride(from: part.lowerBound, to: part.upperBound, by: Self.block) {
        let block = start..<min(start + Self.block, part.upperBound)
        take(
          Matrix(
            rows: block.count, columns: neurons,
            values: Array(rates[(start - first) * neurons..<(block.upperBound - first) * neurons])),
          on: block)
      }
    }
    note = all.upperBound
  }

  private mutating func take(_ rates: consuming Matrix, on block: Range<Int>) {
    if block.upperBound == notes.trainingNotes.lowerBound {
      // Any rates that the network has will do for an origin.
      sums = RegressionSums(
        featureOrigins: Array(rates.values.suffix(neurons)),
        targetOrigins: asked.means(notes.trainingNotes))
    } else if notes.trainingNotes.contains(block.lowerBound) {
      sums?.add(features: rates, targets: asked(block))
    } else if notes.testNotes.contains(block.lowerBound) {
      if let sums = sums.take() { beginTest(consume sums) }
      test?.add(rates, on: block)
    }
  }

  private mutating func beginTest(_ sums: consuming RegressionSums) {
    guard
      let readout = RidgeRegression(
        consume sums, penalty: LinearMemory.penalty,
        constantDeviation: LinearMemory.constantDeviation)
    else { return }
    test = ReadoutTest(readout, of: asked, on: notes.testNotes, block: Self.block)
  }

  /// What the network remembers; nothing where a number was not finite, or the inputs do not vary.
  ///
  /// All notes must have been taken in.
  public var memory: LinearMemory? {
    precondition(note == notes.total)
    return test?.squaredCorrelations.map { LinearMemory(squaredCorrelations: $0, notes: notes) }
  }
}
