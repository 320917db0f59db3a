import Foundation
import Report
import Synchronization
import TestSupport
import Testing

@testable import Experiment
@testable import Journal
@testable import RunSupport
@testable import Runner
@testable import SweepPlan

/// Runs that search instead of running all of a grid.
///
/// The networks are too small to recall, but the correlation of their replay crosses the criterion
/// here and there along the axis, more than once for some: so searches take different ways.
@Suite struct SweepRunSearchTests {
  private static let axis = "nudging: {from: 0.05, to: 0.95, points: 14}"

  private static func tiny(_ folder: URL, search: Bool = true) -> TinySweep {
    var tiny = TinySweep(folder: folder, seeds: "{from: 1, to: 6}")
    if search {
      tiny.search = "{\(axis), criterion: correlation >= 0.185}"
    } else {
      tiny.networks += "\n  " + axis
    }
    return tiny
  }

  private static func tiny(_ name: String, in root: URL) throws -> TinySweep {
    let folder = root.appendingPathComponent(name)
    try makeFolder(folder)
    return tiny(folder)
  }

  /// If this fails, a published frontier depends on how many cores computed it.
  @Test func tablesAreTheSameForEverySchedule() throws {
    try withTemporaryFolder { root in
      let runs = try [(1, 1), (1, 3), (2, 1), (3, 2), (5, 1)].map { ranks, threads in
        try Self.tiny("\(ranks)x\(threads)", in: root).run(ranks: ranks, threads: threads)
      }
      for run in runs {
        #expect(run.tables == runs[0].tables)
        #expect(run.outcome.left == 0 && run.outcome.before == 0)
        #expect(run.outcome.ran == run.outcome.journal.rows.count)
      }
      // Far fewer than the 168 of the grid, and not the same for all searches.
      #expect((48...72).contains(runs[0].outcome.ran))
      let trials = runs[0].tables.trials.split(separator: "\n").count - 1
      #expect(trials == runs[0].outcome.ran)
    }
  }

  /// If this fails, a search finds something else than the same trials of the full grid show, or runs
  /// again what the folder holds of them.
  @Test func fullGridHoldsTheSameTrials() throws {
    try withTemporaryFolder { root in
      let alone = try Self.tiny("alone", in: root).run()
      let folder = root.appendingPathComponent("grid")
      try makeFolder(folder)
      let grid = try Self.tiny(folder, search: false).run()
      #expect(grid.outcome.ran == 168)
      let searched = try Self.tiny(folder).run()
      #expect(searched.outcome.ran == 0 && searched.outcome.before == alone.outcome.ran)
      #expect(searched.tables == alone.tables)
      // And the grid only runs what the search has not.
      let back = try Self.tiny(folder, search: false).run()
      #expect(back.outcome.ran == 0 && back.tables == grid.tables)
      let grown = try Self.tiny(root.appendingPathComponent("alone"), search: false).run()
      #expect(grown.outcome.ran == 168 - alone.outcome.ran && grown.tables == grid.tables)
    }
  }

