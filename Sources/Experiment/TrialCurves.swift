import NeuralCore
import Scores
import SweepPlan

/// Data for figures of a trial beyond its scores: a few short curves and the last notes.
///
/// It is kept small, since it is written for every trial: curves are thinned and rounded to four
/// decimals. Scores are never made from it. Where several patterns are learned it is about the
/// first of them.
public struct TrialCurves: Codable, Equatable, Sendable {
  /// A score over cycles.
  public struct Curve: Codable, Equatable, Sendable {
    /// The cycles, ascending.
    public var cycles: [Int]
    /// The score in each of them; nil if there was none.
    public var values: [Double?]
  }

  /// What the visible neurons played in one cycle.
  public struct Notes: Codable, Equatable, Sendable {
    /// The replay cycle.
    public var cycle: Int
    /// How far the replay was behind the teacher's clock, as a part of a cycle in [0, 1).
    public var shift: Double
    /// How many visible neurons there are.
    public var neurons: Int
    /// Which neurons were active, shape `[note, neuron]`, four to a hexadecimal digit, the first
    /// in its highest bit. Of long sequences the first notes.
    public var active: String
  }

  /// Free tests during training: correlation in step with the teacher's clock.
  public var learning: Curve?

  /// Free replay: correlation at the best shift. The first cycles are all there.
  public var replay: Curve?

  /// The notes of the last scored replay cycle.
  public var notes: Notes?

  /// By the name of a `RobustnessKind`, the quality that is left at each of its severities, 0 first.
  public var robustness: [String: [Double]]?

  /// Whether the curves are as short as a trial writes them.
  public var isShort: Bool {
    [learning, replay].allSatisfy { ($0?.cycles.count ?? 0) <= 2 * Self.maximumPoints }
      && (robustness ?? [:]).values.allSatisfy { $0.count <= Self.maximumPoints }
  }

  /// The most points of a curve.
  static let maximumPoints = 48
  /// The number of first replay cycles that are all kept.
  static let firstReplayCycles = 24
  /// The most digits of ``Notes/active``.
  static let maximumDigits = 1_000
}

extension TrialCurves {
  /// Describes the recall of a trial.
  init(_ recall: PatternRecall, robustness curves: [RobustnessKind: RobustnessCurve] = [:]) {
    learning = Curve(
      recall.freeTests.map { ($0.cycle, $0.correlation) }, first: 0)
    let cycles = recall.replay.cycles
    replay = Curve(
      cycles.map { ($0.cycle, $0.match.correlation?.value) }, first: Self.firstReplayCycles)
    notes = recall.producedNotes.map(Notes.init)
    robustness =
      curves.isEmpty
      ? nil
      : Dictionary(
        uniqueKeysWithValues: curves.map { ($0.rawValue, $1.quality.map(\.toFourDecimals)) })
  }
}

extension TrialCurves.Curve {
  /// Thins a curve: all of the first points, and as many of the others as there is room for, evenly.
  /// Nil for a curve without points.
  init?(_ points: [(cycle: Int, value: Double?)], first: Int) {
    guard !points.isEmpty else { return nil }
    let room = TrialCurves.maximumPoints - first
    let step = max(1, (points.count - first + room - 1) / room)
    let kept = points.indices.filter { $0 < first || ($0 - first).isMultiple(of: step) }
    cycles = kept.map { points[$0].cycle }
    values = kept.map { points[$0].value?.toFourDecimals }
  }
}

extension TrialCurves.Notes {
  /// Packs the played notes.
  init(_ produced: ProducedNotes) {
    cycle = produced.cycle
    shift = produced.shift.toFourDecimals
    neurons = produced.neurons
    let room = TrialCurves.maximumDigits * 4 / neurons
    let bits = Array(produced.active.prefix(room * neurons))
    let digits = stride(from: 0, to: bits.count, by: 4).map { start in
      (0..<4).reduce(0) { digit, bit in
        digit << 1 | (start + bit < bits.count && bits[start + bit] ? 1 : 0)
      }
    }
    active = digits.map { String($0, radix: 16) }.joined()
  }

  /// Whether each neuron was active, a row per note; only whole notes.
  public var columns: [[Bool]] {
    guard neurons > 0 else { return [] }
    let bits = active.prefix(TrialCurves.maximumDigits).compactMap(\.hexDigitValue).flatMap {
      digit in
      (0..<4).map { digit >> (3 - $0) & 1 == 1 }
    }
    return stride(from: 0, through: bits.count - neurons, by: neurons).map {
      Array(bits[$0..<$0 + neurons])
    }
  }
}

extension Double {
  fileprivate var toFourDecimals: Double { (self * 10_000).rounded() / 10_000 }
}
