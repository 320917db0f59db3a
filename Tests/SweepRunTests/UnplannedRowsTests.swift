import Foundation
import TestSupport
import Testing

@testable import Experiment
@testable import Journal
@testable import JournalSupport
@testable import RunSupport
@testable import SweepPlan

/// Finished trials of a sweep that has changed: kept, named, and out of the tables.
@Suite struct StrangeRowsTests {
  /// If this fails, trials of a shrunk grid get into the tables, or are lost when it grows again.
  @Test func shrunkGridLeavesItsRows() throws {
    try withTemporaryFolder { folder in
      var tiny = TinySweep(folder: folder)
      tiny.seeds = "[1]"
      let small = try tiny.run()
      tiny.seeds = "[1, 2, 3]"
      let large = try tiny.run()
      #expect(large.warnings.isEmpty)
      tiny.seeds = "[1]"
      let again = try tiny.run()
      #expect(again.outcome.ran == 0 && again.tables == small.tables)
      #expect(
        again.warnings == [
          "4 finished trials no longer belong to this sweep (their parameters are no longer in "
            + "the sweep, or defaults have changed; the former sweep brings them back, and --out "
            + "gives the new one a folder of its own): kept in the journal, not in the tables"
        ])
      tiny.seeds = "[1, 2, 3]"
      let regrown = try tiny.run()
      #expect(regrown.outcome.ran == 0 && regrown.tables == large.tables)
    }
  }

  /// If this fails, results of one sequence pass for those of another, or nobody learns why all runs
  /// again.
  @Test func changedPatternMakesNewTrials() throws {
    try withTemporaryFolder { folder in
      let tiny = TinySweep(folder: folder)
      let sweep = try tiny.sweep()
      #expect(try tiny.run().outcome.ran == 4)
      let journal = try JournalReader.read(folder: tiny.resultFolder + "/journal")
      let other = Fixtures.tinyPattern.replacingOccurrences(of: "0 0 1 0", with: "0 0 1 1")
      let source = InputFileSource([]) { role, path in
        try InputFile(role, path, bytes: Array(other.utf8))
      }
      let changed = try SweepFile(sweep.bytes, path: sweep.path, source: source)
      let strange = try #require(try UnplannedRows(in: journal, of: try Plan(changed)))
      #expect(strange.count == 4)
      #expect(strange.causes == [.content(role: .pattern, path: "tiny.txt")])
      #expect(strange.description.contains("pattern tiny.txt has changed"))
    }
  }

  /// If this fails, numbers of two versions that compute differently stand in one table.
  @Test func rowsOfAnotherRevisionAreNotUsed() throws {
    try withTemporaryFolder { folder in
      let tiny = TinySweep(folder: folder)
      let undisturbed = try tiny.run()
      let older = try tiny.journalRows.map { row in
        let content = try TrialRecord(row.content)
        return JournalLine(
          trial: content.parameters.id(content.inputs, ResultsRevision.current + 1),
          status: row.status, scoreGroups: row.scoreGroups, content: row.content)
      }
      try Data(JournalRows.file(older)).write(to: URL(fileURLWithPath: try tiny.journalFiles[0]))
      let newer = try tiny.run()
      #expect(newer.outcome.ran == 4 && newer.tables == undisturbed.tables)
      #expect(newer.warnings.count == 1)
      #expect(
        newer.warnings[0].contains(
          "they were computed by a version of elise-sweep, or with a linear algebra library, "
            + "with different results"))
    }
  }

  /// If this fails, the journal of another sweep in the folder changes the tables or ends the run.
  @Test func rowsOfAnotherSweepOrVersionDoNoHarm() throws {
    try withTemporaryFolder { folder in
      let tiny = TinySweep(folder: folder)
      let undisturbed = try tiny.run()
      let unknown = JournalLine(
        trial: ContentHash(high: 1, low: 2), status: .done, scoreGroups: [.recall],
        content: Array(#"{"parameters":{"tau":3},"scores":{}}"#.utf8))
      // A row whose parts contradict each other.
      let row = try JournalRows.row(seed: 5)
      var content = try TrialRecord(row.content)
      content.inputs = TrialInputs()
      let odd = JournalLine(
        trial: ContentHash(high: 3, low: 4), status: .done, scoreGroups: [.recall],
        content: try content.json())
      try Data(JournalRows.file([unknown, odd, row]))
        .write(to: folder.appendingPathComponent("out/journal/run-000009.jsonl"))
      let again = try tiny.run()
      #expect(again.outcome.ran == 0 && again.tables == undisturbed.tables)
      #expect(
        again.warnings.count == 1
          && again.warnings[0].hasPrefix("3 finished trials no longer belong"))
    }
  }
}
