import Foundation
import TestSupport
import Testing

@Suite struct UntilTests {
  /// If this fails, a command counts trials that the sweep never runs, or leaves some out.
  @Test("Every command knows a sweep that adds seeds until it is precise")
  func commands() throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder)
      try """
      name: precise
      fixed: {pattern: scale.txt, replay_cycles: 14, training_cycles: 3}
      grid: {latent: [2, 3], seed: {from: 1, to: 4}}
      until: {score: recalled, half_width: 0.2, at_most: 40}
      """.write(
        to: folder.appendingPathComponent("precise.yaml"), atomically: true, encoding: .utf8)

      let planned = try Program.run(["plan", "precise.yaml"], in: folder)
      #expect(planned.exitCode == 0, "\(planned.errors)")
      for line in [
        "  trials      20 to 80\n", "  conditions  2, each with 10 to 40 values of seed\n",
        "  until       the half width of the interval of recalled is at most 0.2",
      ] {
        #expect(planned.output.contains(line), "\(planned.output)")
      }
      // No network recalls: 0 of 10 has a half width of 0.19.
      let run = try Program.run(["run", "precise.yaml", "--out", "a"], in: folder)
      #expect(run.exitCode == 0, "\(run.errors)")
      #expect(run.output.contains("So `n` depends on the data"))
      let status = try Program.run(["status", "a"], in: folder)
      #expect(status.exitCode == 0)
      #expect(
        status.output.contains("precise: 2 of 2 conditions ended, 20 trials done"),
        "\(status.output)")
      let json = try Program.run(["status", "a", "--json"], in: folder)
      #expect(json.output.contains("\"until\""))
      let planJSON = try Program.run(["plan", "precise.yaml", "--json"], in: folder)
      #expect(planJSON.output.contains("\"half_width\""))
      #expect(try Program.run(["verify", "a", "--sample", "2"], in: folder).exitCode == 0)

      for shard in ["1/2", "2/2"] {
        let outcome = try Program.run(
          ["run", "precise.yaml", "--out", "s\(shard.first!)", "--shard", shard], in: folder)
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
      }
      let merged = try Program.run(["merge", "s2", "s1", "--out", "m"], in: folder)
      #expect(merged.exitCode == 0, "\(merged.errors)")
      for file in ["trials.csv", "summary.csv", "summary.md", "summary.tex", "contrasts.csv"] {
        #expect(
          try Data(contentsOf: folder.appendingPathComponent("m/\(file)"))
            == Data(contentsOf: folder.appendingPathComponent("a/\(file)")), "\(file)")
      }
    }
  }
}
