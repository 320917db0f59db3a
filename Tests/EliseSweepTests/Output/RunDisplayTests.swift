import Foundation
import TestSupport
import Testing

/// What a run says, to people and to scripts.
@Suite struct RunDisplayTests {
  private static func events(_ output: String) throws -> [[String: Any]] {
    try output.split(separator: "\n").map { line in
      try #require(
        JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
    }
  }

  /// If this fails, a script that follows a run breaks.
  @Test("--json tells every event in a line of its own, also under mpirun", arguments: [nil, 2])
  func json(ranks: Int?) throws {
    try withTemporaryFolder { folder in
      // Where a latent neuron takes one edge at most, the scaffold of one trial cannot grow.
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

  /// If this fails, whoever watches a run learns only at its end why trials fail, or not how good
  /// the run was.
  @Test("Failures are told as they happen, with trial and reason, and the last line sums up")
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

  @Test("A run leaves no sign of itself behind when it is over") func noSign() throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder, seeds: 1)
      #expect(try Program.run(["run", "small.yaml", "--quiet"], in: folder).exitCode == 0)
      #expect(
        !FileManager.default.fileExists(
          atPath: folder.appendingPathComponent("results/small/running").path))
      let status = try Program.run(["status", "results/small"], in: folder)
      #expect(status.output == "small: 2 of 2 trials done\n" && status.exitCode == 0)
    }
  }

  @Test("--quiet and --json exclude each other") func exclusive() throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder)
      let outcome = try Program.run(["run", "small.yaml", "--quiet", "--json"], in: folder)
      #expect(outcome.exitCode == 2 && outcome.output.isEmpty)
      #expect(outcome.errors == "error: run: --quiet and --json exclude each other\n")
      #expect(
        !FileManager.default.fileExists(
          atPath: folder.appendingPathComponent("results").path))
    }
  }
}
