import Foundation
import TestSupport
import Testing

@testable import Experiment
@testable import JournalSupport
@testable import RunSupport
@testable import Runner
@testable import SweepPlan

@Suite struct SweepRunScheduleTests {
  /// If this fails, a published table depends on how many cores computed it.
  @Test func tablesAreTheSameForEverySchedule() throws {
    try withTemporaryFolder { root in
      let tables = try [(1, 1), (1, 2), (2, 1), (2, 3), (4, 1)].map { ranks, threads in
        let folder = root.appendingPathComponent("\(ranks)x\(threads)")
        try makeFolder(folder)
        let (outcome, tables, warnings) = try TinySweep(folder: folder, seeds: "[1, 2, 3]")
          .run(ranks: ranks, threads: threads)
        #expect(outcome.ran == 6)
        #expect(outcome.before == 0)
        #expect(outcome.ranks == ranks)
        #expect(outcome.threads == ranks * threads)
        #expect(outcome.journal.rows.values.allSatisfy { $0.status == .done })
        #expect(warnings.isEmpty)
        return tables
      }
      for other in tables.dropFirst() { #expect(other == tables[0]) }
      // A comparison of empty tables would prove nothing.
      #expect(tables[0].trials.split(separator: "\n").count == 7)
      #expect(tables[0].summary.split(separator: "\n").count == 3)
    }
  }

  /// If this fails, a table depends on the threads that had time to help.
  @Test func tablesAreTheSameIfIdleThreadsHelp() throws {
    try withTemporaryFolder { root in
      let tables = try [(1, 1), (1, 3), (2, 2)].map { ranks, threads in
        let folder = root.appendingPathComponent("\(ranks)x\(threads)")
        try makeFolder(folder)
        let (outcome, tables, _) = try TinySweep(
          folder: folder, networks: "latent: [61, 125]", seeds: "[1]", trainingCycles: 20
        ).run(ranks: ranks, threads: threads)
        #expect(outcome.journal.rows.values.allSatisfy { $0.status == .done })
        return tables
      }
      for other in tables.dropFirst() { #expect(other == tables[0]) }
    }
  }

  /// If this fails, a table of several models depends on how it was computed.
  @Test func tablesOfEveryModelAreTheSameForEverySchedule() throws {
    try withTemporaryFolder { root in
      let models = ModelKind.all.map(\.name).joined(separator: ", ")
      let tables = try [(1, 1), (1, 2), (2, 2)].map { ranks, threads in
        let folder = root.appendingPathComponent("\(ranks)x\(threads)")
        try makeFolder(folder)
        let (outcome, tables, _) = try TinySweep(
          folder: folder, networks: "model: [\(models)]", seeds: "[1, 2, 3]"
        ).run(ranks: ranks, threads: threads)
        #expect(outcome.journal.rows.values.allSatisfy { $0.status == .done })
        return tables
      }
      for other in tables.dropFirst() { #expect(other == tables[0]) }
      #expect(tables[0].trials.split(separator: "\n").count == 1 + 3 * ModelKind.all.count)
      #expect(tables[0].summary.split(separator: "\n").count == 1 + ModelKind.all.count)
    }
  }

  /// If this fails, trials that differ only in their seed are the same network several times.
  @Test func seedsAndSizesGiveDifferentScores() throws {
    try withTemporaryFolder { folder in
      let (outcome, _, _) = try TinySweep(folder: folder, seeds: "[1, 2, 3]").run()
      let scores = try outcome.journal.lines.values.map {
        try TrialRecord($0.content).scores["correlation"]
      }
      #expect(scores.count == 6)
      #expect(Set(scores).count == 6)
    }
  }

  /// If this fails, the second identical command costs hours, or changes the tables.
  @Test(arguments: [(1, 1), (2, 1)])
  func secondRunDoesNothing(ranks: Int, threads: Int) throws {
    try withTemporaryFolder { folder in
      let tiny = TinySweep(folder: folder)
      let first = try tiny.run()
      let files = try tiny.journalFiles
      let second = try tiny.run(ranks: ranks, threads: threads)
      #expect(second.outcome.ran == 0)
      #expect(second.outcome.before == 4)
      #expect(second.tables == first.tables)
      #expect(try tiny.journalFiles == files)
    }
  }

  /// If this fails, extending a grid costs all that was computed before, or misses a part.
  @Test func grownGridRunsOnlyWhatIsNew() throws {
    try withTemporaryFolder { folder in
      var tiny = TinySweep(folder: folder)
      _ = try tiny.run()
      tiny.networks = "latent: [2, 3, 4]"
      tiny.seeds = "[2, 1, 5]"
      let grown = try tiny.run()
      #expect(grown.outcome.before == 4)
      #expect(grown.outcome.ran == 5)

      let other = folder.appendingPathComponent("other")
      try makeFolder(other)
      let atOnce = try TinySweep(folder: other, networks: "latent: [2, 3, 4]", seeds: "[1, 2, 5]")
        .run()
      #expect(grown.tables == atOnce.tables)
    }
  }

  /// If this fails, a grid that was made smaller shows trials that it does not ask for.
  @Test func smallerGridLeavesRowsOut() throws {
    try withTemporaryFolder { folder in
      var tiny = TinySweep(folder: folder)
      _ = try tiny.run()
      tiny.networks = "latent: [3]"
      let smaller = try tiny.run()
      #expect(smaller.outcome.ran == 0)
      #expect(smaller.tables.trials.split(separator: "\n").count == 3)
      #expect(smaller.outcome.journal.rows.count == 4)
    }
  }
}
