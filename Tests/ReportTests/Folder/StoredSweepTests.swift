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
}
