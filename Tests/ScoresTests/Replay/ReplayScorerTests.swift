import NeuralCore
import Testing

@testable import Scores

@Suite struct ReplayScorerTests {
  static let melody = Melody(
    columns: [
      [true, false, false], [false, true, false], [false, false, true], [true, true, false],
    ],
    stepsPerNote: 20)
  static let target = melody.target

  static func scorer() -> ReplayScorer {
    ReplayScorer(target: target, pattern: melody.pattern, sampleSpacing: 0.2)
  }

  /// The paper's replay: nudged cycles 0 to 2 and the last cycle have no score.
  @Test func hundredCyclesScoreThreeToNinetyEight() throws {
    var scorer = Self.scorer()
    for _ in 0..<100 { scorer.append(Self.target.record()) }
    let scores = scorer.scores
    #expect(scores.cycles.map(\.cycle) == Array(3...98))
    #expect(abs(try #require(scores.correlation) - 1) < 1e-12)
    #expect(try #require(scores.meanSquaredError) < 1e-12)
    #expect(scores.noteAccuracy == 1)
    #expect(scores.recalled == true)
    #expect(scores.drift == 0)
    #expect(scores.horizon == 96)
    #expect(scores.horizonCensored == true)
  }

  /// If this fails, an analog target has note scores, or none of its networks can recall it.
  @Test func analogTargetIsRecalledByItsCorrelation() {
    func scores(_ record: RateRecord) -> (ReplayScores, Double?, ProducedNotes?) {
      var scorer = ReplayScorer(target: Self.target, pattern: nil, sampleSpacing: 0.2)
      for _ in 0..<14 { scorer.append(record) }
      return (scorer.scores, scorer.kappa(orders: [[1, 0, 2, 3]]), scorer.producedNotes)
    }
    let (perfect, kappa, notes) = scores(Self.target.record())
    #expect(perfect.recalled == true)
    #expect(perfect.correlation.map { abs($0 - 1) < 1e-12 } == true)
    #expect(perfect.horizonCensored == true && perfect.drift == 0)
    #expect(perfect.noteAccuracy == nil && perfect.soundingAccuracy == nil)
    #expect(kappa == nil && notes == nil)
    #expect(scores(Self.target.constantRecord(0.01)).0.recalled == false)
  }

  /// Five notes of which two are silent.
  private static let sparse = Melody(
    columns: [
      [true, false], [false, false], [false, true], [true, true], [false, false],
    ], stepsPerNote: 20)

  private static func scores(
    of record: RateRecord, for melody: Melody
  ) -> (scores: ReplayScores, kappa: Double?) {
    var scorer = ReplayScorer(target: melody.target, pattern: melody.pattern, sampleSpacing: 0.2)
    for _ in 0..<14 { scorer.append(record) }
    var random = RandomStream(seed: 1, purpose: .chance)
    let orders: [[Int]] = (0..<200).map { _ in random.permutation(of: melody.columns.count) }
    return (scorer.scores, scorer.kappa(orders: orders))
  }

  /// If this fails, a dead network looks half right because half of its target is silent.
  @Test func silenceIsRightInNoSoundingNote() {
    let (silence, kappa) = Self.scores(
      of: Self.sparse.target.constantRecord(0.01), for: Self.sparse)
    #expect(silence.noteAccuracy.map { abs($0 - 0.4) < 1e-12 } == true)
    #expect(silence.soundingAccuracy == 0)
    #expect(kappa == 0)
    #expect(silence.recalled == false)

    let (whole, one) = Self.scores(of: Self.sparse.target.record(), for: Self.sparse)
    #expect(whole.noteAccuracy == 1 && whole.soundingAccuracy == 1 && one == 1)
    #expect(whole.recalled == true)
  }

