/// How many past inputs a linear read-out finds in the rates of a network: the short-term memory
/// capacity.
///
/// The input of k notes ago is fitted on some notes by ridge regression on the rates of all neurons
/// and predicted on later ones, for every k from 1 on; the capacity is the sum over k of the squared
/// correlations between prediction and input there.
///
/// **How far.** Memory fades. As many delays are asked for as show it: a hundred, and twice as many,
/// up to N, as long as one of the second half still counts (``mayReachFurther``). The sums that the
/// regression needs grow with the delays, and in few networks does any input outlast ten notes.
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

  /// Takes the squared correlation of each delay, from 1 on.
  init(squaredCorrelations: [Double], notes: MemoryNotes) {
    let threshold = Self.chanceThreshold(notes: notes.test)
    capacities = squaredCorrelations.map { $0 > threshold ? $0 : 0 }
    capacity = capacities.reduce(0, +)
  }

  /// Whether delays longer than those asked for may count too: one of the longer half of these does.
  public var mayReachFurther: Bool {
    capacities[(capacities.count / 2)...].contains { $0 > 0 }
  }
}

/// How many notes a measurement of linear memory takes, and which it asks for.
public struct MemoryNotes: Equatable, Sendable {
  /// The delays are at first this many.
  public static let firstDelays = 100

  /// The read-out is fitted and tested on at least this many notes each.
  public static let leastNotes = 1000

  /// Notes per neuron on which the read-out is fitted. A fit to n notes loses about N/n of what it
  /// could explain.
  public static let trainingNotesPerNeuron = 10

  /// Notes per neuron on which it is tested.
  public static let testNotesPerNeuron = 5

  /// The longest delay that is asked for [notes].
  ///
  /// As many notes come before everything else: what the network held before is washed out, and
  /// every delay has its input.
  public let delays: Int

  /// On how many notes the read-out is fitted.
  public let training: Int

  /// On how many notes it is tested.
  public let test: Int

  /// All notes: washout, training and test, in this order.
  public var total: Int { delays + training + test }

  /// The notes on which the read-out is fitted, and those on which it is tested.
  var trainingNotes: Range<Int> { delays..<delays + training }
  var testNotes: Range<Int> { delays + training..<total }

  /// How many whole cycles of so many notes hold them all.
  public func cycles(of notesPerCycle: Int) -> Int { (total + notesPerCycle - 1) / notesPerCycle }

  /// The numbers for a network that is asked for the first delays.
  public init(neurons: Int) { self.init(neurons: neurons, delays: Self.firstDelays) }

  /// The numbers for a network of which these delays were too few: twice as many, but no more than
  /// there are neurons, since N neurons hold no more than N inputs. Nothing where they were so many.
  public func further(neurons: Int) -> MemoryNotes? {
    delays < neurons ? MemoryNotes(neurons: neurons, delays: min(2 * delays, neurons)) : nil
  }

  private init(neurons: Int, delays: Int) {
    self.init(
      delays: delays,
      training: max(Self.leastNotes, Self.trainingNotesPerNeuron * neurons),
      test: max(Self.leastNotes, Self.testNotesPerNeuron * neurons))
  }

  /// Other numbers, for tests; there must be more notes to test on than delays.
  init(delays: Int, training: Int, test: Int) {
    precondition(delays > 0 && training > 1 && test > delays + 1)
    self.delays = delays
    self.training = training
    self.test = test
  }
}
