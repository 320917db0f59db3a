import Foundation
import TestSupport
import Testing

@testable import Experiment
@testable import Journal
@testable import JournalSupport
@testable import RunSupport
@testable import Runner
@testable import SweepPlan

/// Runs that go on where another was killed.
@Suite struct SweepRunResumeTests {
  private static let newline = UInt8(ascii: "\n")

  /// Where a killed run may have stopped writing: around each end of a line, and in between.
  private static func cuts(_ journal: [UInt8]) -> [Int] {
    let ends = journal.indices.filter { journal[$0] == newline }
    let around = ends.flatMap { [$0 - 1, $0, $0 + 1, $0 + 2] } + [0, 1]
    let between = stride(from: 97, to: journal.count, by: 397)
    return Set(around + between).filter { $0 <= journal.count }.sorted()
  }

  /// If this fails, a run that was killed loses finished trials, keeps half a one, or ends in
  /// other tables than an undisturbed run.
  @Test func everyCutOfTheJournalGivesTheSameTables() throws {
    try withTemporaryFolder { root in
      let tiny = TinySweep(folder: root)
      let undisturbed = try tiny.run()
      let journal = [UInt8](
        try Data(contentsOf: URL(fileURLWithPath: try #require(try tiny.journalFiles.first))))
      try #require(undisturbed.outcome.ran == 4)

      for cut in Self.cuts(journal) {
        try withTemporaryFolder { folder in
          let killed = TinySweep(folder: folder)
          try makeFolder(folder.appendingPathComponent("out/journal"))
          try Data(journal[..<cut])
            .write(to: folder.appendingPathComponent("out/journal/run-000001.jsonl"))
          let resumed = try killed.run(ranks: 2)

          // A line counts from its last byte on; the newline may be missing.
          let complete = journal.indices.count { journal[$0] == Self.newline && $0 <= cut }
          let isTorn =
            cut > 0 && cut < journal.count && journal[cut] != Self.newline
            && journal[cut - 1] != Self.newline
          #expect(resumed.outcome.before == complete, "cut at byte \(cut)")
          #expect(resumed.outcome.ran == 4 - complete, "cut at byte \(cut)")
          #expect(resumed.tables == undisturbed.tables, "cut at byte \(cut)")
          #expect(resumed.warnings.count == (isTorn ? 1 : 0), "cut at byte \(cut)")

          let again = try killed.run()
          #expect(again.outcome.ran == 0, "cut at byte \(cut)")
          #expect(again.tables == undisturbed.tables, "cut at byte \(cut)")
        }
      }
    }
  }

  /// If this fails, a sweep that is killed time and again never comes to its end.
  @Test func sweepKilledAfterEachTrialComesToItsEnd() throws {
    try withTemporaryFolder { folder in
      let tiny = TinySweep(folder: folder)
      for attempt in 1...4 {
        let (outcome, _, _) = try tiny.run()
        #expect(outcome.before == attempt - 1)
        // The run was killed in its second trial: one line and a part of another are left.
        let path = try #require(try tiny.journalFiles.last)
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        let end = try #require(bytes.firstIndex(of: Self.newline)) + 40
        try Data(bytes[..<min(end, bytes.count)]).write(to: URL(fileURLWithPath: path))
      }
      let (outcome, _, warnings) = try tiny.run()
      #expect(outcome.before == 4)
      #expect(outcome.ran == 0)
      #expect(outcome.journal.rows.count == 4)
      #expect(warnings.count == 3)
      let files = try tiny.journalFiles
      #expect(files.count == 4)
    }
  }

  /// If this fails, results of a different program pass unnoticed into the tables.
  @Test func conflictingResultsStopTheRun() throws {
    try withTemporaryFolder { folder in
      let tiny = TinySweep(folder: folder)
      let (outcome, _, _) = try tiny.run()
      let row = try #require(try outcome.journal.lines.values.first)
      var content = try TrialRecord(row.content)
      content.scores.correlation! += 0.001
      let other = JournalLine(
        trial: row.trial, status: .done, scoreGroups: row.scoreGroups, content: try content.json())
      try Data(other.bytes + [Self.newline])
        .write(to: folder.appendingPathComponent("out/journal/run-000002.jsonl"))
      #expect(throws: JournalError.self) { try tiny.run() }
    }
  }

  /// If this fails, a sweep that asks for one more test keeps columns empty for ever, or one that
  /// asks for fewer runs everything again.
  @Test func testThatRowsLackRunsThemAgain() throws {
    try withTemporaryFolder { folder in
      var tiny = TinySweep(folder: folder)
      let recall = try tiny.run()
      #expect(recall.outcome.ran == 4)

      tiny.scores = "[recall, capacity]"
      let more = try tiny.run()
      #expect(more.outcome.before == 0 && more.outcome.ran == 4)
      #expect(more.tables.trials.contains("linear_memory_capacity"))
      for row in try more.outcome.journal.lines.values {
        #expect(row.scoreGroups == [.recall, .capacity])
        #expect(try TrialRecord(row.content).scores["linear_memory_capacity"] != nil)
      }
      #expect(try tiny.run().outcome.ran == 0)

      tiny.scores = "[recall]"
      let fewer = try tiny.run()
      #expect(fewer.outcome.before == 4 && fewer.outcome.ran == 0)
      #expect(fewer.tables == recall.tables)
    }
  }
}
