import Foundation
import Parameters
import TestSupport

@testable import Experiment
@testable import Journal
@testable import Report
@testable import SweepPlan

/// Results that a test states instead of computing them.
struct HandMadeResults {
  /// The lines of the sweep file below its fixed values.
  var grid = ["latent: [10, 9]", "seed: [1, 2, 3]"]
  /// The search as written in the file; empty to run the whole grid.
  var search = ""
  /// A further line of the sweep file.
  var extra = ""
  /// Notes of the pattern.
  var notes = 2
  /// The rows of the journal.
  var rows: [Row] = []

  struct Row {
    var parameters: [String: ParameterValue]
    var status = TrialStatus.done
    var reason: String?
    var scores: [String: Double] = [:]
  }

  /// Adds the row of a trial that is done.
  mutating func add(
    latent: Int = 50, seed: Int, _ scores: [String: Double], status: TrialStatus = .done,
    reason: String? = nil
  ) {
    rows.append(
      Row(
        parameters: ["latent": .integer(latent), "seed": .integer(seed)], status: status,
        reason: reason, scores: scores))
  }

  /// The sweep, its plan and its results.
  func results() throws -> (sweep: SweepFile, results: SweepResults) {
    try withTemporaryFolder { folder in
      let row = (0..<notes).map { $0 == 0 ? "1" : "0" }.joined(separator: " ")
      try Data("# name: p nNeurons: 1 nSteps: \(notes)\n\(row)\n".utf8)
        .write(to: folder.appendingPathComponent("p.txt"))
      let path = folder.path + "/sweep.yaml"
      let lines =
        ["name: by-hand", "fixed: {pattern: p.txt}", "grid:"] + grid.map { "  " + $0 }
        + (search.isEmpty ? [] : ["search: \(search)"]) + [extra]
      try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(fileURLWithPath: path))
      let sweep = try SweepFile(contentsOf: path)
      return (
        sweep,
        try SweepResults(
          scoreGroups: sweep.scoreGroups, plan: try Plan(sweep),
          journal: try journal(sweep, in: folder))
      )
    }
  }

  private func journal(_ sweep: SweepFile, in folder: URL) throws -> JournalContents {
    let inputs = TrialInputs(pattern: sweep.files[0].contentHash)
    var contents = JournalContents()
    for (index, row) in rows.enumerated() {
      let parameters = try ParameterSet(row.parameters.merging(["pattern": .text("p.txt")]) { $1 })
      let content = TrialRecord(
        parameters: parameters, inputs: inputs, reason: row.reason, scores: ScoreValues(row.scores),
        cost: TrialCost(
          rank: index, host: "node-\(index)", start: 1_000_000_000 + Double(index) / 4,
          seconds: 2, steps: 5_000))
      let line = JournalLine(
        trial: parameters.id(inputs), status: row.status, scoreGroups: Set(sweep.scoreGroups),
        content: try content.json())
      let path = folder.appendingPathComponent("run-\(index)")
      try Data(line.bytes).write(to: path)
      try contents.read(file: path.path)
    }
    return contents
  }
}

extension String {
  /// The fields of the lines of a table without quotes.
  var fields: [[String]] {
    split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }
}
