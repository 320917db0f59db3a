import LinearAlgebra

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
