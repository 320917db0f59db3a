import Foundation
import TestSupport
import Testing

/// The scripts in `slurm/`, without Slurm.
@Suite struct JobScriptTests {
  /// Starts ranks by a launcher that is a shell script.
  private func launch(_ launcher: String) throws -> (outcome: ProcessOutcome, time: Duration) {
    try withTemporaryFolder { folder in
      let fake = folder.appendingPathComponent("mpirun")
      try "#!/bin/bash\n\(launcher)\n".write(to: fake, atomically: true, encoding: .utf8)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: fake.path)
      let script = Fixtures.url("../../slurm/job.sh").standardizedFileURL.path
      let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
      let start = ContinuousClock.now
      let outcome = try run(
        "bash", ["-c", "source \"$0\"; elise_launch some-program", script],
        environment: [
          "ELISE_LAUNCH": "mpirun", "ELISE_MPIRUN": nil, "PATH": "\(folder.path):\(path)",
        ],
        timeout: .seconds(50))
      return (outcome, start.duration(to: .now))
    }
  }

  /// If this fails, a job whose ranks died while they started stays in its nodes until its limit.
  @Test(
    "A launcher that waits for ranks that are gone is ended",
    arguments: [
      "sleep 2 & wait; exec sleep 600",  // It has taken note of their end.
      "sleep 2 & exec sleep 600",  // It has not.
    ])
  func hangingLauncherIsEnded(launcher: String) throws {
    let (outcome, time) = try launch(launcher)
    #expect(outcome.exitCode == 128 + SIGKILL, "\(outcome.exitCode): \(outcome.errors)")
    #expect(outcome.errors.contains("waits for processes that have ended"), "\(outcome.errors)")
    #expect(time > .seconds(10) && time < .seconds(40), "\(time)")
  }

  /// If this fails, jobs are killed that are well, or their exit code is lost.
  @Test func launcherIsLeftAloneWhileItsRanksComeAndGo() throws {
    let gap = "mkfifo \"$0.gap\"; exec 3<>\"$0.gap\"; sleep 2; read -r -t 7 -u 3"
    let (outcome, _) = try launch("\(gap); sleep 4; exit 3")
    #expect(outcome.exitCode == 3 && outcome.errors.isEmpty, "\(outcome.errors)")
  }

  private func submit(_ words: [String], in folder: URL) throws -> ProcessOutcome {
    try run(
      "bash", [Fixtures.url("../../slurm/submit").standardizedFileURL.path, "--dry-run"] + words,
      environment: ["ELISE_SWEEP": builtProduct("elise-sweep").path], in: folder)
  }

  /// If this fails, a search cannot be submitted, or gets more jobs than it has trials.
  @Test("submit understands the plan of a grid and of a search, whole and in part")
  func submitReadsThePlan() throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder)
      try """
      name: search
      fixed: {pattern: scale.txt, replay_cycles: 14, training_cycles: 30}
      grid: {latent: [4, 5], seed: [1, 2]}
      search: {nudging: {from: 0.05, to: 0.95, points: 12}, criterion: correlation >= 0.3}
      """.write(
        to: folder.appendingPathComponent("search.yaml"), atomically: true, encoding: .utf8)
      func summary(_ words: String...) throws -> String {
        let outcome = try submit(words, in: folder)
        #expect(outcome.exitCode == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
        return outcome.output
      }
      #expect(try summary("small.yaml").hasPrefix("small: 6 trials to run, "))
      #expect(try summary("search.yaml").hasPrefix("search: 16 trials to run, "))
      for sweep in ["small", "search"] {
        let part = try Program.run(["run", "\(sweep).yaml", "--shard", "1/2"], in: folder)
        #expect(part.exitCode == 0, "\(part.errors)")
      }
      #expect(try summary("small.yaml").hasPrefix("small: 3 trials to run, "))
      #expect(try summary("search.yaml").hasPrefix("search: 8 trials to run, "))
      #expect(try Program.run(["run", "small.yaml", "--quiet"], in: folder).exitCode == 0)
      #expect(try summary("small.yaml") == "small: nothing is left to run in results/small\n")
    }
  }

  /// If this fails, a wrong option reaches Slurm, or is said to be another one.
  @Test(
    "submit refuses what it does not understand",
    arguments: [
      (["--array=3"], "got --array=3"), (["--shards=0"], "got 0"),
      (["--time=0:30"], "got --time=0:30"),
      (["--shards=4000"], "got --shards=4000; expected at most"),
    ])
  func submitRefuses(words: [String], message: String) throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder)
      let outcome = try submit(words + ["small.yaml"], in: folder)
      #expect(outcome.exitCode == 2)
      #expect(outcome.errors.hasPrefix("slurm/submit: \(message)"), "\(outcome.errors)")
    }
  }
}
