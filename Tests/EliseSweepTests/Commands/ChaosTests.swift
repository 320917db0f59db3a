import Experiment
import Foundation
import Journal
import SweepPlan
import TestSupport
import Testing

/// Runs whose processes are killed at random moments and which are repeated until all trials are done.
/// `ELISE_CHAOS_RUNS=200 make test` makes 200 runs.
@Suite struct ChaosTests {
  private static let runs =
    ProcessInfo.processInfo.environment["ELISE_CHAOS_RUNS"].flatMap { Int($0) } ?? 4
  private static let ranks = 3

  /// The processes to kill.
  private enum Victim: CaseIterable {
    case coordinator, otherRank, allRanks, launcher, everyone
  }

  private struct Attempt {
    /// The outcome.
    let outcome: ProcessOutcome
    /// Time from the kill to the end of the last rank.
    let time: Duration
    /// Whether the victim still ran.
    let isHit: Bool
    /// Whether the launcher still ran three seconds after its ranks had ended.
    let isLauncherStuck: Bool
  }

  /// If this fails, a dead node loses finished trials, repeats them, changes tables, or leaves a job that
  /// hangs until its time limit.
  @Test func killedRunsEndWithTheSameTables() throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder, cycles: 1_000, latent: "[6, 7]", seeds: 7)
      let start = ContinuousClock.now
      let calm = try Program.run(
        ["run", "small.yaml", "--out", "calm", "--quiet"], ranks: Self.ranks, in: folder)
      let duration = start.duration(to: .now)
      try #require(calm.exitCode == 0, "\(calm.errors)")
      let expected = try SmallSweep.tables(in: folder.appendingPathComponent("calm"))
      var longest = Duration.zero
      var (kills, hits, stuckLaunchers) = (0, 0, 0)
      for number in 1...Self.runs {
        let out = folder.appendingPathComponent("run-\(number)")
        var finished: Set<TrialID> = []
        var attempts = 0
        while true {
          attempts += 1
          // The first two attempts are disturbed; a third has nothing to fear.
          let victim = attempts <= 2 ? Victim.allCases.randomElement()! : nil
          let moment = duration * Double.random(in: 0.05...1)
          let what =
            "run \(number), attempt \(attempts): \(victim.map { "\($0)" } ?? "none") at \(moment)"
          let attempt = try Self.attempt(out, in: folder, killing: victim, at: moment)
          let (outcome, time) = (attempt.outcome, attempt.time)
          longest = max(longest, time)
          kills += victim == nil ? 0 : 1
          hits += attempt.isHit ? 1 : 0
          stuckLaunchers += attempt.isLauncherStuck ? 1 : 0
          #expect(!outcome.timedOut, "\(what): hangs")
          #expect(time < .seconds(10), "\(what): ended only \(time) after the kill")
          let rows = try Self.rows(in: out)
          #expect(Set(rows).isSuperset(of: finished), "\(what): finished trials were lost")
          #expect(Set(rows).count == rows.count, "\(what): a finished trial was run twice")
          finished = Set(rows)
          if outcome.exitCode == 0 { break }
          try #require(victim != nil && attempts < 10, "\(what): \(outcome.errors)")
        }
        #expect(finished.count == 14)
        #expect(try SmallSweep.tables(in: out) == expected, "run \(number): other tables")
        try FileManager.default.removeItem(at: out)
      }
      print(
        "chaos: \(Self.runs) runs, \(kills) kills, \(hits) of them before the run's own end; the last "
          + "rank was gone \(longest) after a kill at the latest; \(stuckLaunchers) launchers stayed"
      )
    }
  }

  /// Starts a run and kills the victim.
  ///
  /// The launcher of Open MPI 4.1 sometimes hangs if its ranks die while they start; it is killed some
  /// seconds after the last rank, as in `slurm/job.sh`.
  private static func attempt(
    _ out: URL, in folder: URL, killing victim: Victim?, at moment: Duration
  ) throws -> Attempt {
    var killed = ContinuousClock.now
    var ended = killed
    var isHit = false
    var isLauncherStuck = false
    var members: [(rank: Int, process: pid_t)] = []
    let outcome = try runUnderMPI(
      "elise-sweep", ranks: ranks, ["run", "small.yaml", "--out", out.path, "--quiet"], in: folder,
      timeout: .seconds(60)
    ) { launcher in
      guard let victim else { return }
      usleep(UInt32(moment.timeInterval * 1e6))
      members = try RunningRanks.of(launcher)
      let chosen: [pid_t] =
        switch victim {
        case .coordinator: members.filter { $0.rank == 0 }.map(\.process)
        case .otherRank: members.filter { $0.rank != 0 }.prefix(1).map(\.process)
        case .allRanks: members.map(\.process)
        case .launcher: [launcher]
        case .everyone: [launcher] + members.map(\.process)
        }
      for process in chosen { isHit = kill(process, SIGKILL) == 0 || isHit }
      killed = .now
      guard isHit else { return }
      // Also without their launcher, ranks end by themselves.
      func left() throws -> [pid_t] {
        let late = try RunningRanks.of(launcher).map(\.process)
        return Set(members.map(\.process) + late).filter(RunningRanks.isAlive).sorted()
      }
      var hasTold = false
      while case let left = try left(), !left.isEmpty, killed.duration(to: .now) < .seconds(20) {
        if killed.duration(to: .now) > .seconds(4), !hasTold {
          hasTold = true
          let launcherToo = RunningRanks.isAlive(launcher) ? [launcher] : []
          print("chaos: 4 s after \(victim) was killed at \(moment) there is still:")
          for process in left + launcherToo { print(RunningRanks.account(of: process)) }
        }
        usleep(10_000)
      }
      ended = .now
      for _ in 0..<300 where RunningRanks.isAlive(launcher) { usleep(10_000) }
      if RunningRanks.isAlive(launcher) {
        print("chaos: the launcher waits without its ranks: \(RunningRanks.account(of: launcher))")
        isLauncherStuck = true
      }
      kill(launcher, SIGKILL)
    }
    return Attempt(
      outcome: outcome, time: isHit ? killed.duration(to: ended) : .zero, isHit: isHit,
      isLauncherStuck: isLauncherStuck)
  }

  /// The trials of all whole lines of a journal.
  private static func rows(in out: URL) throws -> [TrialID] {
    try JournalReader.files(in: out.path + "/journal").flatMap { path in
      try Data(contentsOf: URL(fileURLWithPath: path)).split(separator: UInt8(ascii: "\n"))
        .compactMap { JournalLine(Array($0)[...])?.trial }
    }
  }
}
