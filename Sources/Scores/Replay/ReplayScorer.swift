import NeuralCore

/// Scores a replay while it runs, cycle by cycle.
///
/// It stores the rates of two cycles and a few numbers per scored cycle. A cycle is scored when the
/// next one arrives: of replay cycles 0 to 99, of which the first three are nudged, 3 to 98 are
/// scored.
///
/// ```swift
/// var scorer = ReplayScorer(target: target, pattern: pattern, sampleSpacing: 0.2)
/// for _ in 0..<100 { scorer.append(simulateOneCycle()) }
/// let scores = scorer.scores
/// ```
public struct ReplayScorer: Sendable {
  /// The default number of nudged cycles at the start of a replay.
  public static let defaultNudgedCycles = 3

  private let target: TargetRates
  private let columns: PatternColumns?
  private let sampleSpacing: Double
  private let nudgedCycles: Int
  private var produced: ProducedRates
  private var appended = 0
  private var scored: [ReplayScores.Cycle] = []
  /// The numbers of the columns that the last scored cycles played; nil for one without an accuracy.
  private var played: [[Int]?] = []

  /// Creates a scorer for one replay.
  ///
  /// - Parameters:
  ///   - target: The target.
  ///   - pattern: Which neurons each note activates, shape `[note, neuron]`; nil for an analog target,
  ///     which has no notes to score.
  ///   - sampleSpacing: Time between samples [ms].
  ///   - nudgedCycles: Number of nudged cycles at the start, which are not scored.
  public init(
    target: TargetRates, pattern: [Bool]?, sampleSpacing: Double,
    nudgedCycles: Int = ReplayScorer.defaultNudgedCycles
  ) {
    precondition(pattern.map { $0.count == target.notes * target.neurons } ?? true)
    precondition(nudgedCycles >= 0)
    self.target = target
    columns = pattern.map { PatternColumns($0, neurons: target.neurons) }
    self.sampleSpacing = sampleSpacing
    self.nudgedCycles = nudgedCycles
    produced = ProducedRates(neurons: target.neurons, samples: target.samples)
  }

  /// Adds the next replay cycle, and scores the cycle before it unless that was nudged.
  ///
  /// - Parameter cycle: The rates of the visible neurons.
  public mutating func append(_ cycle: RateRecord) {
    produced.append(cycle)
    appended += 1
    let complete = appended - 2
    guard complete >= nudgedCycles else { return }

    let match = CycleMatch(produced, target)
    let notes = match.correlation.flatMap {
      produced.isFinite
        ? columns?.numbers(of: produced.activeNotes(shift: $0.shift, target: target)) : nil
    }
    scored.append(
      ReplayScores.Cycle(
        cycle: complete, match: match, noteAccuracy: notes.flatMap { columns?.accuracy(of: $0) },
        soundingAccuracy: notes.flatMap { columns?.soundingAccuracy(of: $0) }))
    played = played.suffix(ReplayThresholds.summaryCycles - 1) + [notes]
  }

  /// Note accuracy of the last cycles, corrected for chance: `(A - c) / (1 - c)`.
  ///
  /// `A` is the note accuracy and `c` the accuracy of the same played notes in random orders, so a
  /// network that always plays the same, or nothing, has 0.
  ///
  /// - Parameter orders: Permutations of the notes.
  /// - Returns: At most 1; nil if the note accuracy is missing or every order is right.
  /// - SeeAlso: Cohen (1960), A coefficient of agreement for nominal scales.
  public func kappa(orders: [[Int]]) -> Double? {
    let cycles = played.compactMap(\.self)
    guard let columns, cycles.count == ReplayThresholds.summaryCycles, !orders.isEmpty else {
      return nil
    }
    func right(_ order: some Collection<Int>) -> Int {
      cycles.reduce(0) { sum, notes in
        sum + zip(order, columns.numbers).count { notes[$0] == $1 }
      }
    }
    // In whole numbers, so that a silent network has exactly 0.
    let inOrder = orders.count * right(columns.numbers.indices)
    let byChance = orders.reduce(0) { $0 + right($1) }
    let all = orders.count * cycles.count * columns.numbers.count
    return byChance < all ? Double(inOrder - byChance) / Double(all - byChance) : nil
  }

  /// The scores of the cycles so far.
  public var scores: ReplayScores {
    ReplayScores(
      cycles: scored, samples: target.samples, sampleSpacing: sampleSpacing,
      hasNotes: columns != nil)
  }

  /// The notes of the last scored cycle; nil if it has no correlation or the target has no notes.
  public var producedNotes: ProducedNotes? {
    // The stored rates are those of the last scored cycle and the next one.
    guard columns != nil, let last = scored.last, let shift = last.match.correlation?.shift else {
      return nil
    }
    return ProducedNotes(
      cycle: last.cycle, shift: Double(shift) / Double(target.samples), neurons: target.neurons,
      active: produced.activeNotes(shift: shift, target: target))
  }
}