  /// If this fails, the correction for chance is not that of its definition: with every order of the
  /// notes, chance is the sum over columns of the product of their frequencies.
  @Test func kappaIsCohens() throws {
    let swapped = Self.melody.swapping(0, 1)
    var scorer = Self.scorer()
    for _ in 0..<14 { scorer.append(swapped.target.record()) }
    let accuracy = try #require(scorer.scores.noteAccuracy)
    let orders = [[0, 1, 2, 3], [1, 2, 3, 0], [2, 3, 0, 1], [3, 0, 1, 2]]
    // Each of four different notes is right in one of the four rotations.
    #expect(accuracy < 1)
    #expect(
      abs(try #require(scorer.kappa(orders: orders)) - (accuracy - 0.25) / 0.75) < 1e-12)
    #expect(scorer.kappa(orders: []) == nil)
    #expect(Self.scorer().kappa(orders: orders) == nil)
  }

  /// The scorer must know nothing of cycles it has let go of: each pair scores as if alone.
  @Test func scoresEachCycleWithItsSuccessor() throws {
    let lags = [0, 0, 0, 2, 5, 9]
    let records = lags.map { Self.target.record(lag: $0) }
    var scorer = Self.scorer()
    for record in records { scorer.append(record) }
    #expect(scorer.scores.cycles.map(\.cycle) == [3, 4])
    for cycle in scorer.scores.cycles {
      let pair = ProducedRates(
        cycle: records[cycle.cycle], next: records[cycle.cycle + 1], neurons: 3)
      #expect(cycle.match == CycleMatch(pair, Self.target))
    }
  }

  /// A recording reused by the caller must not change what was recorded.
  @Test func recordingMayBeReused() {
    var record = RateRecord(neurons: 3, every: 2)
    var scorer = Self.scorer()
    for _ in 0..<6 {
      record.removeAll()
      for sample in 0..<Self.target.samples {
        record.append((0..<3).map { Self.target.values[$0 * Self.target.samples + sample] })
      }
      scorer.append(record)
    }
    #expect(scorer.scores.cycles.allSatisfy { $0.match.correlation?.shift == 0 })
    #expect(scorer.scores.cycles.allSatisfy { $0.noteAccuracy == 1 })
  }

  /// Short replays of a quick look must end in missing scores, not in a crash.
  @Test(arguments: [0, 1, 3, 4, 5, 13, 14])
  func shortReplaysMissScores(cycles: Int) {
    var scorer = Self.scorer()
    for _ in 0..<cycles { scorer.append(Self.target.record()) }
    let scores = scorer.scores
    let scored = max(0, cycles - 4)
    #expect(scores.cycles.count == scored)
    #expect((scores.correlation == nil) == (scored < 10))
    #expect((scores.meanSquaredError == nil) == (scored < 10))
    #expect((scores.noteAccuracy == nil) == (scored < 10))
    #expect((scores.recalled == nil) == (scored < 10))
    #expect((scores.drift == nil) == (scored < 2))
    #expect(scores.horizon == (scored == 0 ? nil : scored))
    #expect(scores.horizonCensored == (scored == 0 ? nil : true))
  }

  @Test func divergedReplayHasNoScores() {
    var scorer = Self.scorer()
    for _ in 0..<10 { scorer.append(Self.target.record()) }
    for _ in 0..<12 { scorer.append(Self.target.constantRecord(.nan)) }
    let scores = scorer.scores
    #expect(scores.correlation == nil)
    #expect(scores.meanSquaredError == nil)
    #expect(scores.noteAccuracy == nil)
    #expect(scores.recalled == nil)
    #expect(scores.horizon == 6)
    #expect(scores.horizonCensored == true)
  }

  /// The network falls silent: the horizon says when, and the last cycles are no recall.
  @Test func lostSequenceEndsTheHorizon() {
    var scorer = Self.scorer()
    for _ in 0..<8 { scorer.append(Self.target.record()) }
    for _ in 0..<20 { scorer.append(Self.target.constantRecord(0.1)) }
    let scores = scorer.scores
    #expect(scores.correlation == 0)
    #expect(scores.recalled == false)
    // Cycles 3 to 7 are right (7 is compared with silence, but matches unshifted).
    #expect(scores.horizon == 5)
    #expect(scores.horizonCensored == false)
  }

  /// A wrong melody within the last ten scored cycles (14 to 23) is no recall; one before is.
  @Test(arguments: [(13, true), (14, false), (23, false)])
  func recallNeedsEachOfTheLastTen(wrong: Int, recalled: Bool) {
    var scorer = Self.scorer()
    let other = Self.melody.swapping(0, 3).target.record()
    for cycle in 0..<25 {
      scorer.append((wrong...wrong + 1).contains(cycle) ? other : Self.target.record())
    }
    #expect(scorer.scores.recalled == recalled)
  }

  /// The search reads on into the next cycle: a wrong cycle before a right one is matched by that
  /// one, at a shift of nearly a whole cycle. A change here changes what every score means.
  @Test func oneWrongCycleIsMatchedByTheNext() throws {
    let other = Self.melody.swapping(0, 3).target.record()
    let produced = ProducedRates(cycle: other, next: Self.target.record(), neurons: 3)
    let best = try #require(CycleMatch(produced, Self.target).correlation)
    #expect(best.shift == Self.target.samples - 1)
    #expect(best.value > 0.9)
  }

  /// Ten samples of 0.2 ms later each cycle, across the wrap.
  @Test func slowReplayDrifts() throws {
    let melody = try Melody.fuerElise()
    let target = melody.target
    var scorer = ReplayScorer(target: target, pattern: melody.pattern, sampleSpacing: 0.2)
    for cycle in 0..<7 { scorer.append(target.record(lag: 1230 + 10 * cycle)) }
    let shifts = scorer.scores.cycles.compactMap { $0.match.correlation?.shift }
    #expect(shifts.count == 3)
    #expect(abs(try #require(scorer.scores.drift) - 2) < 1e-12)
  }
}
