import Testing

@testable import Experiment
@testable import Scores
@testable import SweepPlan

@Suite struct TrialDetailsTests {
  /// If this fails, a curve misses its beginning, or a journal grows with the length of training.
  @Test(arguments: [1, 47, 48, 49, 500, 100_000])
  func curvesAreThinnedEvenly(count: Int) throws {
    let points = (0..<count).map { (cycle: $0 * 20, value: Optional(Double($0) / 3)) }
    let curve = try #require(TrialCurves.Curve(points, first: 0))
    #expect(curve.cycles.count == curve.values.count)
    #expect((1...48).contains(curve.cycles.count))
    #expect(curve.cycles[0] == 0)
    if count <= 48 { #expect(curve.cycles.count == count) }
    let steps = zip(curve.cycles.dropFirst(), curve.cycles).map { $0 - $1 }
    #expect(Set(steps).count <= 1)
    #expect(curve.cycles.last! + (steps.first ?? 20) > (count - 1) * 20)
    #expect(curve.values.allSatisfy { ($0! * 10_000).rounded() / 10_000 == $0 })
  }

  /// If this fails, the cycles after a disruption cannot be seen.
  @Test func firstReplayCyclesAreAllThere() throws {
    let curve = try #require(
      TrialCurves.Curve((3..<400).map { ($0, $0 == 5 ? nil : 0.5) }, first: 24))
    #expect(Array(curve.cycles.prefix(24)) == Array(3..<27))
    #expect(curve.values[2] == nil && curve.values[3] == 0.5)
    #expect(curve.cycles.count <= 48 && curve.cycles.last! > 380)
    #expect(TrialCurves.Curve([], first: 24) == nil)
  }

  /// If this fails, a raster shows other notes than were played.
  @Test(arguments: [1, 3, 4, 13, 100])
  func notesSurvivePacking(neurons: Int) {
    let active = (0..<neurons * 25).map { $0 * $0 % 7 < 3 }
    let notes = TrialCurves.Notes(
      ProducedNotes(cycle: 98, shift: 0.123456, neurons: neurons, active: active))
    #expect(notes.columns.prefix(25).flatMap { $0 } == active)
    #expect(notes.shift == 0.1235)
  }

  /// If this fails, a long sequence makes lines that slow every resume.
  @Test func longSequencesKeepTheirFirstNotes() {
    let active = (0..<100 * 300).map { $0 % 3 == 0 }
    let notes = TrialCurves.Notes(
      ProducedNotes(cycle: 1, shift: 0, neurons: 100, active: active))
    #expect(notes.active.count == 1_000)
    #expect(notes.columns.count == 40)
    #expect(notes.columns.flatMap { $0 } == Array(active.prefix(4_000)))
  }

  /// If this fails, a row says something else of a trial than its scores, or is too long.
  @Test func detailsAgreeWithTheScores() throws {
    let trial = try RecallingTrial.trained()
    let recall = trial.recall.patterns[0]
    try #require(trial.recall.isRecalled)
    let details = TrialCurves(recall)
    let columns = try #require(details.notes).columns
    let pattern = recall.target.pattern
    #expect(Array(columns.prefix(pattern.notes)) == (0..<pattern.notes).map(pattern.column))
    #expect(details.learning?.cycles.first == recall.freeTests.first?.cycle)
    let last = try #require(recall.replay.cycles.last)
    #expect(details.notes?.cycle == last.cycle)
    #expect(details.robustness == nil)

    var content = try RecallingTrial.content()
    content.details = details
    let json = try content.json()
    #expect(json.count < 3_000)
    #expect(try TrialRecord(json) == content)
  }

  /// If this fails, journals of older versions conflict with rows of this one, or cannot be read.
  @Test func rowsWithoutDetailsAgreeWithRowsThatHaveThem() throws {
    let old = try RecallingTrial.content()
    var new = old
    new.details = TrialCurves(try RecallingTrial.trained().recall.patterns[0])
    #expect(try TrialRecord(old.json()).details == nil)
    #expect(TrialRecord.agree(try old.json(), try new.json(), sharedOnly: false))
  }

  /// If this fails, shards of two versions cannot be merged, or `verify` finds scores of an older
  /// version different because it did not have them.
  @Test func rowsWithoutLaterScoresAgreeWithRowsThatHaveThem() throws {
    var new = try RecallingTrial.content()
    (new.scores.noteAccuracy, new.scores.kappa, new.scores.soundingAccuracy) = (1, 1, 1)
    var old = new
    for key in ScoreColumn.laterKeys { old.scores.remove(key) }
    #expect(old != new)
    #expect(TrialRecord.agree(try old.json(), try new.json(), sharedOnly: false))
    #expect(TrialRecord.agree(try new.json(), try old.json(), sharedOnly: true))
    #expect(old.lacks(ScoreTable.shared.kappa) && !new.lacks(ScoreTable.shared.kappa))
    #expect(!old.lacks(ScoreTable.shared.correlation))
    // A row of a version that had `kappa` but no later score, and a score that this version has not.
    var between = old
    (between.scores.kappa, between.scores.soundingAccuracy) = (1, 1)
    between.scores.merge(["phase_shift": 0.25])
    #expect(!between.lacks(ScoreTable.shared.kappa))
    #expect(between.lacks(ScoreTable.shared.replayStateBytes))
    #expect(TrialRecord.agree(try between.json(), try new.json(), sharedOnly: false))
    var other = new
    other.scores.kappa = 0.5
    #expect(!TrialRecord.agree(try other.json(), try new.json(), sharedOnly: false))
  }
}
