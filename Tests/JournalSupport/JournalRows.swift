import Foundation
import TestSupport

@testable import Experiment
@testable import Journal
@testable import SweepPlan

/// Rows as finished trials leave them, made without running any.
enum JournalRows {
  static let pattern = ContentHash(of: Array("a pattern".utf8))

  /// The row of the trial with a seed.
  static func row(
    seed: Int, status: TrialStatus = .done, reason: String? = nil,
    scores: ScoreValues = ["correlation": 0.1 + 0.2], seconds: Double = 1.5,
    path: String = "pattern.txt", scoreGroups: Set<ScoreGroup> = [.recall]
  ) throws -> JournalLine {
    let parameters = try ParameterSet(["pattern": .text(path), "seed": .integer(seed)])
    let content = TrialRecord(
      parameters: parameters, inputs: TrialInputs(pattern: pattern), reason: reason, scores: scores,
      cost: TrialCost(rank: 3, host: "node", start: 1_000, seconds: seconds, steps: 10))
    return JournalLine(
      trial: parameters.id(content.inputs), status: status, scoreGroups: scoreGroups,
      content: try content.json())
  }

  /// A whole file of rows.
  static func file(_ rows: [JournalLine]) -> [UInt8] {
    rows.flatMap { $0.bytes + [UInt8(ascii: "\n")] }
  }

  /// What a journal of these files, in this order, holds.
  static func read(_ files: [UInt8]...) throws -> ReadJournal {
    try withTemporaryFolder { folder in
      var contents = JournalContents()
      for (index, file) in files.enumerated() {
        let path = folder.path + "/run-\(index + 1).jsonl"
        try Data(file).write(to: URL(fileURLWithPath: path))
        do {
          try contents.read(file: path)
        } catch JournalError.conflict(let trial, let first, let second) {
          throw JournalError.conflict(
            trial: trial, first: first.name(in: folder), second: second.name(in: folder))
        }
      }
      return ReadJournal(
        rows: try contents.lines,
        damage: contents.damage.map {
          .init(path: $0.path.name(in: folder), line: $0.line, isTornEnd: $0.isTornEnd)
        })
    }
  }
}

/// What was read from a journal, with the contents of its rows.
struct ReadJournal {
  var rows: [TrialID: JournalLine]
  var damage: [JournalContents.Damage]

  /// The places of what could not be used, as `path:line`, with `…` where it is a torn end.
  var places: [String] { damage.map { "\($0.path):\($0.line)" + ($0.isTornEnd ? "…" : "") } }
}

extension JournalContents {
  /// The rows as they were written.
  var lines: [TrialID: JournalLine] {
    get throws {
      try rows.reduce(into: [:]) { lines, row in
        lines[row.key] = JournalLine(
          trial: row.key, status: row.value.status, scoreGroups: row.value.scoreGroups,
          content: try content(of: row.value))
      }
    }
  }
}

extension String {
  /// A path without the folder.
  fileprivate func name(in folder: URL) -> String { String(dropFirst(folder.path.count + 1)) }
}
