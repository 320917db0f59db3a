import NeuralCore
import Scores
import SweepPlan

/// Scores how well a network recalls what it has learned, one pattern after another.
public struct RecallTest {
  /// The recall of each pattern.
  private(set) var patterns: [PatternRecall]

  /// The latest free test of any pattern.
  public private(set) var latestFreeTest: FreeTest?

  /// Prepares the scores of one trial.
  public init(_ model: TrialModel) {
    patterns = model.targets.map { PatternRecall(of: $0, in: model) }
  }

  /// Continues where a checkpoint ended.
  ///
  /// - Parameter freeTests: The free tests of each pattern.
  init(_ model: TrialModel, freeTests: [[FreeTest]]) {
    self.init(model)
    for (index, tests) in freeTests.enumerated() { patterns[index].freeTests = tests }
  }

  /// Whether the scores need the rates of a cycle.
  public func needs(_ cycle: Cycle) -> Bool {
    cycle.phase == .replay || cycle.isFreeTest
  }

  /// Takes in a cycle that is needed.
  public mutating func observe(_ cycle: Cycle, _ record: RateRecord) {
    patterns[cycle.pattern].observe(cycle, record)
    if cycle.isFreeTest { latestFreeTest = patterns[cycle.pattern].freeTests.last }
  }

  /// The notes that the visible neurons played in a recorded cycle, in step with the teacher's clock; nil
  /// for an analog pattern.
  public func notes(of cycle: Cycle, _ record: RateRecord) -> ProducedNotes? {
    patterns[cycle.pattern].notes(of: cycle, record)
  }

  /// The notes of the last scored replay cycle of each pattern, at its best shift; nil for a pattern
  /// that has none.
  public var replayedNotes: [ProducedNotes?] { patterns.map(\.producedNotes) }

  /// Whether the sequence was recalled; if there are several, each of them.
  var isRecalled: Bool { patterns.allSatisfy { $0.replay.recalled == true } }

  /// The training cycle from which free tests were right, those of every pattern.
  var cyclesToCriterion: CensoredCount {
    patterns.map(\.cyclesToCriterion).max { $0.value < $1.value }!
  }

  /// The values of the columns that ``ScoreColumn/all`` lists for this test; missing ones left out.
  public var scores: ScoreValues { ScoreColumn.together(patterns.map(\.scores)) }
}