  /// If this fails, a search that was killed runs trials twice, leaves some out, or takes another way.
  @Test func killedSearchGoesOn() throws {
    try withTemporaryFolder { root in
      let tiny = try Self.tiny("whole", in: root)
      let undisturbed = try tiny.run()
      let journal = [UInt8](
        try Data(contentsOf: URL(fileURLWithPath: try #require(try tiny.journalFiles.first))))
      for cut in stride(from: 0, to: journal.count, by: journal.count / 11) {
        let killed = try Self.tiny("cut-\(cut)", in: root)
        try makeFolder(killed.folder.appendingPathComponent("out/journal"))
        try Data(journal[..<cut])
          .write(to: killed.folder.appendingPathComponent("out/journal/run-000001.jsonl"))
        let resumed = try killed.run(ranks: 2)
        #expect(resumed.outcome.before + resumed.outcome.ran == undisturbed.outcome.ran)
        #expect(resumed.tables == undisturbed.tables, "cut at byte \(cut)")
        #expect(try killed.run().outcome.ran == 0)
      }
    }
  }

  /// If this fails, a search that is asked to end hangs, or says that it has ended.
  @Test(arguments: [1, 3])
  func askedSearchLeavesAndGoesOn(ranks: Int) throws {
    try withTemporaryFolder { root in
      let undisturbed = try Self.tiny("whole", in: root).run()
      let left = try Self.tiny("left", in: root)
      var hasLeft = false
      for looks in [0, 3, 8] {
        let count = Mutex(0)
        let outcome = try left.run(
          ranks: ranks,
          isAskedToEnd: { rank in
            rank == ranks - 1
              && count.withLock {
                $0 += 1
                return $0 > looks
              }
          }
        ).outcome
        hasLeft = hasLeft || outcome.left > 0
        #expect(outcome.left <= 12, "one trial for each search waits at most")
      }
      #expect(hasLeft)
      let last = try left.run(ranks: ranks)
      #expect(last.outcome.left == 0 && last.tables == undisturbed.tables)
      let rows = try left.journalRows
      #expect(Set(rows.map(\.trial)).count == rows.count, "a finished trial was run twice")
    }
  }

  /// If this fails, jobs of an array divide a search among them, so that none of them can end it.
  @Test(arguments: [2, 5])
  func shardsMakeTheWhole(count: Int) throws {
    try withTemporaryFolder { root in
      let expected = try Self.tiny("whole", in: root).run()
      let shards = try Self.tiny("shards", in: root)
      var ran = 0
      for number in (1...count).reversed() {
        let outcome = try shards.run(ranks: 2, shard: Shard(number, of: count)).outcome
        #expect(outcome.before == 0 && outcome.left == 0)
        ran += outcome.ran
      }
      #expect(ran == expected.outcome.ran)
      let last = try shards.run()
      #expect(last.outcome.ran == 0 && last.tables == expected.tables)
      // Apart, and joined afterwards.
      let parts = try (1...count).map { number in
        let part = try Self.tiny("part-\(number)", in: root)
        _ = try part.run(shard: Shard(number, of: count))
        return part.resultFolder + "/journal"
      }
      let joined = try Self.tiny("joined", in: root)
      _ = try JournalMerge(of: parts, into: joined.resultFolder + "/journal")
      let whole = try joined.run()
      #expect(whole.outcome.ran == 0 && whole.tables == expected.tables)
    }
  }

  /// If this fails, a search goes round in circles at a trial that fails, passes over it, or never
  /// tries it again.
  @Test func failedTrialEndsItsSearch() throws {
    try withTemporaryFolder { root in
      var tiny = try Self.tiny("failing", in: root)
      tiny.scores = "[recall]\ntrial_timeout: 0.000001s"
      let failed = try tiny.run(ranks: 2)
      #expect(failed.outcome.ran == 12 && failed.outcome.left == 0)
      #expect(failed.tables.trials.contains(",timed_out,"))
      #expect(try tiny.run().outcome.ran == 0)
      #expect(try tiny.run(retryFailed: true).outcome.ran == 12)
      tiny.scores = "[recall]"
      #expect(try tiny.run().outcome.ran == 0)
      let mended = try tiny.run(ranks: 2, retryFailed: true)
      let whole = try Self.tiny("whole", in: root).run()
      #expect(mended.outcome.ran == whole.outcome.ran && mended.tables == whole.tables)
    }
  }

  /// If this fails, a search whose rows lack a test that is asked for now ends with empty columns.
  @Test func furtherTestRunsTheSearchAgain() throws {
    try withTemporaryFolder { root in
      var tiny = try Self.tiny("more", in: root)
      tiny.seeds = "[1, 2]"
      let recall = try tiny.run()
      tiny.scores = "[recall, capacity]"
      let more = try tiny.run()
      #expect(more.outcome.before == 0 && more.outcome.ran == recall.outcome.ran)
      tiny.scores = "[recall]"
      #expect(try tiny.run().tables == recall.tables)
    }
  }
}
