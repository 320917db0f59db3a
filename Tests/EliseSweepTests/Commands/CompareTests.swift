import Foundation
import TestSupport
import Testing

@Suite struct CompareTests {
  /// If this fails, a user cannot compare two sweeps, or gets lines that break in the terminal.
  @Test("compare shows contrasts, writes tables, and finds results that differ")
  func commands() throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder)
      func run(_ out: String, _ arguments: [String] = []) throws {
        let outcome = try Program.run(
          ["run", "small.yaml", "--quiet", "--out", out] + arguments, in: folder)
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
      }
      try run("a")
      try run("b", ["--set", "nudging=0.3"])

      let refused = try Program.run(["compare", "a", "b"], in: folder)
      #expect(refused.exitCode == 2)
      #expect(
        refused.errors
          == "error: compare: a and b: got no trial with the same parameters in both; expected "
          + "--differ with each parameter that may differ; they differ in nudging 0.6 against 0.3\n"
      )

      let compared = try Program.run(
        ["compare", "a", "b", "--differ", "nudging", "--out", "c"],
        environment: ["COLUMNS": "60"], in: folder)
      #expect(compared.exitCode == 0, "\(compared.errors)")
      #expect(compared.output.contains("both"))
      #expect(compared.output.contains("Means of B - A over 3 values of seed:"))
      #expect(compared.output.split(separator: "\n").allSatisfy { $0.count <= 96 })
      for (file, lines) in [("contrasts.csv", 2), ("pairs.csv", 7)] {
        let text = try String(
          contentsOf: folder.appendingPathComponent("c/\(file)"), encoding: .utf8)
        #expect(text.split(separator: "\n").count >= lines, "\(file)")
      }

      let same = try Program.run(["compare", "a", "a"], in: folder)
      #expect(same.exitCode == 0)
      #expect(same.output.contains("6 trials; all results are equal, bit for bit"))
      // Not an interval around zero, which equal results do not have.
      #expect(!same.output.contains("95 % interval"))

      for (arguments, message) in [
        (["a"], "error: elise-sweep compare: got 1 folder; expected two result folders, A and B\n"),
        (["a", "b", "--differ", "nugding"], "did you mean 'nudging'?"),
        (["a", "b", "--out", "a"], "expected a folder without a journal"),
        (["a", "nowhere"], "nowhere: no such folder"),
        (["a", "c"], "c: not a result folder"),
      ] {
        let outcome = try Program.run(["compare"] + arguments, in: folder)
        #expect(outcome.exitCode == 2 && outcome.errors.contains(message), "\(outcome.errors)")
      }
    }
  }
}
