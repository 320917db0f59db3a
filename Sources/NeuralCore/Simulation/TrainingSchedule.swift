/// Which cycles an experiment runs, and in which of them the teacher is on.
///
/// - SeeAlso: Kriener et al. (2024), Methods, training and replay.
public struct TrainingSchedule: Equatable, Sendable {
  /// Training runs the cycles -1, 0, … up to one below this.
  public var trainingCycles = 10_000

  /// Every cycle whose number is a multiple of this is a free test: the teacher is off.
  public var testEvery = 20

  /// How many patterns are learned, in turn.
  public var patterns = 1

  /// How many cycles one pattern is learned for before it is the next one's turn.
  public var turnCycles = 20

  /// Number of replay cycles of each pattern after training.
  public var replayCycles = 100

  /// How many of the replay cycles, the first ones, are still nudged.
  public var nudgedReplayCycles = 3

  /// How many notes cue a replay that starts from rest; nil for one that starts with
  /// ``nudgedReplayCycles``.
  public var cueNotes: Int?

  /// How many cycles at the start of a replay are not free from their first step on.
  public var cuedReplayCycles: Int { cueNotes == nil ? nudgedReplayCycles : 1 }

  /// Whether synapses keep learning during replay, as they always do in the paper.
  public var plasticReplay = true

  /// Somata that are held during the replay cycle ``Disruption/replayCycle``.
  public var disruption: [SomaticHold] = []

  /// Noise on the target that nudges during training; nil for none.
  public var targetNoise: TargetNoise?

  /// The paper's schedule.
  public init() {}

  /// Whether a training cycle is a free test.
  public func isFreeTest(_ cycle: Int) -> Bool { cycle % testEvery == 0 }

  /// The pattern that a training cycle follows.
  ///
  /// A turn ends with a cycle whose number is a multiple of ``turnCycles``, so that a free test
  /// there finds the network in the middle of its pattern.
  public func pattern(inTrainingCycle cycle: Int) -> Int {
    max(cycle - 1, 0) / turnCycles % patterns
  }

  /// The cycles of an experiment in their order, from a training cycle on.
  public func cycles(from first: Int = -1) -> LazyMapCollection<Range<Int>, Cycle> {
    // Training may have millions, of which one at a time is made.
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
  /// The parts of an experiment.
  public enum Phase: Sendable {
    /// The network learns, nudged by the teacher except in free tests.
    case training
    /// All somata are held at rest and nothing is learned, so that a cue finds no trace of before.
    case rest
    /// The network plays what it has learned.
    case replay
  }

  /// Which part of the experiment it belongs to.
  public let phase: Phase

  /// The cycle's number within its phase; training starts at -1, the replay of a pattern at 0,
  /// or at -1 where it starts from rest.
  public let number: Int

  /// Whether the teacher is on, at least for the notes of a cue.
  public let nudged: Bool

  /// Which of the patterns it follows.
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
