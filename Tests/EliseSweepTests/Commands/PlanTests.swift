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
