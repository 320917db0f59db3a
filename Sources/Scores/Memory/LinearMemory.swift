/// The short-term memory capacity: the number of past inputs that a linear read-out recovers from
/// the rates of a network.
///
/// For every delay of k = 1, 2, … notes, ridge regression on the rates of all neurons fits the
/// input of k notes ago on the training notes and predicts it on the test notes. The capacity is
/// the sum over k of the squared correlations between prediction and input on the test notes.
///
/// **Delays.** Memory fades with the delay. The measurement starts with 100 delays. It is repeated
/// with twice as many, up to N, while a delay of the longer half still counts
/// (``mayReachFurther``). More delays cost memory, and in most networks no input is recovered after
/// ten notes.
///
/// **Bound.** For independent inputs of infinite length the capacity is at most N (Jaeger's
/// theorem). In a finite series inputs of different delays correlate by chance, so a read-out of
/// some inputs also predicts a part of others, and the sum could exceed N. The inputs are therefore
/// made exactly orthogonal on the test notes: the part of the input of k notes ago that the inputs
/// of shorter delays predict is subtracted, and the same combination of predictions is subtracted
/// from its prediction. The K inputs are then orthonormal, and all predictions lie in the space of
/// the N centred rates. The correlation of an input with a vector of this space is at most the
/// length of the input's projection onto it, and the squared lengths of the projections of
/// orthonormal vectors add up to at most the dimension (Bessel). The subtracted parts are known and
/// small; a perfect delay line of D notes keeps a capacity of D.
///
/// **Chance.** For n unrelated notes the squared correlation is about 1/n on average, which would
/// add up over many delays. Only delays above ``chanceThreshold(notes:)`` count; all others count
/// 0.
///
/// - SeeAlso: Jaeger (2001), Short term memory in echo state networks, GMD report 152, proposition
///   2; Dambre, Verstraeten, Schrauwen and Massar (2012), Information processing capacity of
///   dynamical systems, supplement, for the threshold; Ballarin, Grigoryeva and Ortega (2024),
///   Memory of recurrent networks: do we compute it right?, for the need of a stated ridge;
///   docs/scores.md, *`linear_memory_capacity`*.
public struct LinearMemory: Equatable, Sendable {
  /// The ridge parameter, as a fraction of the mean diagonal element of the rates' Gram matrix.
  ///
  /// It acts like noise of one thousandth of each neuron's standard deviation. Without it, a
  /// simulation without noise would show memory down to the rounding of its numbers.
  public static let penalty = 1e-6

  /// Standard deviation below which a rate (in [0, 1]) counts as constant and is ignored.
  public static let constantDeviation = ReplayThresholds.constantDeviation

  /// The sum of ``capacities``: at most the number of neurons.
  public let capacity: Double

  /// The squared correlation for the input of 1, 2, … notes ago, in [0, 1]; 0 if chance may explain
  /// it.
  public let capacities: [Double]

  /// The squared correlation that an unrelated input exceeds with a probability of 1e-4.
  ///
  /// The squared correlation of n independent pairs, times n, has the distribution of the square of
  /// a standard normal number, which exceeds 3.8906² with this probability.
  public static func chanceThreshold(notes: Int) -> Double {
    3.8906 * 3.8906 / Double(notes)
  }

  /// Creates the score from the squared correlations of the delays 1, 2, … notes.
  init(squaredCorrelations: [Double], notes: MemoryNotes) {
    let threshold = Self.chanceThreshold(notes: notes.test)
    capacities = squaredCorrelations.map { $0 > threshold ? $0 : 0 }
    capacity = capacities.reduce(0, +)
  }

  /// Whether longer delays may count too, because a delay of the longer half does.
  public var mayReachFurther: Bool {
    capacities[(capacities.count / 2)...].contains { $0 > 0 }
  }
}

/// The numbers of notes and delays of a measurement of linear memory.
public struct MemoryNotes: Equatable, Sendable {
  /// Number of delays in the first measurement.
  public static let firstDelays = 100

  /// The smallest number of training notes, and of test notes.
  public static let leastNotes = 1000

  /// Training notes per neuron. A fit to n notes loses about N/n of the explainable variance.
  public static let trainingNotesPerNeuron = 10

  /// Test notes per neuron.
  public static let testNotesPerNeuron = 5

  /// The longest delay [notes].
  ///
  /// The measurement starts with a washout of as many notes, which removes earlier activity and
  /// gives every delay an input.
  public let delays: Int

  /// Number of notes on which the read-out is fitted.
  public let training: Int

  /// Number of notes on which the read-out is tested.
  public let test: Int

  /// Number of all notes: washout, training and test, in this order.
  public var total: Int { delays + training + test }

  /// Indices of the training notes and of the test notes.
  var trainingNotes: Range<Int> { delays..<delays + training }
  var testNotes: Range<Int> { delays + training..<total }

  /// Number of whole cycles that contain all notes.
  public func cycles(of notesPerCycle: Int) -> Int { (total + notesPerCycle - 1) / notesPerCycle }

  /// Creates the numbers of the first measurement of a network.
  public init(neurons: Int) { self.init(neurons: neurons, delays: Self.firstDelays) }

  /// The numbers of the next measurement, with twice as many delays but at most N, since N neurons
  /// hold at most N inputs; nil if there are N delays or more already.
  public func further(neurons: Int) -> MemoryNotes? {
    delays < neurons ? MemoryNotes(neurons: neurons, delays: min(2 * delays, neurons)) : nil
  }

  private init(neurons: Int, delays: Int) {
    self.init(
      delays: delays,
      training: max(Self.leastNotes, Self.trainingNotesPerNeuron * neurons),
      test: max(Self.leastNotes, Self.testNotesPerNeuron * neurons))
  }

  /// Creates other numbers, for tests; there must be more test notes than delays.
  init(delays: Int, training: Int, test: Int) {
    precondition(delays > 0 && training > 1 && test > delays + 1)
    self.delays = delays
    self.training = training
    self.test = test
  }
}
