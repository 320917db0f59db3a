import Foundation
import TestSupport
import Testing

@testable import Journal
@testable import RunSupport
@testable import Runner
@testable import SweepPlan

@Suite struct ResultMergeTests {
  /// Runs a sweep in a folder of its own and stores it there, as the command does.
  private static func part(_ root: URL, _ name: String, seeds: String) throws -> ResultFolder {
    var tiny = TinySweep(folder: root.appendingPathComponent(name))
    try makeFolder(tiny.folder)
    tiny.seeds = seeds
    _ = try tiny.execute()
    let folder = ResultFolder(tiny.resultFolder)
    try folder.store(try tiny.sweep())
    return folder
  }

  /// If this fails, seeds that were added on another machine cannot be joined with the first ones.
  @Test(arguments: [[0, 1], [1, 0]]) func theSweepWithAllTrialsIsTheWhole(order: [Int]) throws {
    try withTemporaryFolder { root in
      let parts = [
        try Self.part(root, "few", seeds: "[1, 2]"),
        try Self.part(root, "more", seeds: "[1, 2, 3]"),
      ]
      let target = ResultFolder(root.path + "/whole")
      let merged = try ResultMerge(of: order.map { parts[$0] }, into: target)
      #expect(merged.plan.count == 6 && merged.added == 6 && merged.duplicates == 4)
      let stored = try StoredSweep(target)
      #expect(stored.plan.ids == merged.plan.ids)
      #expect(stored.plan.ids.allSatisfy { stored.journal.rows[$0]?.status == .done })
    }
  }

  /// If this fails, a user learns that two folders do not fit, and not why, or the target is changed.
  @Test func whatDiffersIsSaid() throws {
    try withTemporaryFolder { root in
      let parts = [
        try Self.part(root, "first", seeds: "[1, 2]"),
        try Self.part(root, "second", seeds: "[2, 3]"),
      ]
      let target = ResultFolder(root.path + "/whole")
      let error = try #require(
        throws: ResultMerge.DifferentSweeps.self,
        performing: { try ResultMerge(of: parts, into: target) })
      #expect(error.differences.count == 1)
      #expect(error.description.contains("seed "))
      #expect(error.description.contains("1, 2") && error.description.contains("2, 3"))
      #expect(!FileManager.default.fileExists(atPath: target.path))
    }
  }
}
