import Foundation
import TestSupport
import Testing

@Suite struct ReportTests {
  private static func files(in folder: URL) throws -> [String: Data] {
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      .filter { !$0.hasPrefix("journal") && folder.appendingPathComponent($0).isFile }
    return try Dictionary(
      uniqueKeysWithValues: names.map {
        ($0, try Data(contentsOf: folder.appendingPathComponent($0)))
      })
  }

  @Test("The journal alone gives every file of the folder again, byte by byte")
  func everythingAgain() throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder)
      let run = try Program.run(["run", "small.yaml", "--set", "nudging=0.5"], in: folder)
      #expect(run.exitCode == 0, "\(run.errors)")
      let results = folder.appendingPathComponent("results/small")
      let expected = try Self.files(in: results)
      #expect(expected.keys.contains("report.html") && expected.keys.contains("cube.nc"))
      #expect(expected.keys.contains("figures/score-latent.svg"))

      // Neither the sweep file nor its pattern is needed any more.
      for name in ["small.yaml", "scale.txt"] {
        try FileManager.default.removeItem(at: folder.appendingPathComponent(name))
      }
      for name in expected.keys where name != "provenance.json" {
        try FileManager.default.removeItem(at: results.appendingPathComponent(name))
      }
      let again = try Program.run(["report", "results/small"], in: folder)
      #expect(again.exitCode == 0, "\(again.errors)")
      #expect(again.output.contains("| latent |"))
      let found = try Self.files(in: results)
      #expect(found.keys.sorted() == expected.keys.sorted())
      for (name, bytes) in expected { #expect(found[name] == bytes, "\(name) differs") }
    }
  }

  /// If this fails, a user cannot read a colleague's results, or changes them.
  @Test("--out writes everything elsewhere and nothing into the result folder")
  func elsewhere() throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder, seeds: 2)
      #expect(try Program.run(["run", "small.yaml", "--quiet"], in: folder).exitCode == 0)
      let results = folder.appendingPathComponent("results/small")
      let expected = try Self.files(in: results)
      let paths = try FileManager.default.subpathsOfDirectory(atPath: results.path)
      func times() throws -> [Date?] {
        try (paths + [""]).map {
          try FileManager.default.attributesOfItem(
            atPath: results.appendingPathComponent($0).path)[.modificationDate] as? Date
        }
      }
      let before = try times()
      let words = ["report", "results/small", "--out"]
      let outcome = try Program.run(words + ["mine"], in: folder)
      #expect(outcome.exitCode == 0 && outcome.errors.hasSuffix("; open mine/report.html\n"))
      #expect(try Self.files(in: folder.appendingPathComponent("mine")) == expected)
      #expect(try times() == before)
      #expect(try FileManager.default.subpathsOfDirectory(atPath: results.path) == paths)

      // The same folder by another path.
      let same = try Program.run(words + ["results/../results/small/"], in: folder)
      #expect(same.exitCode == 0, "\(same.errors)")
      #expect(try Self.files(in: results) == expected)

      try SmallSweep.write(to: folder, seeds: 1)
      let other = try Program.run(["run", "small.yaml", "--out", "other", "--quiet"], in: folder)
      #expect(other.exitCode == 0)
      for (out, message) in [
        ("other", "got other, the result folder of another run; expected"),
        ("", "got an empty word"), ("small.yaml", "small.yaml: cannot be written: not a folder"),
      ] {
        let outcome = try Program.run(words + [out], in: folder)
        #expect(outcome.exitCode == 2 && outcome.output.isEmpty)
        #expect(outcome.errors.contains("--out: \(message)"), "\(outcome.errors)")
      }
    }
  }

  @Test("Without gnuplot, everything but the pictures is written, with a warning")
  func withoutGnuplot() throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder)
      #expect(try Program.run(["run", "small.yaml", "--quiet"], in: folder).exitCode == 0)
      let program = try builtProduct("elise-sweep").path
      let outcome = try TestSupport.run(
        "/bin/sh", ["-c", "PATH=/nowhere exec '\(program)' report results/small"], in: folder)
      #expect(outcome.exitCode == 0)
      #expect(outcome.errors.contains("warning: gnuplot is not installed"), "\(outcome.errors)")
      let results = folder.appendingPathComponent("results/small")
      let names = try Self.files(in: results).keys
      #expect(names.contains("figures/score-latent.gp"))
      #expect(!names.contains { $0.hasSuffix(".svg") || $0.hasSuffix(".png") })
      let page = try String(
        contentsOf: results.appendingPathComponent("report.html"), encoding: .utf8)
      #expect(page.contains("Not drawn; script and data are in figures/score-latent.gp"))
    }
  }

  @Test("A folder without results is refused with the remedy")
  func noResults() throws {
    try withTemporaryFolder { folder in
      let outcome = try Program.run(["report", "nothing"], in: folder)
      #expect(outcome.exitCode == 2)
      #expect(outcome.errors == "error: nothing: no such folder\n")
      #expect(
        !FileManager.default.fileExists(atPath: folder.appendingPathComponent("nothing").path))
      #expect(try Program.run(["report"], in: folder).exitCode == 2)
    }
  }
}

extension URL {
  fileprivate var isFile: Bool {
    (try? resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) ?? false
  }
}
