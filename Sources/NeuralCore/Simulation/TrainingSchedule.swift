/// Which cycles an experiment runs, and in which of them the teacher is on.
///
/// - SeeAlso: Kriener et al. (2024), Methods, training and replay.
public struct TrainingSchedule: Equatable, Sendable {
  /// Training runs the cycles -1, 0, … up to one below this.
  public var trainingCycles = 10_000

  /// Every cycle whose number is a multiple of this is a free test: the teacher is off.
  public var testEvery = 20

  /// Number of replay cycles after training.
  public var replayCycles = 100

  /// How many of the replay cycles, the first ones, are still nudged.
  public var nudgedReplayCycles = 3

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

  /// The cycles of an experiment in their order, from a training cycle on.
  public func cycles(from first: Int = -1) -> [Cycle] {
    let training = (min(first, trainingCycles)..<trainingCycles).map { number in
      Cycle(phase: .training, number: number, nudged: !isFreeTest(number))
    }
    let replay = (0..<replayCycles).map { number in
      Cycle(phase: .replay, number: number, nudged: number < nudgedReplayCycles)
    }
    return training + replay
  }
}

/// One cycle of an experiment.
public struct Cycle: Equatable, Sendable {
  /// The two parts of an experiment.
  public enum Phase: Sendable {
    /// The network learns, nudged by the teacher except in free tests.
    case training
    /// The network plays what it has learned.
    case replay
  }

  /// Training or replay.
  public let phase: Phase

  /// The cycle's number within its phase; training starts at -1, replay at 0.
  public let number: Int

  /// Whether the teacher is on.
  public let nudged: Bool

  /// Whether this is a free test during training.
  public var isFreeTest: Bool { phase == .training && !nudged }
}
