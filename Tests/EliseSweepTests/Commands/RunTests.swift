import Foundation
import TestSupport
import Testing

@Suite struct RunTests {
  @Test("The tables are the same bytes for every number of ranks and threads")
  func identicalTables() throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder)
      let first = try Program.run(
        ["run", "small.yaml", "--threads", "1", "--out", "a"], in: folder)
      #expect(first.exitCode == 0, "\(first.errors)")
      let expected = try SmallSweep.tables(in: folder.appendingPathComponent("a"))
      #expect(
        String(decoding: expected["trials.csv"]!, as: UTF8.self).split(separator: "\n").count == 7)

      let threads = try Program.run(
        ["run", "small.yaml", "--threads", "2", "--out", "b"], in: folder)
      #expect(threads.exitCode == 0, "\(threads.errors)")
      #expect(try SmallSweep.tables(in: folder.appendingPathComponent("b")) == expected)
      for ranks in [1, 2, 4] {
        let out = "ranks-\(ranks)"
        let outcome = try Program.run(
          ["run", "small.yaml", "--out", out], ranks: ranks, in: folder)
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        #expect(
          try SmallSweep.tables(in: folder.appendingPathComponent(out)) == expected,
          "under mpirun -n \(ranks) the tables differ")
      }
    }
  }

  @Test("Under mpirun every rank computes, rank 0 too")
  func allRanksCompute() throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder, cycles: 300, seeds: 6)
      let outcome = try Program.run(["run", "small.yaml"], ranks: 2, in: folder)
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      let costs = try String(
        contentsOf: folder.appendingPathComponent("results/small/costs.csv"), encoding: .utf8)
      let ranks = costs.split(separator: "\n").dropFirst().map { $0.split(separator: ",")[1] }
      #expect(Set(ranks) == ["0", "1"])
    }
  }

  @Test("A killed run continues: nothing finished runs again, and the tables are the same bytes")
  func killedRunContinues() throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder, cycles: 4000, latent: "[4, 5, 6, 7]", seeds: 5)
      let undisturbed = try Program.run(["run", "small.yaml", "--out", "calm"], in: folder)
      #expect(undisturbed.exitCode == 0, "\(undisturbed.errors)")

      let journal = folder.appendingPathComponent("killed/journal/run-000001.jsonl")
      let killed = try Program.run(["run", "small.yaml", "--out", "killed"], in: folder) {
        process in
        // Kill as soon as some trials are in the journal.
        while SmallSweep.lineCount(journal) < 3 { usleep(1000) }
        kill(process, SIGKILL)
      }
      #expect(killed.exitCode == 128 + SIGKILL)
      let finished = SmallSweep.lineCount(journal)
      #expect((3..<20).contains(finished), "the run was over before it could be killed")

      let resumed = try Program.run(["run", "small.yaml", "--out", "killed"], in: folder)
      #expect(resumed.exitCode == 0, "\(resumed.errors)")
      let added = SmallSweep.lineCount(
        folder.appendingPathComponent("killed/journal/run-000002.jsonl"))
      #expect(finished + added == 20, "finished trials ran again, or some are missing")
      #expect(
        try SmallSweep.tables(in: folder.appendingPathComponent("killed"))
          == SmallSweep.tables(in: folder.appendingPathComponent("calm")))
    }
  }

  @Test("A grown grid runs only what is new")
  func grownGrid() throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder, seeds: 2)
      #expect(try Program.run(["run", "small.yaml"], in: folder).exitCode == 0)
      try SmallSweep.write(to: folder, seeds: 3)
      #expect(try Program.run(["run", "small.yaml"], in: folder).exitCode == 0)
      let journal = folder.appendingPathComponent("results/small/journal")
      #expect(SmallSweep.lineCount(journal.appendingPathComponent("run-000001.jsonl")) == 4)
      #expect(SmallSweep.lineCount(journal.appendingPathComponent("run-000002.jsonl")) == 2)
    }
  }

  @Test("A trial that fails is a row with its reason, and the exit code says so")
  func failingTrial() throws {
    try withTemporaryFolder { folder in
      // With at most one edge per latent neuron, the scaffold cannot reach every neuron.
      try SmallSweep.write(to: folder, seeds: 1, axis: "scaffold_q: [0, 0.15]")
      let outcome = try Program.run(
        ["run", "small.yaml", "--set", "scaffold_p0=0"], in: folder)
      #expect(outcome.exitCode == 1, "\(outcome.errors)")
      let trials = try String(
        contentsOf: folder.appendingPathComponent("results/small/trials.csv"), encoding: .utf8)
      #expect(trials.contains(",failed,the scaffold cannot grow"), "\(trials)")
      #expect(trials.contains(",done,"))
    }
  }
}
