import Foundation
import TestSupport
import Testing

@testable import Experiment
@testable import JournalSupport
@testable import RunSupport
@testable import Runner
@testable import SweepPlan

/// Trials that cannot be done, in the midst of others that can.
@Suite struct SweepRunFailureTests {
  /// Three visible neurons find no place at two latent ones that take one edge each; the larger
  /// networks have room.
  private static func failing(in folder: URL) -> TinySweep {
    TinySweep(
      folder: folder, networks: "zip: {latent: [2, 40], scaffold_q: [0, 0.15]}",
      fixed: ["scaffold_p0: 0"])
  }

  /// If this fails, one impossible trial ends a sweep of thousands, or nobody learns why.
  @Test(arguments: [(1, 1), (2, 2)])
  func failedTrialIsARowWithItsReason(ranks: Int, threads: Int) throws {
    try withTemporaryFolder { folder in
      let tiny = Self.failing(in: folder)
      let (outcome, tables, _) = try tiny.run(ranks: ranks, threads: threads)
      #expect(outcome.ran == 4)
      let contents = try outcome.journal.lines.values.map {
        ($0.status, try TrialRecord($0.content))
      }
      for (status, content) in contents {
        let isSmall = content.parameters.latent == 2
        #expect(status == (isSmall ? .failed : .done))
        #expect(
          content.reason
            == (isSmall
              ? "the scaffold cannot grow: scaffold_q = 0.0 lets none of the 2 latent neurons "
                + "accept another edge; raise scaffold_q or latent" : nil))
        #expect(content.scores.keys.isEmpty == isSmall)
      }
      let rows = tables.trials.split(separator: "\n").dropFirst()
      #expect(
        rows.map { $0.contains(",failed,the scaffold cannot grow") } == [true, true, false, false])
      #expect(rows.map { $0.contains(",done,,") } == [false, false, true, true])
    }
  }

  /// If this fails, every resumed run tries again what cannot work, or `--retry-failed` does not.
  @Test func failedTrialRunsAgainOnlyWhereAsked() throws {
    try withTemporaryFolder { folder in
      let tiny = Self.failing(in: folder)
      let first = try tiny.run()
      let second = try tiny.run()
      #expect(second.outcome.ran == 0)
      #expect(second.outcome.before == 4)
      let retried = try tiny.run(retryFailed: true)
      #expect(retried.outcome.ran == 2)
      #expect(retried.outcome.before == 2)
      #expect(retried.tables == first.tables)
      #expect(try tiny.journalRows.count == 6)
    }
  }

  /// If this fails, numbers that are none get into the tables, or a diverging trial ends the run.
  @Test func divergedTrialIsARowWithItsReason() throws {
    try withTemporaryFolder { folder in
      let tiny = TinySweep(
        folder: folder, networks: "latent: [20]", seeds: "[1]", fixed: ["weight_mean: 1.5e308"])
      let (outcome, tables, _) = try tiny.run()
      let row = try #require(try outcome.journal.lines.values.first)
      #expect(row.status == .diverged)
      let content = try TrialRecord(row.content)
      #expect(content.scores.keys.isEmpty)
      #expect(
        try #require(content.reason).hasPrefix(
          "diverged: a potential is no finite number after training cycle "))
      #expect(tables.trials.contains(",diverged,diverged: a potential is no finite number"))
      #expect(try tiny.run().outcome.ran == 0)
      #expect(try tiny.run(retryFailed: true).outcome.ran == 1)
    }
  }

  /// If this fails, a baseline that blows up ends the run, or counts as one that was scored.
  @Test func divergedBaselineIsARowWithItsReason() throws {
    try withTemporaryFolder { folder in
      var tiny = TinySweep(
        folder: folder, networks: "model: [rflo]", seeds: "[1]",
        fixed: ["rflo_readout_rate: 1000", "rflo_learning_rate: 1000"])
      tiny.trainingCycles = 60
      let (outcome, tables, _) = try tiny.run()
      #expect(try #require(outcome.journal.lines.values.first).status == .diverged)
      #expect(
        tables.trials.contains(
          ",diverged,diverged: a rate is no finite number after training cycle"))
    }
  }
}
