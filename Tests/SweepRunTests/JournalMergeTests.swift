import Foundation
import TestSupport
import Testing

@testable import Journal
@testable import RunSupport
@testable import SweepPlan

@Suite struct JournalMergeTests {
  private static func run(_ root: URL, _ name: String, shard: Shard?) throws -> TinySweep {
    let tiny = TinySweep(folder: root.appendingPathComponent(name))
    try makeFolder(tiny.folder)
    _ = try tiny.run(shard: shard)
    return tiny
  }

  private static func rows(_ folder: String) throws -> [TrialID: JournalContents.Row] {
    try JournalReader.read(folder: folder).rows
  }

  /// If this fails, merging loses trials, depends on the order, or grows each time.
  @Test(arguments: [[0, 1, 2], [2, 0, 1], [1, 1, 0, 2]])
  func orderAndRepetitionDoNotMatter(order: [Int]) throws {
    try withTemporaryFolder { root in
      let parts = try (1...2).map { try Self.run(root, "part\($0)", shard: Shard($0, of: 2)) }
      let whole = try Self.run(root, "whole", shard: nil)
      let folders = (parts + [whole]).map { $0.resultFolder + "/journal" }
      let target = root.path + "/merged"
      let first = try JournalMerge(of: order.map { folders[$0] }, into: target)
      #expect(first.added == 4)
      #expect(first.journal.rows.count == 4)
      #expect(Set(try Self.rows(target).keys) == Set(try Self.rows(folders[2]).keys))
      let again = try JournalMerge(of: order.map { folders[$0] } + [target], into: target)
      #expect(again.added == 0)
      #expect(try JournalReader.files(in: target).count == 1)
    }
  }

  /// If this fails, results that contradict each other end up in one table.
  @Test func contradictionsAreErrors() throws {
    try withTemporaryFolder { root in
      let first = try Self.run(root, "first", shard: nil)
      let lines = try first.journalRows
      let text = String(decoding: lines[0].content, as: UTF8.self)
      let changed = text.replacing(/"chance":[0-9.]+/, with: "\"chance\":0.5")
      try #require(changed != text)
      let line = JournalLine(
        trial: lines[0].trial, status: .done, tests: lines[0].tests, content: Array(changed.utf8))
      let other = root.path + "/other"
      try makeFolder(root.appendingPathComponent("other"))
      try Data(line.bytes + Array("\n".utf8)).write(
        to: root.appendingPathComponent("other/run-000001.jsonl"))
      let target = root.path + "/merged"
      #expect(throws: JournalError.self) {
        try JournalMerge(of: [first.resultFolder + "/journal", other], into: target)
      }
      #expect(try JournalReader.files(in: target).isEmpty)
    }
  }
}
