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
