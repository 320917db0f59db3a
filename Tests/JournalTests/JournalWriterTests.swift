import Foundation
import TestSupport
import Testing

@testable import Journal
@testable import JournalSupport
@testable import SweepPlan

@Suite struct JournalWriterTests {
  private static func names(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }

  /// If this fails, a finished trial is not found again, or only after the run's regular end.
  @Test func whatIsAppendedCanBeReadAtOnce() throws {
    try withTemporaryFolder { folder in
      let journal = folder.path + "/results/new/journal"
      let rows = try (1...3).map { try JournalRows.row(seed: $0) }
      let writer = try JournalWriter(folder: journal)
      for (index, row) in rows.enumerated() {
        try writer.append(row.bytes[...])
        try writer.flush()
        #expect(try JournalReader.read(folder: journal).rows.count == index + 1)
      }
      try writer.close()
      #expect(try JournalReader.read(folder: journal).lines.values.allSatisfy(rows.contains))
      #expect(try Self.names(journal) == ["run-000001.jsonl"])
    }
  }

  /// If this fails, a run writes over or behind what an earlier one left.
  @Test func eachRunHasAFileOfItsOwn() throws {
    try withTemporaryFolder { folder in
      for seed in 1...3 {
        let writer = try JournalWriter(folder: folder.path)
        try writer.append(try JournalRows.row(seed: seed).bytes[...])
        try writer.close()
      }
      #expect(
        try Self.names(folder.path) == ["run-000001.jsonl", "run-000002.jsonl", "run-000003.jsonl"])
      #expect(try JournalReader.read(folder: folder.path).rows.count == 3)
    }
  }

  /// Names order the runs in time, which decides between two failures of a trial. If this fails,
  /// removing an old file makes a new run pass for an older one.
  @Test func newFileComesLastWhereOthersWereRemoved() throws {
    try withTemporaryFolder { folder in
      try Data().write(to: folder.appendingPathComponent("run-000007.jsonl"))
      try Data().write(to: folder.appendingPathComponent("of-a-shard.jsonl"))
      let writer = try JournalWriter(folder: folder.path)
      try writer.append([1])
      try writer.close()
      #expect(try Self.names(folder.path).last == "run-000008.jsonl")
    }
  }

  /// If this fails, every look at a finished sweep leaves a file behind.
  @Test func runWithoutResultsLeavesNoFile() throws {
    try withTemporaryFolder { folder in
      try JournalWriter(folder: folder.path).close()
      #expect(try Self.names(folder.path).isEmpty)
    }
  }

  /// If this fails, two runs that were started in one folder destroy each other's results.
  @Test func writersAtTheSameTimeDoNotMix() throws {
    try withTemporaryFolder { folder in
      let path = folder.path
      let (writers, rowsOfEach) = (4, 50)
      try onThreads(writers) { number in
        let writer = try JournalWriter(folder: path)
        for row in 0..<rowsOfEach {
          try writer.append(try JournalRows.row(seed: number * rowsOfEach + row).bytes[...])
        }
        try writer.close()
      }
      let contents = try JournalReader.read(folder: path)
      #expect(contents.rows.count == writers * rowsOfEach)
      #expect(contents.damage.isEmpty)
      #expect(try Self.names(path).count == writers)
    }
  }

  /// If this fails, a run that cannot keep its results says so only after hours, or in riddles.
  @Test(arguments: ["", "/deeper"])
  func fileInPlaceOfTheFolderIsAnError(below: String) throws {
    try withTemporaryFolder { folder in
      let path = folder.path + "/journal"
      try Data("text".utf8).write(to: URL(fileURLWithPath: path))
      let error = #expect(throws: JournalError.self) {
        try JournalWriter(folder: path + below)
      }
      let reason = below.isEmpty ? "File exists" : "Not a directory"
      #expect(
        try #require(error).description == "\(path)\(below): cannot create folder: \(reason)")
    }
  }

  /// If this fails, the tables of a run hold other results than the journal that it wrote.
  @Test func whatIsAppendedIsKnownAsIfItWereRead() throws {
    try withTemporaryFolder { folder in
      let groups: [ScoreGroup] = [.recall, .robustness]
      let writer = try JournalWriter(folder: folder.path)
      var appended: [JournalContents.AppendedLine] = []
      for (seed, status) in TrialStatus.allCases.enumerated() {
        let row = try JournalRows.row(seed: seed, status: status, scoreGroups: Set(groups))
        let offset = try writer.append(row.bytes[...])
        appended.append(
          JournalContents.AppendedLine(
            row.trial, row.status, offset: offset, length: row.bytes.count))
      }
      try writer.close()
      var known = JournalContents()
      try known.add(appended, of: writer.path, JournalLayout(groups))
      let read = try JournalReader.read(folder: folder.path)
      #expect(known.rows == read.rows && known.rows.count == TrialStatus.allCases.count)
      #expect(try known.lines == read.lines)
    }
  }
}
