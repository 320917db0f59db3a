import Foundation
import TestSupport
import Testing

/// What `slurm/job.sh` does about launchers that misbehave; no Slurm is needed for it.
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
    #expect(outcome.errors.contains("waits for processes that are gone"), "\(outcome.errors)")
    #expect(time > .seconds(10) && time < .seconds(40), "\(time)")
  }

  /// If this fails, jobs are killed that are well, or their exit code is lost.
  @Test func launcherIsLeftAloneWhileItsRanksComeAndGo() throws {
    let gap = "mkfifo \"$0.gap\"; exec 3<>\"$0.gap\"; sleep 2; read -r -t 7 -u 3"
    let (outcome, _) = try launch("\(gap); sleep 4; exit 3")
    #expect(outcome.exitCode == 3 && outcome.errors.isEmpty, "\(outcome.errors)")
  }
}
