/// The cycles of an experiment, and in which of them the teacher is on.
///
/// - SeeAlso: Kriener et al. (2024), Methods, training and replay; docs/model.md, *Protocol*.
public struct TrainingSchedule: Equatable, Sendable {
  /// Training runs the cycles from -1 to `trainingCycles - 1`.
  public var trainingCycles = 10_000

  /// Training cycles whose number is a multiple of this are free tests: the teacher is off.
  public var testEvery = 20

  /// Number of patterns, which are learned in turn.
  public var patterns = 1

  /// Number of consecutive training cycles of one pattern.
  public var turnCycles = 20

  /// Number of replay cycles of each pattern after training.
  public var replayCycles = 100

  /// Number of replay cycles at the start that are nudged.
  public var nudgedReplayCycles = 3

  /// Number of notes that cue a replay from rest; nil for a replay that starts with
  /// ``nudgedReplayCycles``.
  public var cueNotes: Int?

  /// Number of cycles at the start of a replay in which the teacher is on, at least for a cue.
  public var cuedReplayCycles: Int { cueNotes == nil ? nudgedReplayCycles : 1 }

  /// Whether synapses learn during replay, as they do in the paper.
  public var plasticReplay = true

  /// Somata that are held during the replay cycle ``Disruption/replayCycle``.
  public var disruption: [SomaticHold] = []

  /// Noise on the teacher's target during training; nil for none.
  public var targetNoise: TargetNoise?

  /// Creates the paper's schedule.
  public init() {}

  /// Whether a training cycle is a free test.
  public func isFreeTest(_ cycle: Int) -> Bool { cycle % testEvery == 0 }

  /// Index of the pattern of a training cycle.
  ///
  /// A turn ends with a cycle whose number is a multiple of ``turnCycles``. A free test in that
  /// cycle therefore tests the pattern of the turn.
  public func pattern(inTrainingCycle cycle: Int) -> Int {
    max(cycle - 1, 0) / turnCycles % patterns
  }

  /// Whether every free test after the first ends the turn of its own pattern. Then no free test
  /// shows whether a pattern is kept while others are learned.
  public var testsOnlyEndsOfTurns: Bool {
    patterns > 1 && turnCycles > 1 && testEvery.isMultiple(of: turnCycles)
  }

  /// The cycles of an experiment in order, starting from a training cycle.
  public func cycles(from first: Int = -1) -> LazyMapCollection<Range<Int>, Cycle> {
    // Lazy, because training may have millions of cycles.
    let first = min(first, trainingCycles)
    let training = trainingCycles - first
    let replay = (0..<patterns).flatMap(replay(of:))
    return (0..<training + replay.count).lazy.map { index in
      index < training ? trainingCycle(first + index) : replay[index - training]
    }
  }

  private func trainingCycle(_ number: Int) -> Cycle {
    Cycle(
      phase: .training, number: number, nudged: !isFreeTest(number),
      pattern: pattern(inTrainingCycle: number))
  }

  /// Whether a cycle is the last one of a pattern's replay.
  public func endsReplay(_ cycle: Cycle) -> Bool {
    cycle.phase == .replay && cycle.number == replayCycles - 1
  }

  private func replay(of pattern: Int) -> [Cycle] {
    let replay = (0..<replayCycles).map { number in
      Cycle(
        phase: .replay, number: number, nudged: number < cuedReplayCycles, pattern: pattern)
    }
    guard cueNotes != nil, !replay.isEmpty else { return replay }
    return [Cycle(phase: .rest, number: -1, nudged: false, pattern: pattern)] + replay
  }
}

/// One cycle of an experiment.
public struct Cycle: Equatable, Sendable {
  /// The phases of an experiment.
  public enum Phase: Sendable {
    /// The network learns, nudged by the teacher except in free tests.
    case training
    /// All somata are held at rest and nothing is learned, so that the past does not affect a cued
    /// replay.
    case rest
    /// The network replays the pattern.
    case replay
  }

  /// The phase of the experiment.
  public let phase: Phase

  /// The number of the cycle within its phase. Training starts at -1, replay at 0; a rest has the
  /// number -1.
  public let number: Int

  /// Whether the teacher is on, at least for the notes of a cue.
  public let nudged: Bool

  /// Index of the pattern.
  public let pattern: Int

  /// Creates a cycle.
  public init(phase: Phase, number: Int, nudged: Bool, pattern: Int = 0) {
    self.phase = phase
    self.number = number
    self.nudged = nudged
    self.pattern = pattern
  }

  /// Whether this is a free test during training.
  public var isFreeTest: Bool { phase == .training && !nudged }
}
