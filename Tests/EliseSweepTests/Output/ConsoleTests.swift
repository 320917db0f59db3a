import Foundation
import TestSupport
import Testing

/// Standard output that cannot be written.
@Suite struct ConsoleTests {
  private static func run(_ line: String, in folder: URL) throws -> ProcessOutcome {
    try TestSupport.run("bash", ["-c", line, builtProduct("elise-sweep").path], in: folder)
  }

  /// If this fails, a script takes a table that was lost for one that was written.
  @Test(
    "A result that cannot be printed is an error, and the results are kept",
    arguments: [
      (">/dev/full", "No space left on device"), (">&-", "Bad file descriptor"),
    ])
  func lostOutput(redirection: String, reason: String) throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder, seeds: 1)
      for command in ["parameters", "help", "run small.yaml", "run small.yaml --out json --json"] {
        let outcome = try Self.run("\"$0\" \(command) \(redirection)", in: folder)
        #expect(outcome.exitCode == 70, "\(command): \(outcome.exitCode)")
        let lines = outcome.errors.split(separator: "\n").filter { $0.hasPrefix("error: ") }
        #expect(lines == ["error: standard output: cannot be written: \(reason)"], "\(command)")
      }
      // The messages must not have gone into a file that got the number of the closed stream.
      let plain = try Program.run(["run", "small.yaml", "--out", "plain", "--quiet"], in: folder)
      #expect(plain.exitCode == 0)
      for name in ["results/small", "json"] {
        #expect(
          try SmallSweep.tables(in: folder.appendingPathComponent(name))
            == SmallSweep.tables(in: folder.appendingPathComponent("plain")))
        #expect(try Program.run(["report", name, "--quiet"], in: folder).errors.isEmpty)
      }
    }
  }

  /// If this fails, `elise-sweep parameters | head` ends with an error.
  @Test("A reader that stops early is no error") func closedPipe() throws {
    let outcome = try Self.run(
      "\"$0\" parameters | head -n 1; echo ${PIPESTATUS[0]}",
      in: FileManager.default.temporaryDirectory)
    #expect(outcome.output == "Parameters\n0\n" && outcome.errors.isEmpty)
  }
}
