import Foundation
import TestSupport
import Testing

/// Jumping clocks and short time limits.
@Suite struct ClockTests {
  /// The wall clock is a day late, a day early, or right, in turn.
  ///
  /// If this fails, a rank sleeps for hours, a time limit applies at once, or tables contain times.
  @Test(arguments: [nil, 3])
  func jumpingClockChangesNothing(ranks: Int?) throws {
    try withTemporaryFolder { folder in
      let library = try #require(try JumpingClock.library(in: folder), "there is no C compiler")
      try SmallSweep.write(to: folder)
      let words = ["run", "small.yaml", "--max-time", "1h", "--quiet", "--out"]
      #expect(try Program.run(words + ["calm"], in: folder).exitCode == 0)
      let environment = ["LD_PRELOAD": library]
      let outcome =
        try ranks.map {
          try Program.run(words + ["odd"], ranks: $0, environment: environment, in: folder)
        } ?? Program.run(words + ["odd"], environment: environment, in: folder)
      #expect(outcome.exitCode == 0 && !outcome.timedOut, "\(outcome.errors)")
      #expect(
        try SmallSweep.tables(in: folder.appendingPathComponent("odd"))
          == SmallSweep.tables(in: folder.appendingPathComponent("calm")))
    }
  }

  /// If this fails, all trials of a suspended job or laptop time out when it wakes.
  @Test func timeInWhichTheProcessIsStoppedIsNoWork() throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder, cycles: 1500, latent: "[10]", seeds: 1)
      let file = folder.appendingPathComponent("small.yaml")
      let text = try String(contentsOf: file, encoding: .utf8)
      // The trial takes less than this on any machine that the tests run on.
      try (text + "\ntrial_timeout: 30s\n").write(to: file, atomically: true, encoding: .utf8)
      let outcome = try Program.run(["run", "small.yaml"], in: folder) { process in
        let journal = folder.appendingPathComponent("results/small/journal").path
        while !FileManager.default.fileExists(atPath: journal) { usleep(10_000) }
        kill(process, SIGSTOP)
        sleep(31)
        kill(process, SIGCONT)
      }
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
    }
  }

  /// If this fails, a job whose time limit is shorter than its trials restarts for ever.
  ///
  /// The limit is too short at first and grows while nothing can be saved within it, as the message
  /// asks; so the test ends on fast and on busy machines.
  @Test func runsThatAreShorterThanEveryTrialComeToAnEnd() throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder, cycles: 25_000, latent: "[40]", seeds: 1)
      let words = ["run", "small.yaml", "--threads", "1", "--out"]
      #expect(try Program.run(words + ["calm", "--quiet"], in: folder).exitCode == 0)
      var limit = 1.5  // [s]
      var codes: [Int32] = []
      repeat {
        let outcome = try Program.run(words + ["short", "--max-time", "\(limit)s"], in: folder)
        codes.append(outcome.exitCode)
        if outcome.exitCode == 2 {
          try #require(outcome.errors.contains("error: --max-time: got"), "\(outcome.errors)")
          limit *= 1.5
        } else {
          try #require([0, 3].contains(outcome.exitCode), "\(outcome.errors)")
        }
      } while codes.last != 0 && codes.count < 40
      #expect(codes.contains(3) && codes.last == 0, "\(codes)")
      #expect(
        try SmallSweep.tables(in: folder.appendingPathComponent("short"))
          == SmallSweep.tables(in: folder.appendingPathComponent("calm")))
    }
  }

  /// If this fails, the user of such a job does not learn that it cannot make progress.
  @Test func runWithoutAnyProgressSaysSo() throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder, cycles: 100_000, latent: "[40]", seeds: 1)
      let outcome = try Program.run(["run", "small.yaml", "--max-time", "0.1s"], in: folder)
      #expect(outcome.exitCode == 2)
      #expect(
        outcome.errors.contains(
          "error: --max-time: got 0.1s, but no trial ended or could be saved in this time"
        ),
        "\(outcome.errors)")
    }
  }
}
