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

  /// If this fails, an array over different sweep files runs a part of each and reports success, or one
  /// task that is repeated runs other trials than before.
  @Test(
    "A shard is what --shard says, whatever the variables of a job array are",
    arguments: [
      ["SLURM_ARRAY_TASK_ID": "3", "SLURM_ARRAY_TASK_MIN": "1", "SLURM_ARRAY_TASK_COUNT": "3"],
      ["SLURM_ARRAY_TASK_ID": "3", "SLURM_ARRAY_TASK_MIN": "3", "SLURM_ARRAY_TASK_COUNT": "1"],
      ["PBS_ARRAY_INDEX": "3"], ["PBS_ARRAYID": "3"], ["SGE_TASK_ID": "3"], ["LSB_JOBINDEX": "3"],
      ["SGE_TASK_ID": "undefined", "LSB_JOBINDEX": "0"],
    ])
  func environmentIsNoShard(environment: [String: String]) throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder, cycles: 1)
      func lines(_ word: String, out: String) throws -> (Int, notes: String) {
        let outcome = try Program.run(
          ["run", "small.yaml", "--out", out, word], environment: environment, in: folder)
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        let journal = folder.appending(path: "\(out)/journal/run-000001.jsonl")
        return (SmallSweep.lineCount(journal), outcome.errors)
      }
      let note = "This is task 3 of a job array; without --shard, each task runs the whole sweep."
      let (all, notes) = try lines("--threads=1", out: "all")
      #expect(all == 6 && notes.contains(note) == environment.values.contains("3"), "\(notes)")
      let (part, others) = try lines("--shard=2/3", out: "part")
      #expect(part == 2 && !others.contains(note), "\(others)")
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

  /// If this fails, a host that loses its network, or a process that is stopped, keeps its trials
  /// from everybody else, and the job waits until its time limit.
  @Test(.enabled(if: mpirunIsOpenMPI)) func rankThatFallsSilentCostsNothing() throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder, cycles: 40_000, seeds: 4)
      let calm = try Program.run(["run", "small.yaml", "--out", "calm", "--quiet"], in: folder)
      #expect(calm.exitCode == 0, "\(calm.errors)")
      let script = """
        if [ "$OMPI_COMM_WORLD_RANK" = 1 ]; then (sleep 1; kill -STOP $$) & fi
        exec "$0" run small.yaml --out silent --quiet
        """
      let silent = try runUnderMPI(
        "bash", path: "/bin/bash", ranks: 3, ["-c", script, builtProduct("elise-sweep").path],
        in: folder, timeout: .seconds(300))
      #expect(silent.exitCode == 0 && !silent.timedOut, "\(silent.errors)")
      #expect(
        try SmallSweep.tables(in: folder.appendingPathComponent("silent"))
          == SmallSweep.tables(in: folder.appendingPathComponent("calm")))
    }
  }
}
