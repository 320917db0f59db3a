import LinearAlgebra

/// How many past inputs a linear read-out finds in the rates of a network: the short-term memory
/// capacity.
///
/// The input of k notes ago is fitted on some notes by ridge regression on the rates of all neurons
/// and predicted on later ones, for every k from 1 on; the capacity is the sum over k of the squared
/// correlations between prediction and input there.
///
/// **Never more than N.** For infinitely long independent inputs that is Jaeger's theorem, but over
/// any finite series the inputs of different delays correlate by chance, and a read-out that knows
/// some then knows a little of the others: the sum may exceed N. Therefore the inputs are made
/// exactly orthogonal on the test notes: from that of k notes ago is subtracted what those of fewer
/// notes ago say about it, and, as the read-out is linear, from its prediction the same combination
/// of theirs. The K inputs are then orthonormal, all predictions lie in the space of the N centred
/// rates, the correlation of an input with a vector in a space is at most the length of its
/// projection, and the squared lengths of the projections of orthonormal vectors add up to at most
/// the dimension (Bessel). What is subtracted is known beforehand and small, and a perfect
/// delay line of D notes keeps a capacity of D.
///
/// **Chance.** Between n notes and unrelated ones the squared correlation is about 1/n on average,
/// which would add up over many delays. Only delays above ``chanceThreshold(notes:)`` count, those
/// below count zero.
///
/// - SeeAlso: Jaeger (2001), Short term memory in echo state networks, GMD report 152, proposition 2;
///   Dambre, Verstraeten, Schrauwen and Massar (2012), Information processing capacity of dynamical
///   systems, supplement, for the threshold; Ballarin, Grigoryeva and Ortega (2024), Memory of
///   recurrent networks: do we compute it right?, for what happens without a stated ridge.
public struct LinearMemory: Equatable, Sendable {
  /// The ridge parameter, as a fraction of the mean diagonal element of the rates' Gram matrix.
  ///
  /// As if a thousandth of each neuron's standard deviation were noise. Without it a simulation free
  /// of noise would remember what no one could read, down to the rounding of its numbers.
  public static let penalty = 1e-6

  /// Standard deviation below which a rate (in [0, 1]) is constant and says nothing.
  public static let constantDeviation = ReplayThresholds.constantDeviation

  /// The sum of ``capacities``: at most the number of neurons.
  public let capacity: Double

  /// The squared correlation for the input of 1, 2, … notes ago, in [0, 1]; 0 where chance may
  /// explain it.
  public let capacities: [Double]

  /// The squared correlation that an unrelated delay exceeds once in ten thousand.
  ///
  /// The squared correlation of n independent pairs, times n, is distributed like the square of a
  /// standard normal number, which exceeds 3.8906² with this probability.
  public static func chanceThreshold(notes: Int) -> Double {
    3.8906 * 3.8906 / Double(notes)
  }

  /// Measures the memory of a network that was shown independent random inputs.
  ///
  /// - Parameters:
  ///   - inputs: One input per note, in any unit.
  ///   - rates: Rates at the end of each note, shape `[note, neuron]`.
  ///   - notes: Which notes serve for what.
  /// - Returns: Nothing where a number is not finite, or the inputs do not vary.
  /// - Complexity: O(notes × (neurons + delays)²).
  public init?(inputs: [Double], rates: [Double], neurons: Int, notes: MemoryNotes) {
    precondition(inputs.count == notes.total && rates.count == notes.total * neurons)
    let rates = Matrix(rows: notes.total, columns: neurons, values: rates)
    let training = notes.delays..<notes.delays + notes.training
    let test = training.upperBound..<notes.total
    guard rates.isFinite, inputs.allSatisfy(\.isFinite),
      let readout = RidgeRegression(
        features: rates[rows: training],
        targets: Self.delayed(inputs, in: training, delays: notes.delays),
        penalty: Self.penalty, constantDeviation: Self.constantDeviation)
    else { return nil }

    let asked = Self.centred(Self.delayed(inputs, in: test, delays: notes.delays))
    let answered = Self.centred(readout.predictions(for: rates[rows: test]))
    guard answered.isFinite, let orthogonaliser = CholeskyFactor(asked.gram) else { return nil }
    let threshold = Self.chanceThreshold(notes: notes.test)
    capacities = Self.squaredCorrelations(
      orthogonaliser.halfSolution(forRowsOf: asked),
      orthogonaliser.halfSolution(forRowsOf: answered)
    ).map { $0 > threshold ? $0 : 0 }
    capacity = capacities.reduce(0, +)
  }

  /// The inputs of 1, 2, … notes before each note, shape `[note, delay]`.
  private static func delayed(_ inputs: [Double], in notes: Range<Int>, delays: Int) -> Matrix {
    Matrix(
      rows: notes.count, columns: delays,
      values: notes.flatMap { note in (1...delays).map { inputs[note - $0] } })
  }

  private static func centred(_ matrix: Matrix) -> Matrix {
    matrix.shifted(by: matrix.columnMeans)
  }

  /// The squared correlation of each column of centred matrices; 0 where a column is zero.
  private static func squaredCorrelations(_ left: Matrix, _ right: Matrix) -> [Double] {
    (0..<left.columns).map { column in
      var (product, leftSquares, rightSquares) = (0.0, 0.0, 0.0)
      for row in 0..<left.rows {
        let (x, y) = (left[row, column], right[row, column])
        product += x * y
        leftSquares += x * x
        rightSquares += y * y
      }
      let squares = leftSquares * rightSquares
      return squares > 0 ? min(1, product * product / squares) : 0
    }
  }
}
