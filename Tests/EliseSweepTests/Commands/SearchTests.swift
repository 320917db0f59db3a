import Foundation
import TestSupport
import Testing

@Suite struct SearchTests {
  private static func write(to folder: URL, seeds: Int = 4, cycles: Int = 30) throws {
    try SmallSweep.write(to: folder)
    try """
    name: search
    fixed: {pattern: scale.txt, replay_cycles: 14, training_cycles: \(cycles)}
    grid:
      latent: [4, 5]
      seed: {from: 1, to: \(seeds)}
    search:
      nudging: {from: 0.05, to: 0.95, points: 12}
      criterion: correlation >= 0.3
    """.write(
      to: folder.appendingPathComponent("search.yaml"), atomically: true, encoding: .utf8)
  }

  private static func tables(_ name: String, in folder: URL) throws -> [String: Data] {
    let out = folder.appendingPathComponent(name)
    var tables = try SmallSweep.tables(in: out)
    for more in ["frontier.csv", "figures/score-latent.dat"] {
      tables[more] = try Data(contentsOf: out.appendingPathComponent(more))
    }
    return tables
  }

  @Test("A search has the same tables for every number of ranks, and every command knows it")
  func commands() throws {
    try withTemporaryFolder { folder in
      try Self.write(to: folder)
      let planned = try Program.run(["plan", "search.yaml"], in: folder)
      #expect(planned.exitCode == 0, "\(planned.errors)")
      #expect(planned.output.contains("  trials      32 to 48; the full grid has 96\n"))
      #expect(
        planned.output.contains(
          "  searches    8 along nudging\n  verified    up to 2 values beyond each frontier\n"))

      let first = try Program.run(
        ["run", "search.yaml", "--threads", "1", "--out", "a"], in: folder)
      #expect(first.exitCode == 0, "\(first.errors)")
      #expect(first.output.contains("## Frontier along nudging"))
      let expected = try Self.tables("a", in: folder)
      for ranks in [2, 4] {
        let outcome = try Program.run(
          ["run", "search.yaml", "--out", "r\(ranks)"], ranks: ranks, in: folder)
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        #expect(try Self.tables("r\(ranks)", in: folder) == expected, "\(ranks) ranks")
      }

      let status = try Program.run(["status", "a"], in: folder)
      #expect(status.exitCode == 0)
      #expect(status.output.contains("search: 8 of 8 searches ended, "))
      let verified = try Program.run(["verify", "a", "--sample", "2"], in: folder)
      #expect(verified.exitCode == 0, "\(verified.output)")
      #expect(verified.output.contains("2 of 2 trials have the same results"))

      for shard in ["1/3", "2/3", "3/3"] {
        let outcome = try Program.run(
          ["run", "search.yaml", "--out", "s\(shard.first!)", "--shard", shard], in: folder)
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
      }
      let part = try Program.run(["status", "s2"], in: folder)
      #expect(part.exitCode == 3 && part.output.contains(" missing"), "\(part.output)")
      let merged = try Program.run(["merge", "s3", "s1", "s2", "--out", "m"], in: folder)
      #expect(merged.exitCode == 0, "\(merged.errors)")
      #expect(try Self.tables("m", in: folder) == expected)
      let reported = try Program.run(["report", "m", "--quiet"], in: folder)
      #expect(reported.exitCode == 0, "\(reported.errors)")
      #expect(try Self.tables("m", in: folder) == expected)
      let page = try String(
        contentsOf: folder.appendingPathComponent("m/report.html"), encoding: .utf8)
      #expect(page.contains("Of 8 searches along nudging for correlation"))
    }
  }

  @Test("A killed search continues to the same tables")
  func killedSearchGoesOn() throws {
    try withTemporaryFolder { folder in
      try Self.write(to: folder, seeds: 6, cycles: 4000)
      let calm = try Program.run(["run", "search.yaml", "--out", "calm"], in: folder)
      #expect(calm.exitCode == 0, "\(calm.errors)")
      let journal = folder.appendingPathComponent("killed/journal/run-000001.jsonl")
      let killed = try Program.run(["run", "search.yaml", "--out", "killed"], in: folder) {
        while SmallSweep.lineCount(journal) < 7 { usleep(1000) }
        kill($0, SIGKILL)
      }
      #expect(killed.exitCode == 128 + SIGKILL)
      #expect(
        (7..<36).contains(SmallSweep.lineCount(journal)),
        "the run was over before it could be killed")
      let resumed = try Program.run(
        ["run", "search.yaml", "--out", "killed"], ranks: 2, in: folder)
      #expect(resumed.exitCode == 0, "\(resumed.errors)")
      #expect(try Self.tables("killed", in: folder) == Self.tables("calm", in: folder))
    }
  }
}
