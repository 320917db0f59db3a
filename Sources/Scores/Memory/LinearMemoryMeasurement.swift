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

/// The inputs of 1, 2, … notes before each note.
struct DelayedInputs: Sendable {
  /// One per note.
  let inputs: [Double]
  /// The longest delay [notes].
  let delays: Int

  /// What they are at some notes, shape `[note, delay]`.
  func callAsFunction(_ notes: Range<Int>) -> Matrix {
    Matrix(
      rows: notes.count, columns: delays,
      values: notes.flatMap { note in (1...delays).map { inputs[note - $0] } })
  }

  /// The mean over some notes of each delay.
  func means(_ notes: Range<Int>) -> [Double] {
    (1...delays).map { delay in
      inputs[notes.lowerBound - delay..<notes.upperBound - delay].reduce(0, +)
        / Double(notes.count)
    }
  }
}

/// How well a read-out predicts inputs that it was not fitted to, in sums over the notes so far.
struct ReadoutTest: Sendable {
  private let readout: RidgeRegression
  private let asked: DelayedInputs
  private let means: [Double]
  private let orthogonaliser: CholeskyFactor

  // Sums over notes, for every delay: of what is asked for and of what is answered, both after
  // orthogonalisation, their products and squares. What is asked for adds up to zero.
  private var notes = 0.0
  private var products: [Double]
  private var askedSquares: [Double]
  private var answers: [Double]
  private var answeredSquares: [Double]

  /// Prepares to test a read-out.
  ///
  /// - Parameters:
  ///   - readout: Predicts the delayed inputs from rates.
  ///   - notes: All on which it will be tested.
  ///   - block: So many of them are looked at together.
  /// - Returns: Nothing where the inputs are not finite or depend on each other.
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

  /// Takes in some notes.
  ///
  /// - Parameter rates: Shape `[note, neuron]`.
  mutating func add(_ rates: Matrix, on block: Range<Int>) {
    let asked = orthogonaliser.halfSolution(forRowsOf: self.asked(block).shifted(by: means))
    // Without the intercepts, a network that says nothing answers exactly zero.
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

  /// The squared correlation of what is asked for and answered, for every delay; 0 where the answer
  /// never changes. Nothing where a number is not finite.
  var squaredCorrelations: [Double]? {
    guard answeredSquares.allSatisfy(\.isFinite) else { return nil }
    return products.indices.map { delay in
      let variation = answeredSquares[delay] - answers[delay] * answers[delay] / notes
      let squares = askedSquares[delay] * variation
      return squares > 0 ? min(1, products[delay] * products[delay] / squares) : 0
    }
  }
}
