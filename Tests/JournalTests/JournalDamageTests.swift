import Foundation
import TestSupport
import Testing

@testable import Experiment
@testable import Journal
@testable import JournalSupport
@testable import SweepPlan

/// Damage of every kind at every place: what is read is right or missing, and never wrong.
@Suite struct JournalDamageTests {
  private static let newline = UInt8(ascii: "\n")

  /// Rows as real trials leave them.
  private static func realRows() throws -> [JournalLine] {
    let pattern = ContentHash(of: Array(Fixtures.tinyPattern.utf8))
    let runner = TrialRunner(
      scoreGroups: [.recall], files: [pattern: Fixtures.tinyPattern], rank: 0, host: "node")
    return try (1...4).map { seed in
      let parameters = try ParameterSet([
        "pattern": .text("tiny.txt"), "note_duration": .integer(2), "training_cycles": .integer(3),
        "replay_cycles": .integer(14), "latent": .integer(2), "seed": .integer(seed),
      ])
      let inputs = TrialInputs(pattern: pattern)
      let trial = Trial(
        index: seed, id: parameters.id(inputs), parameters: parameters, inputs: inputs)
      let (status, content) = try #require(runner.run(trial))
      return JournalLine(
        trial: trial.id, status: status, scoreGroups: [.recall], content: try content.json())
    }
  }

