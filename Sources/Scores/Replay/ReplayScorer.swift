import NeuralCore

/// Scores a replay while it runs, one cycle after another.
///
/// It holds the rates of two cycles and a few numbers for each scored one, however long the replay
/// is. A cycle is scored when its successor arrives; of replay cycles 0 to 99 with three nudged
/// ones, 3 to 98 are scored.
///
/// ```swift
/// var scorer = ReplayScorer(target: target, pattern: pattern, sampleSpacing: 0.2)
/// for _ in 0..<100 { scorer.append(simulateOneCycle()) }
/// let scores = scorer.scores
/// ```
public struct ReplayScorer: Sendable {
  /// How many cycles at the start of a replay the teacher accompanies by default.
  public static let defaultNudgedCycles = 3

  private let target: TargetRates
  private let pattern: [Bool]
  private let sampleSpacing: Double
  private let nudgedCycles: Int
  private var produced: ProducedRates
  private var appended = 0
  private var scored: [ReplayScores.Cycle] = []

  /// Creates a scorer for one replay.
  ///
  /// - Parameters:
  ///   - target: What should be replayed.
  ///   - pattern: Which neurons each note activates, shape `[note, neuron]`.
  ///   - sampleSpacing: Time from one sample to the next [ms].
  ///   - nudgedCycles: How many cycles at the start are nudged and hence not scored.
  public init(
    target: TargetRates, pattern: [Bool], sampleSpacing: Double,
    nudgedCycles: Int = ReplayScorer.defaultNudgedCycles
  ) {
    precondition(pattern.count == target.notes * target.neurons)
    precondition(nudgedCycles >= 0)
    self.target = target
    self.pattern = pattern
    self.sampleSpacing = sampleSpacing
    self.nudgedCycles = nudgedCycles
    produced = ProducedRates(neurons: target.neurons, samples: target.samples)
  }

  /// Adds the next replay cycle, and scores the one before it if that was free.
  ///
  /// - Parameter cycle: The visible neurons' rates; it may be reused afterwards.
  public mutating func append(_ cycle: RateRecord) {
    produced.append(cycle)
    appended += 1
    let complete = appended - 2
    guard complete >= nudgedCycles else { return }

    let match = CycleMatch(produced, target)
    scored.append(
      ReplayScores.Cycle(
        cycle: complete, match: match,
        noteAccuracy: match.correlation.flatMap {
          produced.noteAccuracy(shift: $0.shift, target: target, pattern: pattern)
        }))
  }

  /// The scores of the cycles so far.
  public var scores: ReplayScores {
    ReplayScores(cycles: scored, samples: target.samples, sampleSpacing: sampleSpacing)
  }

  /// The notes of the last scored cycle; missing where it has no correlation.
  public var producedNotes: ProducedNotes? {
    // The rates that are held are those of the last scored cycle and its successor.
    guard let last = scored.last, let shift = last.match.correlation?.shift else { return nil }
    return ProducedNotes(
      cycle: last.cycle, shift: Double(shift) / Double(target.samples), neurons: target.neurons,
      active: produced.activeNotes(shift: shift, target: target))
  }
}
