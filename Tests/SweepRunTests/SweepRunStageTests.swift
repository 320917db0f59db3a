import Foundation
import Report
import TestSupport
import Testing

@testable import Experiment
@testable import Journal
@testable import RunSupport
@testable import Runner
@testable import SweepPlan

/// Runs that add seeds until the interval of a score is narrow enough.
@Suite struct SweepRunStageTests {
  private static func tiny(_ name: String, in root: URL, until: Bool = true) throws -> TinySweep {
    let folder = root.appendingPathComponent(name)
    try makeFolder(folder)
    var tiny = TinySweep(folder: folder, seeds: "{from: 1, to: 4}")
    if until {
      tiny.until = "{score: correlation, half_width: 0.2, at_most: 40}"
    } else {
      tiny.seeds = "{from: 1, to: 40}"
    }
    return tiny
  }

  /// If this fails, a published table depends on how many cores computed it.
  @Test func tablesAreTheSameForEverySchedule() throws {
    try withTemporaryFolder { root in
      let runs = try [(1, 1), (1, 3), (2, 1), (3, 2)].map { ranks, threads in
        try Self.tiny("\(ranks)x\(threads)", in: root).run(ranks: ranks, threads: threads)
      }
      for run in runs {
        #expect(run.tables == runs[0].tables)
        #expect(run.outcome.left == 0 && run.outcome.before == 0)
      }
      // More than the first stage, less than the whole grid.
      #expect((21...79).contains(runs[0].outcome.ran), "\(runs[0].outcome.ran)")
      #expect(!runs[0].tables.contrasts.isEmpty && !runs[0].tables.importance.isEmpty)
      #expect(runs[0].tables.summary.split(separator: "\n")[0].contains(",stopping,"))
      #expect(runs[0].tables.markdown.contains("So `n` depends on the data"))
    }
  }

  /// If this fails, shards run other seeds than the whole sweep, or some of a condition twice.
  @Test func shardsHaveWholeConditions() throws {
    try withTemporaryFolder { root in
      let whole = try Self.tiny("whole", in: root).run()
      let parts = try Self.tiny("parts", in: root)
      let first = try parts.run(shard: Shard(1, of: 2))
      #expect(first.outcome.left == 0)
      let second = try parts.run(shard: Shard(2, of: 2))
      #expect(first.outcome.ran + second.outcome.ran == whole.outcome.ran)
      #expect(second.tables == whole.tables)
    }
  }

  /// If this fails, a sweep that was killed runs trials twice, leaves some out, or adds other seeds.
  @Test func killedSweepGoesOn() throws {
    try withTemporaryFolder { root in
      let tiny = try Self.tiny("whole", in: root)
      let undisturbed = try tiny.run()
      let journal = [UInt8](
        try Data(contentsOf: URL(fileURLWithPath: try #require(try tiny.journalFiles.first))))
      for cut in stride(from: 0, to: journal.count, by: journal.count / 4) {
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

  /// If this fails, a full grid in the same folder changes what the stages show.
  @Test func fullGridHoldsTheSameTrials() throws {
    try withTemporaryFolder { root in
      let alone = try Self.tiny("alone", in: root).run()
      #expect(try Self.tiny("grid", in: root, until: false).run().outcome.ran == 80)
      let staged = try Self.tiny("grid", in: root).run()
      #expect(staged.outcome.ran == 0 && staged.tables == alone.tables)
    }
  }

  /// If this fails, a user reserves cores for more or fewer trials than the sweep can take.
  @Test func planGivesARange() throws {
    try withTemporaryFolder { root in
      let tiny = try Self.tiny("planned", in: root)
      func forecast() throws -> Forecast {
        let sweep = try tiny.sweep()
        return try Forecast(
          sweep, plan: try Plan(sweep),
          journal: try JournalReader.read(folder: tiny.resultFolder + "/journal"), ranks: [1, 2],
          threads: 1, coordinatorSeconds: 1e-5)
      }
      let before = try forecast()
      let choice = try #require(before.choice)
      #expect(choice.count == 2 && choice.ended == 0 && choice.left == 20...80)
      #expect(before.pending == 80 && before.trials == 80 && before.conditions == 2)
      #expect(try #require(before.schedules[0].leastSeconds) < before.schedules[0].seconds)
      let ran = try tiny.execute().outcome.ran
      let after = try forecast()
      #expect(try #require(after.choice).finished == ran && after.pending == 0)
      #expect(try #require(after.choice).ended == 2)
    }
  }
}
