import Testing

@testable import Journal
@testable import JournalSupport
@testable import SweepPlan

/// Rows of one trial in several files: two runs at once, merged folders, and trials run again.
@Suite struct JournalDuplicateTests {
  /// If this fails, a folder that was copied into itself cannot be used.
  @Test func identicalRowsAreOne() throws {
    let file = JournalRows.file([try JournalRows.row(seed: 1)])
    #expect(try JournalRows.read(file, file).rows.count == 1)
  }

  /// If this fails, two runs that did the same trial at once make the folder unusable.
  @Test func rowsMayDifferInCost() throws {
    let rows = try [1.5, 2.5].map { try JournalRows.row(seed: 1, seconds: $0) }
    let contents = try JournalRows.read(
      JournalRows.file([rows[0]]), JournalRows.file([rows[1]]))
    #expect(contents.rows[rows[0].trial] == rows[0])
  }

  /// A trial's identity holds the pattern's content and not its path. If this fails, results that
  /// were computed from two copies of one sweep cannot be brought together.
  @Test func rowsMayDifferInThePathOfThePattern() throws {
    let rows = try ["here/pattern.txt", "there.txt"].map {
      try JournalRows.row(seed: 1, path: $0)
    }
    try #require(rows[0].trial == rows[1].trial)
    #expect(try JournalRows.read(JournalRows.file(rows)).rows.count == 1)
  }

  /// Rows of a version with other parameters belong to no trial of this one. If this fails, two
  /// of them stop every run in their folder.
  @Test func rowsOfOtherVersionsAreLeftAlone() throws {
    let rows = [1, 2].map { seconds in
      JournalLine(
        trial: ContentHash(high: 1, low: 2), status: .done, scoreGroups: [.recall],
        content: Array(
          #"{"parameters":{"tau":3},"scores":{"a":1},"cost":{"seconds":\#(seconds)}}"#.utf8))
    }
    #expect(try JournalRows.read(JournalRows.file(rows)).rows.count == 1)
  }

  /// If this fails, results of two different programs or processors mix in one table unseen.
  @Test(
    arguments: [
      ["correlation": 0.1], ["correlation": 0.1 + 0.2, "chance": 0], [:], ["chance": 0.1 + 0.2],
      ["correlation": (0.1 + 0.2).nextUp],
    ] as [ScoreValues])
  func rowsMustNotDifferInScores(scores: ScoreValues) throws {
    let good = try JournalRows.row(seed: 1)
    let other = try JournalRows.row(seed: 2)
    let different = try JournalRows.row(seed: 1, scores: scores)
    let error = #expect(throws: JournalError.self) {
      try JournalRows.read(JournalRows.file([other, good]), JournalRows.file([different]))
    }
    #expect(
      error
        == .conflict(trial: "\(good.trial)", first: "run-1.jsonl:2", second: "run-2.jsonl:1"))
    #expect(try #require(error).description.contains("in run-1.jsonl:2 and in run-2.jsonl:1"))
  }

  /// If this fails, `--retry-failed` has no effect on the tables, or undoes itself later.
  @Test(arguments: [TrialStatus.failed, .diverged], [true, false])
  func doneWins(status: TrialStatus, doneFirst: Bool) throws {
    let done = try JournalRows.row(seed: 1)
    let failed = try JournalRows.row(seed: 1, status: status, reason: "why", scores: [:])
    let rows = doneFirst ? [done, failed] : [failed, done]
    let contents = try JournalRows.read(
      JournalRows.file([rows[0]]), JournalRows.file([rows[1]]))
    #expect(contents.rows == [done.trial: done])
  }

  /// If this fails, the tables show the reason of an earlier attempt.
  @Test func newestFailureWins() throws {
    let first = try JournalRows.row(seed: 1, status: .failed, reason: "one", scores: [:])
    let second = try JournalRows.row(seed: 1, status: .diverged, reason: "two", scores: [:])
    let contents = try JournalRows.read(JournalRows.file([first]), JournalRows.file([second]))
    #expect(contents.rows == [first.trial: second])
  }

  /// If this fails, the scores of a test that was asked for later are lost, or run for ever.
  @Test(arguments: [true, false])
  func moreTestsWin(fewerFirst: Bool) throws {
    let fewer = try JournalRows.row(seed: 1)
    let more = try JournalRows.row(
      seed: 1, scores: ["correlation": 0.1 + 0.2, "recalled_bits": 2], seconds: 9,
      scoreGroups: [.recall, .capacity])
    let rows = fewerFirst ? [fewer, more] : [more, fewer]
    let contents = try JournalRows.read(
      JournalRows.file([rows[0]]), JournalRows.file([rows[1]]))
    #expect(contents.rows == [more.trial: more])
  }

  /// A network that does not recall has no robustness: its row has no score more.
  ///
  /// If this fails, such trials stay pending however often they run.
  @Test func moreTestsWinWithoutMoreScores() throws {
    let fewer = try JournalRows.row(seed: 1)
    let more = try JournalRows.row(seed: 1, scoreGroups: [.recall, .robustness])
    let contents = try JournalRows.read(JournalRows.file([fewer, more]))
    #expect(contents.rows == [more.trial: more])
  }

  /// If this fails, results of two programs mix unseen where they measured different things.
  @Test func differentTestsMustAgreeOnWhatTheyShare() throws {
    let recall = try JournalRows.row(seed: 1)
    let capacity = try JournalRows.row(
      seed: 1, scores: ["correlation": 0.25, "recalled_bits": 2], scoreGroups: [.recall, .capacity])
    #expect(
      throws: JournalError.conflict(
        trial: "\(recall.trial)", first: "run-1.jsonl:1", second: "run-2.jsonl:1")
    ) {
      try JournalRows.read(JournalRows.file([recall]), JournalRows.file([capacity]))
    }
  }
}
