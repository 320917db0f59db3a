import Foundation
import Synchronization
import TestSupport
import Testing

@testable import RunSupport
@testable import Runner
@testable import SweepPlan

/// Runs that are asked to end before their trials do.
@Suite struct SweepRunLeavingTests {
  /// If this fails, a preempted run hangs, loses trials, or ends in other tables.
  @Test(arguments: [1, 2, 3], [0, 1])
  func askedRunLeavesAndGoesOn(ranks: Int, asked: Int) throws {
    let asked = min(asked, ranks - 1)
    try withTemporaryFolder { root in
      var tiny = TinySweep(folder: root.appendingPathComponent("whole"))
      try makeFolder(tiny.folder)
      tiny.seeds = "[1, 2, 3, 4, 5, 6]"
      let undisturbed = try tiny.run()
      #expect(undisturbed.outcome.left == 0)

      var left = TinySweep(folder: root.appendingPathComponent("left"))
      try makeFolder(left.folder)
      left.seeds = tiny.seeds
      // Some of the runs end before their first trial, some in its midst, some after a few.
      for looks in [0, 2, 5, 9] {
        let count = Mutex(0)
        let outcome = try left.run(
          ranks: ranks,
          isAskedToEnd: { rank in
            rank == asked
              && count.withLock {
                $0 += 1
                return $0 > looks
              }
          }
        ).outcome
        #expect(outcome.before + outcome.ran + outcome.left == 12)
      }
      let last = try left.run(ranks: ranks)
      #expect(last.outcome.left == 0)
      #expect(last.tables == undisturbed.tables)
      let rows = try left.journalRows
      #expect(Set(rows.map(\.trial)).count == rows.count, "a finished trial was run twice")
    }
  }

  /// If this fails, a job runs into its time limit.
  @Test func runEndsAtItsDeadline() throws {
    try withTemporaryFolder { folder in
      let tiny = TinySweep(folder: folder)
      let outcome = try tiny.run(deadline: .now).outcome
      #expect(outcome.left > 0)
      #expect(try tiny.run(deadline: .now + .seconds(3600)).outcome.left == 0)
    }
  }

  /// If this fails, jobs of an array leave trials out, run them twice, or make other tables.
  @Test(arguments: [1, 3, 5])
  func shardsMakeTheWhole(count: Int) throws {
    try withTemporaryFolder { root in
      let whole = TinySweep(folder: root.appendingPathComponent("whole"))
      let shards = TinySweep(folder: root.appendingPathComponent("shards"))
      try makeFolder(whole.folder)
      try makeFolder(shards.folder)
      let expected = try whole.run().tables
      for number in (1...count).reversed() {
        let outcome = try shards.run(shard: Shard(number, of: count)).outcome
        #expect(outcome.before == 0 && outcome.left == 0)
      }
      let rows = try shards.journalRows
      #expect(rows.count == 4 && Set(rows.map(\.trial)).count == 4)
      let last = try shards.run()
      #expect(last.outcome.ran == 0)
      #expect(last.tables == expected)
    }
  }

  /// If this fails, a time for trials that a sweep names does not reach them.
  @Test func trialsWithoutTimeAreRows() throws {
    try withTemporaryFolder { folder in
      var tiny = TinySweep(folder: folder)
      tiny.tests = "[recall]\ntrial_timeout: 0.000001s"
      let (outcome, tables, _) = try tiny.run()
      #expect(outcome.ran == 4)
      #expect(tables.trials.contains(",timed_out,"))
      #expect(try tiny.run().outcome.ran == 0)
      #expect(try tiny.run(retryFailed: true).outcome.ran == 4)
    }
  }
}
