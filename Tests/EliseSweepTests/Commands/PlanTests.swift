import Foundation
import TestSupport
import Testing

@testable import elise_sweep

@Suite struct PlanCommandTests {
  @Test("The plan of a sweep is shown and nothing is written")
  func writesNothing() throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder, seeds: 3)
      let before = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      let outcome = try Program.run(["plan", "small.yaml"], in: folder)
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      #expect(outcome.errors.isEmpty)
      #expect(outcome.output.hasPrefix("small\n\n  trials      6\n  conditions  2\n"))
      let rows = outcome.output.split(separator: "\n").filter { $0.hasSuffix(" %") }
      #expect(
        rows.map { $0.split(separator: " ")[0] } == ["1", "2", "4", "8"],
        "not 1, 2, 4, … ranks:\n\(outcome.output)")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == before)
    }
  }

  @Test("What the result folder holds is not planned again")
  func knowsWhatIsFinished() throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder, seeds: 2)
      #expect(try Program.run(["run", "small.yaml", "--out", "r"], in: folder).exitCode == 0)
      try SmallSweep.write(to: folder, seeds: 3)
      let outcome = try Program.run(
        ["plan", "small.yaml", "--out", "r", "--ranks", "3", "--ranks", "2", "--threads", "2"],
        in: folder)
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      #expect(outcome.output.contains("6, of which 2 are left to run; the others are in r"))
      #expect(outcome.output.contains("from 4 finished trials"))
      let rows = outcome.output.split(separator: "\n").filter { $0.hasSuffix(" %") }
      #expect(rows.map { $0.split(separator: " ").prefix(2) } == [["3", "6"], ["2", "4"]])
    }
  }

  /// If this fails, scripts and `slurm/submit` read other numbers than people do.
  @Test("--json prints one object with the facts of the text, each key on its own line")
  func json() throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder, seeds: 2)
      #expect(try Program.run(["run", "small.yaml", "--out", "r"], in: folder).exitCode == 0)
      try SmallSweep.write(to: folder, seeds: 3)
      let words = ["plan", "small.yaml", "--out", "r", "--json", "--ranks", "3"]
      let outcome = try Program.run(words, in: folder)
      #expect(outcome.exitCode == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
      let plan = try #require(
        try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
      #expect(plan["sweep"] as? String == "small" && plan["folder"] as? String == "r")
      #expect(plan["trials"] as? Int == 6 && plan["conditions"] as? Int == 2)
      #expect(plan["trials_left"] as? Int == 2 && plan["trials_finished"] as? Int == 4)
      #expect(plan["finished_trials_measured"] as? Int == 4)
      for key in ["trial_seconds_longest", "core_seconds", "memory_bytes_per_rank"] {
        #expect((plan[key] as? Double ?? 0) > 0, "\(key)")
        #expect(outcome.output.contains("\n  \"\(key)\" : "), "\(outcome.output)")
      }
      let schedules = try #require(plan["schedules"] as? [[String: Any]])
      #expect(schedules.map { $0["ranks"] as? Int } == [3])
      #expect((schedules[0]["seconds"] as? Double ?? 0) > 0)

      #expect(try Program.run(["run", "small.yaml", "--out", "r"], in: folder).exitCode == 0)
      let rest = try Program.run(words, in: folder).output
      #expect(rest.contains("\n  \"trials_left\" : 0\n") && !rest.contains("core_seconds"))
      let wrong = try Program.run(["plan", "none.yaml", "--json"], in: folder)
      #expect(wrong.exitCode == 2 && wrong.output.isEmpty && wrong.errors.hasPrefix("error: "))
    }
  }

  @Test(
    "Wrong usage is refused with what is allowed, and exit code 2",
    arguments: [
      (["--ranks", "0"], "--ranks: got \"0\"; expected a whole number from 1 to 1000000"),
      (["--ranks", "4", "--ranks", "many"], "--ranks: got \"many\""),
      (["--threads", "0"], "--threads: got \"0\"; expected a whole number from 1 to 1024"),
      (["--set", "latnt=3"], "latnt"), (["--quiet"], "unknown option --quiet"),
      (["other.yaml"], "elise-sweep plan takes one SWEEP.yaml; got 2"),
    ])
  func wrongUsage(arguments: [String], message: String) throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder)
      let outcome = try Program.run(["plan", "small.yaml"] + arguments, in: folder)
      #expect(outcome.exitCode == 2)
      #expect(outcome.output.isEmpty)
      #expect(outcome.errors.contains(message), "\(outcome.errors)")
    }
  }

  @Test("Ranks are predicted until every trial has its own thread")
  func usualRanks() {
    #expect(PlanCommand.usualRanks(1, threads: 1) == [1])
    #expect(PlanCommand.usualRanks(5, threads: 1) == [1, 2, 4, 8])
    #expect(PlanCommand.usualRanks(16, threads: 4) == [1, 2, 4])
    #expect(PlanCommand.usualRanks(1_000_000, threads: 1).last == 4_096)
  }
}
