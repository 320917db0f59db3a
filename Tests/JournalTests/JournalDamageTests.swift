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
      tests: [.recall], files: [pattern: Fixtures.tinyPattern], rank: 0, host: "node")
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
        trial: trial.id, status: status, tests: [.recall], content: try content.json())
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
        trial: ContentHash(high: 1, low: 2), status: .done, tests: [.recall],
        content: bytes.filter { $0 != Self.newline })
      let read = try JournalRows.read(bytes + [Self.newline] + row.bytes)
      #expect(read.rows[row.trial] == row, "\(name)")
      _ = try? TrialContent(row.content)
      _ = try? TrialResultReader(["correlation"]).read(row.content)
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
}