  /// If this fails, a killed run or a full disk costs more than the trial that was being written.
  @Test func everyCutOfTheLastLinesLeavesTheLinesBeforeIt() throws {
    let rows = try Self.realRows()
    let whole = JournalRows.file(rows)
    let ends = rows.indices.map { JournalRows.file(Array(rows[...$0])).count - 1 }
    try withTemporaryFolder { folder in
      let path = folder.path + "/run-000001.jsonl"
      for count in 0...whole.count {
        try Data(whole[..<count]).write(to: URL(fileURLWithPath: path))
        var contents = JournalContents()
        try contents.read(file: path)
        // A line counts from its last byte on; the newline may be missing.
        let complete = ends.count { $0 <= count }
        let isTorn = complete < rows.count && count > (complete == 0 ? 0 : ends[complete - 1] + 1)
        #expect(
          try contents.lines
            == Dictionary(uniqueKeysWithValues: rows[..<complete].map { ($0.trial, $0) }))
        #expect(contents.damage.map(\.line) == (isTorn ? [complete + 1] : []))
      }
    }
  }

  /// If this fails, a bad sector or a bad cable changes a number in a table.
  @Test func everyFlippedBitCostsItsLineAlone() throws {
    let rows = Array(try Self.realRows().prefix(3))
    let known = Dictionary(uniqueKeysWithValues: rows.map { ($0.trial, $0) })
    let whole = JournalRows.file(rows)
    try withTemporaryFolder { folder in
      let path = folder.path + "/run-000001.jsonl"
      for index in whole.indices {
        var damaged = whole
        damaged[index] ^= 1 << UInt8(index % 8)
        try Data(damaged).write(to: URL(fileURLWithPath: path))
        var contents = JournalContents()
        try contents.read(file: path)
        let read = try contents.lines
        #expect(read.allSatisfy { known[$0.key] == $0.value }, "a wrong row at byte \(index)")
        // A newline that is lost joins two lines.
        #expect(read.count >= (whole[index] == Self.newline ? 1 : 2), "byte \(index)")
        #expect(contents.damage.count <= 2)
      }
    }
  }

  /// If this fails, an input that a fuzzer found ends the program: as a file, or as the content of a
  /// row whose checksum is right.
  @Test func fuzzedInputsDoNoHarm() throws {
    let corpus = try Fixtures.fuzzed("journal")
    #expect(!corpus.isEmpty)
    for (name, bytes) in corpus {
      let row = JournalLine(
        trial: ContentHash(high: 1, low: 2), status: .done, scoreGroups: [.recall],
        content: bytes.filter { $0 != Self.newline })
      let read = try JournalRows.read(bytes + [Self.newline] + row.bytes)
      #expect(read.rows[row.trial] == row, "\(name)")
      _ = try? TrialRecord(row.content)
      _ = try? TrialScoresReader(["correlation"]).read(row.content)
    }
  }

  /// If this fails, a file that was copied, emptied or mixed up is taken for more or less than it is.
  @Test func copiedEmptyAndMixedLinesDoNoHarm() throws {
    let rows = try Self.realRows()
    let lines = rows.map { $0.bytes + [Self.newline] }
    let files: [[[UInt8]]] = [
      [lines.flatMap { $0 + $0 }], [[], lines.flatMap { $0 }, []],
      [lines.reversed().flatMap { $0 }], lines,
      [[Self.newline] + lines.joined(separator: [Self.newline, Self.newline])],
      [lines.flatMap { Array("{}\n".utf8) + $0 }],
    ]
    for file in files {
      try withTemporaryFolder { folder in
        for (index, bytes) in file.enumerated() {
          try Data(bytes).write(to: folder.appendingPathComponent("run-00000\(index).jsonl"))
        }
        let read = try JournalReader.read(folder: folder.path)
        #expect(try read.lines == Dictionary(uniqueKeysWithValues: rows.map { ($0.trial, $0) }))
      }
    }
  }

  /// If this fails, a file that grew by a terabyte without data, as some file systems leave one after a
  /// crash, makes a command run out of memory, and costs the rows behind it.
  @Test func aLineWithoutEndIsOneDamagedLine() throws {
    let rows = try Self.realRows()
    try withTemporaryFolder { folder in
      let path = folder.path + "/run-000001.jsonl"
      try Data(JournalRows.file([rows[0]])).write(to: URL(fileURLWithPath: path))
      let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
      func extend(by count: UInt64) throws {
        try file.truncate(atOffset: try file.seekToEnd() + count)
        try file.seekToEnd()
      }
      try extend(by: 1 << 40)
      try file.write(contentsOf: [Self.newline] + JournalRows.file([rows[1]]))
      try extend(by: 1 << 30)
      var contents = JournalContents()
      try contents.read(file: path)
      #expect(try contents.lines == [rows[0].trial: rows[0], rows[1].trial: rows[1]])
      #expect(contents.damage.map(\.line) == [2, 4])
      #expect(contents.damage.map(\.isTornEnd) == [false, true])
    }
  }

  /// If this fails, a pipe in the folder makes every command wait for ever.
  @Test func aPipeIsNoJournal() throws {
    try withTemporaryFolder { folder in
      let path = folder.path + "/pipe.jsonl"
      #expect(mkfifo(path, 0o600) == 0)
      #expect(
        throws: JournalError.system(
          call: "read", path: path, reason: "this is a pipe, a device or a socket, not a file")
      ) { try JournalReader.read(folder: folder.path) }
    }
  }

  /// If this fails, a large damaged file fills a terminal, or its name controls the terminal.
  @Test func manyDamagedLinesHaveAFewWarnings() throws {
    try withTemporaryFolder { folder in
      let path = folder.path + "/a\u{1B}[2J.jsonl"
      try Data(String(repeating: "x\n", count: 1_025).utf8).write(to: URL(fileURLWithPath: path))
      let warnings = try JournalReader.read(folder: folder.path).damageWarnings()
      #expect(warnings.count == 21)
      #expect(warnings[0].hasSuffix("/a<U+001B>[2J.jsonl:1: damaged line; its trial runs again"))
      #expect(warnings[20] == "1005 more damaged lines; their trials run again")
    }
  }

  /// If this fails, a row with a valid checksum and impossible content crashes `report`, or the message
  /// does not say which line is to be removed.
  @Test(arguments: [
    (#""seconds":1.5"#, #""seconds":1e400"#), (#""seconds":1.5"#, #""seconds":1e99"#),
    (#""start":1000"#, #""start":-1e300"#), (#""correlation":0.5"#, #""correlation":1e308"#),
    (#""correlation":0.5"#, #""correlation":NaN"#),
    (#""correlation":0.5"#, #""correlation":"# + String(repeating: "9", count: 100_000)),
  ]) func impossibleContentIsNamed(value: String, replacement: String) throws {
    let good = try JournalRows.row(seed: 1)
    let row = try JournalRows.row(seed: 2, scores: ["correlation": 0.5])
    let text = String(decoding: row.content, as: UTF8.self)
    let content = text.replacingOccurrences(of: value, with: replacement)
    #expect(content != text)
    let bad = JournalLine(
      trial: row.trial, status: .done, scoreGroups: [.recall], content: Array(content.utf8))
    try withTemporaryFolder { folder in
      let path = folder.path + "/run-000001.jsonl"
      try Data(JournalRows.file([good, bad])).write(to: URL(fileURLWithPath: path))
      let contents = try JournalReader.read(folder: folder.path)
      let reader = TrialScoresReader(["correlation"])
      let rows = try [good, bad].map { try #require(contents.rows[$0.trial]) }
      #expect(throws: JournalError.content(place: "\(path):2")) {
        try contents.forEachContent(of: rows) { _, json in _ = try reader.read(json) }
      }
    }
  }
}
