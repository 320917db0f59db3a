import Foundation
import TestSupport
import Testing

@testable import Journal
@testable import Report
@testable import SweepPlan

@Suite struct StoredSweepTests {
  private static func write(to folder: URL) throws -> SweepFile {
    try Data("# name: p nNeurons: 1 nSteps: 2\n1 0\n".utf8)
      .write(to: folder.appendingPathComponent("p.txt"))
    let path = folder.appendingPathComponent("sweep.yaml")
    try Data("name: s\nfixed: {pattern: p.txt}\ngrid: {latent: [9, 10]}\n".utf8).write(to: path)
    return try SweepFile(contentsOf: path.path, overrides: [try Override("nudging=0.5")])
  }

  /// If this fails, a report is made of other trials than those that ran, or needs files that may
  /// have moved.
  @Test func theFolderAloneTellsTheSweep() throws {
    try withTemporaryFolder { folder in
      let inputs = folder.appendingPathComponent("inputs")
      try makeFolder(inputs)
      let sweep = try Self.write(to: inputs)
      let ids = try Plan(sweep).ids
      let results = ResultFolder(folder.path + "/results")
      try results.store(sweep)
      try FileManager.default.removeItem(at: inputs)

      let stored = try results.storedSweep()
      #expect(try Plan(stored).ids == ids)
      #expect(stored.contentHash == sweep.contentHash)
      #expect(stored.path == sweep.path)
      #expect(stored.overrides == sweep.overrides)
    }
  }

  /// If this fails, what is wrong with a folder is reported in riddles, or not at all.
  @Test func whatIsMissingOrChangedIsNamed() throws {
    try withTemporaryFolder { folder in
      let results = ResultFolder(folder.path + "/results")
      #expect(
        throws: StoredSweepError.missing(path: folder.path + "/results/journal/sweep.yaml")
      ) { try results.storedSweep() }

      let sweep = try Self.write(to: folder)
      try results.store(sweep)
      let input = "\(results.path)/journal/inputs/\(sweep.files[0].contentHash).txt"
      try Data("# name: p nNeurons: 1 nSteps: 2\n0 1\n".utf8).write(to: URL(fileURLWithPath: input))
      let error = #expect(throws: SweepFileError.self) { try results.storedSweep() }
      #expect(try #require(error).description.contains("\(input): the content has changed"))
    }
  }

  /// If this fails, a pipe or a huge file makes every command wait or run out of memory, or a folder from
  /// elsewhere makes the program read files outside it.
  @Test func filesThatNoRunWritesAreNamed() throws {
    try withTemporaryFolder { folder in
      let results = ResultFolder(folder.path + "/results")
      try results.store(try Self.write(to: folder))
      let inputs = results.path + "/journal/inputs.json"
      let text = try String(contentsOfFile: inputs, encoding: .utf8)
      let climbing = text.replacing(/"hash" : "/) { _ in #""hash" : "../../"# }
      #expect(climbing != text)
      try climbing.write(toFile: inputs, atomically: true, encoding: .utf8)
      #expect(
        throws: StoredSweepError.damaged(
          path: inputs, reason: "not in the form that a run writes")
      ) { try results.storedSweep() }

      let sweep = results.path + "/journal/sweep.yaml"
      #expect(truncate(sweep, 1 << 40) == 0)
      #expect(
        throws: StoredSweepError.damaged(path: sweep, reason: "the file is larger than 1 MB")
      ) { try results.storedSweep() }
      #expect(unlink(sweep) == 0 && mkfifo(sweep, 0o600) == 0)
      #expect(
        throws: StoredSweepError.damaged(
          path: sweep, reason: "this is a pipe, a device or a socket, not a file")
      ) { try results.storedSweep() }
    }
  }
}
