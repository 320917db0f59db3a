import Foundation
import TestSupport
import Testing

/// The report of a run, for people and for scripts.
@Suite struct RunDisplayTests {
  private static func events(_ output: String) throws -> [[String: Any]] {
    try output.split(separator: "\n").map { line in
      try #require(
        JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
    }
  }

  /// If this fails, a script that follows a run breaks.
  @Test("--json prints every event on its own line, also under mpirun", arguments: [nil, 2])
  func json(ranks: Int?) throws {
    try withTemporaryFolder { folder in
      // With at most one edge per latent neuron, the scaffold of one trial cannot grow.
      try SmallSweep.write(to: folder, seeds: 2, axis: "scaffold_q: [0, 0.15]")
      let arguments = ["run", "small.yaml", "--json", "--set", "scaffold_p0=0"]
      let outcome =
        try ranks.map { try Program.run(arguments, ranks: $0, in: folder) }
        ?? Program.run(arguments, in: folder)
      #expect(outcome.exitCode == 1, "\(outcome.errors)")
      let events = try Self.events(outcome.output)
      let names = events.map { $0["event"] as? String }
      #expect(names.first == "start" && names.last == "end")
      #expect(events.allSatisfy { $0["time"] is String })
      #expect(events[0]["trials"] as? Int == 8 && events[0]["sweep"] as? String == "small")

      let trials = events.filter { $0["event"] as? String == "trial" }
      #expect(Set(trials.compactMap { $0["trial"] as? String }).count == 8)
      let failed = trials.filter { $0["status"] as? String == "failed" }
      #expect(!failed.isEmpty && failed.count < 8)
      for trial in failed {
        #expect((trial["reason"] as? String)?.hasPrefix("the scaffold cannot grow") == true)
        #expect((trial["parameters"] as? [String: Any])?["scaffold_q"] as? Double == 0)
      }
      for trial in trials where trial["status"] as? String == "done" {
        let scores = try #require(trial["scores"] as? [String: Double])
        #expect(scores["correlation"] != nil)
        #expect(
          Set((trial["parameters"] as? [String: Any] ?? [:]).keys)
            == ["latent", "seed", "scaffold_q"])
      }
      let progress = try #require(events.last { $0["event"] as? String == "progress" })
      #expect(progress["finished"] as? Int == 8 && progress["fraction"] as? Double == 1)
      let end = events[events.count - 1]
      #expect(end["exit_code"] as? Int == 1 && end["failed"] as? Int == failed.count)
      #expect(end["missing"] as? Int == 0 && end["tables"] as? Bool == true)
      #expect((end["best_possible"] as? Double).map { (0...1).contains($0) } == true)
    }
  }

  /// If this fails, a user sees only at the end of a run why trials fail, or not how efficient it was.
  @Test("Failures are shown as they happen, with trial and reason, and the last line sums up")
  func failures() throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder, seeds: 1, axis: "scaffold_q: [0, 0.15]")
      let outcome = try Program.run(
        ["run", "small.yaml", "--set", "scaffold_p0=0"], in: folder)
      let lines = outcome.errors.split(separator: "\n")
      let failure = "trial latent 4, scaffold_q 0, seed 1 failed: the scaffold cannot grow"
      #expect(lines.contains { $0.hasPrefix(failure) }, "\(outcome.errors)")
      let last = try #require(lines.last)
      #expect(last.contains(" trials done, ") && last.contains(" failed (see reason in "))
      #expect(
        last.contains(", parallel efficiency ")
          && last.hasSuffix(" %; open results/small/report.html"))
      #expect(!outcome.errors.contains("\r") && !outcome.errors.contains("\u{1B}"))
    }
  }

  @Test("A finished run leaves no status file behind") func noSign() throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder, seeds: 1)
      #expect(try Program.run(["run", "small.yaml", "--quiet"], in: folder).exitCode == 0)
      #expect(
        !FileManager.default.fileExists(
          atPath: folder.appendingPathComponent("results/small/running").path))
      let status = try Program.run(["status", "results/small"], in: folder)
      #expect(status.output == "small: 2 of 2 trials done\n" && status.exitCode == 0)
      let json = try Program.run(["status", "results/small", "--json"], in: folder)
      #expect(json.exitCode == 0 && json.errors.isEmpty, "\(json.errors)")
      let facts = try #require(
        try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
      #expect(facts["sweep"] as? String == "small" && facts["folder"] as? String == "results/small")
      #expect(facts["trials"] as? Int == 2 && facts["done"] as? Int == 2)
      #expect(facts["pending"] as? Int == 0 && (facts["runs"] as? [Any])?.isEmpty == true)
    }
  }

  private static func waitForFile(_ path: String) {
    for _ in 0..<20_000 where !FileManager.default.fileExists(atPath: path) { usleep(1_000) }
  }

  /// A trial is saved if it has run for a second, and a sanitizer slows down what comes before it. Other work
  /// on the machine delays it, so the time of cores counts.
  ///
  /// - Parameters:
  ///   - trials: The trials that each process runs at the same time.
  ///   - processes: The processes that run trials.
  private static func waitUntilTrialsAreSaved(
    _ trials: Int, in processes: () throws -> [pid_t]
  ) throws {
    let enough = Double(trials) * (isSanitized ? 20 : 2)
    for _ in 0..<500 {
      let times = try processes().map(RunningRanks.coreSeconds)
      if !times.isEmpty && times.allSatisfy({ $0 >= enough }) { return }
      usleep(100_000)
    }
  }

  /// If this fails, a dropped connection costs the training of all running trials, or the user does not
  /// learn that repeating the command continues it.
  @Test(arguments: [SIGTERM, SIGHUP, SIGINT]) func stoppedRunSavesItsTrials(signal: Int32) throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder, cycles: 1_000_000, latent: "[30]", seeds: 3)
      let results = folder.appendingPathComponent("results/small")
      let running = results.appendingPathComponent("running").path
      // The program would inherit signals that this process blocks or ignores.
      let outcome = try TestSupport.run(
        "env",
        ["--default-signal", builtProduct("elise-sweep").path, "run", "small.yaml"]
          + ["--threads", "2"], in: folder, timeout: .seconds(120)
      ) { process in
        Self.waitForFile(running)
        try Self.waitUntilTrialsAreSaved(2) { [process] }
        kill(process, signal)
      }
      #expect(outcome.exitCode == 3, "\(outcome.exitCode): \(outcome.errors)")
      let last = try #require(outcome.errors.split(separator: "\n").last)
      #expect(last.hasPrefix("Stopped after "), "\(last)")
      #expect(
        last.hasSuffix(": 0 of 3 trials done, 2 saved half-way; repeat the command to continue"),
        "\(last)")
      let status = try Program.run(["status", "results/small"], in: folder)
      #expect(
        status.output == """
          small: 0 of 3 trials done, 3 pending
          2 trials saved half-way; a run continues from there
          not running; repeat the run command to continue

          """)
    }
  }

  /// If this fails, a result depends on how many threads computed the trial, or on when they were stopped.
  @Test(.enabled(if: !isSanitized)) func trialOfHelpersIsContinuedAlone() throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder, cycles: 20_000, latent: "[109]", seeds: 1)
      func run(_ threads: Int, _ out: String, signal: (Int32, after: UInt32)? = nil) throws -> Int32
      {
        let outcome = try TestSupport.run(
          "env",
          ["--default-signal", builtProduct("elise-sweep").path, "run", "small.yaml", "--quiet"]
            + ["--threads", "\(threads)", "--out", out], in: folder, timeout: .seconds(120)
        ) { process in
          guard let signal else { return }
          Self.waitForFile(folder.appendingPathComponent("\(out)/running").path)
          usleep(signal.after)
          kill(process, signal.0)
        }
        return outcome.exitCode
      }
      #expect(try run(1, "alone") == 0)
      #expect(try run(3, "helped", signal: (SIGTERM, after: 1_500_000)) == 3)
      #expect(try run(3, "helped", signal: (SIGKILL, after: 100_000)) == 128 + SIGKILL)
      #expect(try run(1, "helped") == 0)
      let tables = try ["alone", "helped"].map {
        try SmallSweep.tables(in: folder.appendingPathComponent($0))
      }
      #expect(tables[0] == tables[1])
    }
  }

  /// If this fails, a signal to the launcher costs the training of all running trials, or the exit codes that
  /// docs/clusters.md names are others.
  @Test(
    "A signal to mpirun saves the trials; the exit code of Open MPI is as documented",
    arguments: [(SIGTERM, 1), (SIGUSR1, 3)] as [(Int32, Int32)])
  func stoppedLauncherSavesItsTrials(signal: Int32, code: Int32) throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder, cycles: 1_000_000, latent: "[30]", seeds: 2)
      let running = folder.appendingPathComponent("results/small/running").path
      // The launcher would inherit signals that this process blocks or ignores.
      let words = ["--default-signal", mpirun, "-n", "2", try builtProduct("elise-sweep").path]
      let outcome = try TestSupport.run(
        "env", words + ["run", "small.yaml"],
        environment: [
          "OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1",
          "OMPI_MCA_rmaps_base_oversubscribe": "1",
          // Open MPI kills ranks a second after SIGTERM, which is too early on a machine that is busy.
          "OMPI_MCA_odls_base_sigkill_timeout": "10",
        ], in: folder, timeout: .seconds(120)
      ) { process in
        Self.waitForFile(running)
        try Self.waitUntilTrialsAreSaved(1) { try RunningRanks.of(process).map(\.process) }
        kill(process, signal)
      }
      #expect(outcome.errors.contains("2 saved half-way"), "\(outcome.errors)")
      let status = try Program.run(["status", "results/small"], in: folder)
      #expect(status.exitCode == 3 && status.output.contains("2 trials saved half-way"))
      if mpirunIsOpenMPI { #expect(outcome.exitCode == code, "\(outcome.errors)") }
    }
  }

  /// If this fails, `nohup` no longer keeps a run alive after logout.
  @Test func runUnderNohupOutlivesTheTerminal() throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder, cycles: 300, latent: "[4]", seeds: 3)
      let outcome = try TestSupport.run(
        "env",
        ["--default-signal", "nohup", builtProduct("elise-sweep").path, "run", "small.yaml"],
        in: folder
      ) { process in
        Self.waitForFile(folder.appendingPathComponent("results/small/journal/sweep.yaml").path)
        kill(process, SIGHUP)
      }
      #expect(outcome.exitCode == 0, "\(outcome.exitCode): \(outcome.errors)")
    }
  }

  @Test("--quiet and --json exclude each other") func exclusive() throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder)
      let outcome = try Program.run(["run", "small.yaml", "--quiet", "--json"], in: folder)
      #expect(outcome.exitCode == 2 && outcome.output.isEmpty)
      #expect(outcome.errors == "error: run: got --quiet and --json; expected only one of them\n")
      #expect(
        !FileManager.default.fileExists(
          atPath: folder.appendingPathComponent("results").path))
    }
  }
}
