import Foundation
import SweepPlan
import TestSupport
import Testing

/// The studies, whose results are stored in `studies/`.
@Suite struct StudiesTests {
  private static let folder = Fixtures.url("../../studies").standardizedFileURL

  /// The studies, by name.
  static var names: [String] {
    get throws {
      try FileManager.default.contentsOfDirectory(
        at: folder, includingPropertiesForKeys: [.isDirectoryKey]
      ).filter { try $0.resourceValues(forKeys: [.isDirectoryKey]).isDirectory! }
        .map(\.lastPathComponent).sorted()
    }
  }

  /// A file in the folder of a study.
  private static func file(_ study: String, _ name: String) -> URL {
    folder.appendingPathComponent("\(study)/\(name)")
  }

  /// Unpacks the stored trials of a study into a result folder; nil if it has none yet.
  private static func unpack(_ study: String, into results: URL) throws -> URL? {
    let archive = file(study, "journal.tar.xz")
    guard FileManager.default.fileExists(atPath: archive.path) else { return nil }
    try makeFolder(results)
    let outcome = try run("tar", ["-C", results.path, "-xJf", archive.path])
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    return results
  }

  /// If this fails, nobody can find out what a study asks and finds.
  @Test("Every study has a page and a sweep of its name", arguments: try names)
  func pages(study: String) throws {
    let sweep = try SweepFile(contentsOf: Self.file(study, "\(study).yaml").path)
    #expect(sweep.name == study)
    let page = try String(contentsOf: Self.file(study, "README.md"), encoding: .utf8)
    for part in ["## Question", "## Method", "## Result", "## Cost"] {
      #expect(page.contains("\n\(part)\n"), "\(study): \(part)")
    }
  }

  /// If this fails, a user of an installed program cannot repeat a study.
  @Test("The sweeps of installed studies find their patterns") func installed() throws {
    try withTemporaryFolder { folder in
      let outcome = try run(
        "make",
        [
          "-C", Self.folder.deletingLastPathComponent().path, "install", "PREFIX=/usr",
          "PROGRAM=\(try builtProduct("elise-sweep").path)", "DESTDIR=\(folder.path)",
        ])
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      for study in try Self.names {
        let path = "usr/share/doc/elise-sweep/studies/\(study)/\(study).yaml"
        #expect(throws: Never.self, "\(study)") {
          try SweepFile(contentsOf: folder.appendingPathComponent(path).path)
        }
      }
    }
  }

  /// If this fails, the program computes something else than what the pages report.
  @Test(
    "Two random trials of every study have the stored results, bit for bit", arguments: try names)
  func verify(study: String) throws {
    try withTemporaryFolder { folder in
      guard let results = try Self.unpack(study, into: folder.appendingPathComponent("results"))
      else { return }
      let journal = results.appendingPathComponent("journal")
      var rows: [Substring] = []
      for name in try FileManager.default.contentsOfDirectory(atPath: journal.path)
      where name.hasSuffix(".jsonl") {
        let file = journal.appendingPathComponent(name)
        rows += try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        try FileManager.default.removeItem(at: file)
      }
      let chosen = rows.shuffled().prefix(2)
      try (chosen.joined(separator: "\n") + "\n").write(
        to: journal.appendingPathComponent("run-000001.jsonl"), atomically: true, encoding: .utf8)
      // A trial takes up to three minutes on an idle core.
      let outcome = try run(
        builtProduct("elise-sweep").path, ["verify", results.path, "--sample", "2"], in: folder,
        timeout: .seconds(600))
      #expect(outcome.exitCode == 0, "\(outcome.output)\(outcome.errors)\(chosen)")
    }
  }

  /// If this fails, a table in the repository is not the one of the stored trials.
  @Test("The stored tables are those of the stored trials", arguments: try names)
  func tables(study: String) throws {
    try withTemporaryFolder { folder in
      guard let results = try Self.unpack(study, into: folder.appendingPathComponent("results"))
      else { return }
      let outcome = try Program.run(["report", results.path, "--quiet"], in: folder)
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      var compared = 0
      for table in ["summary", "contrasts", "importance", "capacity", "frontier"] {
        let stored = Self.file(study, "\(table).csv")
        guard FileManager.default.fileExists(atPath: stored.path) else { continue }
        let written = try Data(contentsOf: results.appendingPathComponent("\(table).csv"))
        #expect(try Data(contentsOf: stored) == written, "\(study)/\(table).csv")
        compared += 1
      }
      #expect(compared > 0, "\(study) has no table")
    }
  }
}
