import Foundation
import TestSupport
import Testing

@testable import Journal
@testable import JournalSupport
@testable import SweepPlan

@Suite struct JournalReaderTests {
  /// If this fails, a killed run takes more than its unfinished trial with it.
  @Test func tornEndCostsOneTrial() throws {
    let rows = try (1...3).map { try JournalRows.row(seed: $0) }
    let whole = JournalRows.file(rows)
    let start = JournalRows.file(Array(rows[..<2])).count
    for end in start..<whole.count - 1 {
      let contents = try JournalRows.read(Array(whole[..<end]))
      #expect(contents.rows.values.map(\.trial).sorted() == rows[..<2].map(\.trial).sorted())
      #expect(contents.places == (end == start ? [] : ["run-1.jsonl:3…"]))
    }
  }

  /// A run that was killed leaves a torn line behind; the run that continued it wrote elsewhere.
  /// If this fails, what the second run did is lost or mixed up with the torn line.
  @Test func tornEndOfAnOlderFileHarmsNoNewerOne() throws {
    let rows = try (1...3).map { try JournalRows.row(seed: $0) }
    let torn = JournalRows.file([rows[0]]) + rows[1].bytes.dropLast(5)
    let contents = try JournalRows.read(torn, JournalRows.file([rows[1], rows[2]]))
    #expect(contents.rows.count == 3)
    #expect(contents.rows[rows[1].trial] == rows[1])
    #expect(contents.places == ["run-1.jsonl:2…"])
  }

  /// The system may have written all of a line but its newline. If this fails, a finished trial
  /// runs again.
  @Test func completeLineWithoutNewlineCounts() throws {
    let row = try JournalRows.row(seed: 1)
    let contents = try JournalRows.read(row.bytes)
    #expect(contents.rows[row.trial] == row)
    #expect(contents.damage.isEmpty)
  }

  /// If this fails, a bad sector costs a whole journal, or nobody learns where it is.
  @Test func damageInTheMiddleCostsOneTrialAndIsLocated() throws {
    let rows = try (1...4).map { try JournalRows.row(seed: $0) }
    var bytes = JournalRows.file(rows)
    bytes[rows[0].bytes.count + 60] ^= 4
    let contents = try JournalRows.read(bytes)
    #expect(Set(contents.rows.keys) == [rows[0].trial, rows[2].trial, rows[3].trial])
    #expect(contents.places == ["run-1.jsonl:2"])
    #expect(
      contents.damage.map(\.description) == [
        "run-1.jsonl:2: damaged line; its trial runs again"
      ])
  }

  /// A newline that was lost joins two lines: both are gone, and the rest is not.
  @Test func lostNewlineCostsTwoTrials() throws {
    let rows = try (1...3).map { try JournalRows.row(seed: $0) }
    var bytes = JournalRows.file(rows)
    bytes.remove(at: rows[0].bytes.count)
    let contents = try JournalRows.read(bytes)
    #expect(Array(contents.rows.keys) == [rows[2].trial])
    #expect(contents.places == ["run-1.jsonl:1"])
  }

  /// If this fails, a folder that went through a system with other line ends runs all over again.
  @Test func carriageReturnsDoNoHarm() throws {
    let rows = try (1...2).map { try JournalRows.row(seed: $0) }
    let bytes = rows.flatMap { $0.bytes + Array("\r\n".utf8) }
    let contents = try JournalRows.read(bytes)
    #expect(contents.rows.count == 2)
    #expect(contents.damage.isEmpty)
  }

  /// If this fails, garbage in a journal file ends the program instead of a warning.
  @Test(
    arguments: [
      ([], []), (Array("\n\n\n".utf8), []), ([0xff, 0xfe, 0], ["run-1.jsonl:1…"]),
      ([0, 10, 0xc3, 10, 10, 0x80], ["run-1.jsonl:1", "run-1.jsonl:2", "run-1.jsonl:4…"]),
      (Array(#"{"checksum":"#.utf8), ["run-1.jsonl:1…"]),
    ] as [([UInt8], [String])])
  func garbageIsDamage(bytes: [UInt8], places: [String]) throws {
    let contents = try JournalRows.read(bytes)
    #expect(contents.rows.isEmpty)
    #expect(contents.places == places)
  }

  /// If this fails, a run does not find what earlier runs of its folder finished, or trips over
  /// a file that a user put beside them.
  @Test func readsEveryJournalFileOfAFolderAndNoOther() throws {
    try withTemporaryFolder { folder in
      let rows = try (1...2).map { try JournalRows.row(seed: $0) }
      for (index, row) in rows.enumerated() {
        try Data(JournalRows.file([row]))
          .write(to: folder.appendingPathComponent("run-00000\(index + 1).jsonl"))
      }
      for name in ["notes.txt", "run-000001.jsonl~", ".nfs0001", "run-000001.jsonl.gz"] {
        try Data("anything".utf8).write(to: folder.appendingPathComponent(name))
      }
      let contents = try JournalReader.read(folder: folder.path)
      #expect(Set(contents.rows.keys) == Set(rows.map(\.trial)))
      #expect(contents.damage.isEmpty)
    }
  }

  /// The first run of a sweep finds no folder yet.
  @Test func missingFolderIsAnEmptyJournal() throws {
    let contents = try JournalReader.read(folder: "/nowhere/journal")
    #expect(contents.rows.isEmpty)
    #expect(contents.damage.isEmpty)
  }

  /// A journal that cannot be read must not pass for an empty one: everything would run again.
  @Test func unreadableFileIsAnError() throws {
    try withTemporaryFolder { folder in
      let path = folder.path + "/run-000001.jsonl"
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      let error = #expect(throws: JournalError.self) {
        try JournalReader.read(folder: folder.path)
      }
      #expect(try #require(error).description.hasPrefix("\(path): cannot read: "))
    }
  }
}
