import LinearAlgebra

/// Measures the number of past inputs in the rates of a network, while the network receives the
/// inputs.
///
/// Only sums over notes are stored: about N²/2 + N K numbers for N neurons and K delays, for any
/// number of notes.
///
/// - SeeAlso: ``LinearMemory``, which defines the score.
public struct LinearMemoryMeasurement: Sendable {
  /// Number of notes that are added together.
  private static let block = 64

  private let asked: DelayedInputs
  private let neurons: Int
  private let notes: MemoryNotes

  /// Number of notes so far.
  private var note = 0
  /// Sums over the training notes.
  private var sums: RegressionSums?
  /// Sums over the test notes; nil if the read-out could not be fitted.
  private var test: ReadoutTest?

  /// Creates a measurement.
  ///
  /// - Parameters:
  ///   - inputs: One independent random input per note, in any unit.
  ///   - neurons: Number of neurons.
  ///   - notes: The numbers of notes and delays.
  public init(inputs: [Double], neurons: Int, notes: MemoryNotes) {
    precondition(inputs.count == notes.total && neurons > 0)
    asked = DelayedInputs(inputs: inputs, delays: notes.delays)
    self.neurons = neurons
    self.notes = notes
  }

  /// Adds the rates of the next notes. Notes after the last one are ignored.
  ///
  /// - Parameter rates: The rates at the end of each note, shape `[note, neuron]`.
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
      // Any rates of the network serve as the origin.
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

  /// The score; nil if a number was not finite or the inputs do not vary.
  ///
  /// All notes must have been added.
  public var memory: LinearMemory? {
    precondition(note == notes.total)
    return test?.squaredCorrelations.map { LinearMemory(squaredCorrelations: $0, notes: notes) }
  }
}

/// The inputs of 1, 2, … notes before each note.
struct DelayedInputs: Sendable {
  /// The input of each note.
  let inputs: [Double]
  /// The longest delay [notes].
  let delays: Int

  /// The delayed inputs at some notes, shape `[note, delay]`.
  func callAsFunction(_ notes: Range<Int>) -> Matrix {
    Matrix(
      rows: notes.count, columns: delays,
      values: notes.flatMap { note in (1...delays).map { inputs[note - $0] } })
  }

  /// The mean over some notes for each delay, shape `[delay]`.
  func means(_ notes: Range<Int>) -> [Double] {
    (1...delays).map { delay in
      inputs[notes.lowerBound - delay..<notes.upperBound - delay].reduce(0, +)
        / Double(notes.count)
    }
  }
}

/// Sums over test notes from which the accuracy of a read-out follows.
struct ReadoutTest: Sendable {
  private let readout: RidgeRegression
  private let asked: DelayedInputs
  private let means: [Double]
  private let orthogonaliser: CholeskyFactor

  // Sums over notes for every delay, after orthogonalisation: products of input and prediction,
  // squares of inputs, predictions, and squares of predictions. The inputs add up to 0.
  private var notes = 0.0
  private var products: [Double]
  private var askedSquares: [Double]
  private var answers: [Double]
  private var answeredSquares: [Double]

  /// Creates a test without notes.
  ///
  /// - Parameters:
  ///   - readout: Predicts the delayed inputs from rates.
  ///   - asked: The delayed inputs.
  ///   - notes: Indices of all test notes.
  ///   - block: Number of notes that are processed together.
  /// - Returns: nil if the inputs are not finite or linearly dependent.
  init?(_ readout: RidgeRegression, of asked: DelayedInputs, on notes: Range<Int>, block: Int) {
    means = asked.means(notes)
    var gram = SymmetricMatrix(order: asked.delays)
    for start in stride(from: notes.lowerBound, to: notes.upperBound, by: block) {
      let part = start..<min(start + block, notes.upperBound)
      gram.add(gramOf: asked(part).shifted(by: means))
    }
    guard let orthogonaliser = CholeskyFactor(gram) else { return nil }
    self.readout = readout
    self.asked = asked
    self.orthogonaliser = orthogonaliser
    products = Array(repeating: 0, count: asked.delays)
    askedSquares = products
    answers = products
    answeredSquares = products
  }

  /// Adds some notes.
  ///
  /// - Parameters:
  ///   - rates: The rates, shape `[note, neuron]`.
  ///   - block: Indices of the notes.
  mutating func add(_ rates: Matrix, on block: Range<Int>) {
    let asked = orthogonaliser.halfSolution(forRowsOf: self.asked(block).shifted(by: means))
    // Without the intercepts, the prediction for constant rates is exactly 0.
    let answered = orthogonaliser.halfSolution(
      forRowsOf: readout.predictions(for: rates).shifted(by: readout.intercepts))
    notes += Double(block.count)
    for row in 0..<block.count {
      for delay in products.indices {
        let (x, y) = (asked[row, delay], answered[row, delay])
        products[delay] += x * y
        askedSquares[delay] += x * x
        answers[delay] += y
        answeredSquares[delay] += y * y
      }
    }
  }

  /// The squared correlation between input and prediction for every delay; 0 if the prediction is
  /// constant. nil if a number is not finite.
  var squaredCorrelations: [Double]? {
    guard answeredSquares.allSatisfy(\.isFinite) else { return nil }
    return products.indices.map { delay in
      let variation = answeredSquares[delay] - answers[delay] * answers[delay] / notes
      let squares = askedSquares[delay] * variation
      return squares > 0 ? min(1, products[delay] * products[delay] / squares) : 0
    }
  }
}
