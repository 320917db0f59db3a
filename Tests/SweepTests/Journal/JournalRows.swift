@testable import Sweep

/// Rows as finished trials leave them, made without running any.
enum JournalRows {
  static let pattern = ContentHash(of: Array("a pattern".utf8))

  /// The row of the trial with a seed.
  static func row(
    seed: Int, status: TrialStatus = .done, reason: String? = nil,
    scores: [String: Double] = ["correlation": 0.1 + 0.2], seconds: Double = 1.5,
    path: String = "pattern.txt", tests: Set<SweepTest> = [.recall]
  ) throws -> JournalLine {
    let parameters = try ParameterSet(["pattern": .text(path), "seed": .integer(seed)])
    let content = TrialContent(
      parameters: parameters, inputs: TrialInputs(pattern: pattern), reason: reason, scores: scores,
      cost: TrialCost(rank: 3, host: "node", start: 1_000, seconds: seconds, steps: 10))
    return JournalLine(
      trial: parameters.id(content.inputs), status: status, tests: tests,
      content: try content.json())
  }

  /// A whole file of rows.
  static func file(_ rows: [JournalLine]) -> [UInt8] {
    rows.flatMap { $0.bytes + [UInt8(ascii: "\n")] }
  }

  /// What a journal of these files, in this order, holds.
  static func read(_ files: [UInt8]...) throws -> JournalContents {
    var contents = JournalContents()
    for (index, file) in files.enumerated() {
      try contents.read(file, path: "run-\(index + 1).jsonl")
    }
    return contents
  }
}

extension JournalContents {
  /// The places of what could not be used, as `path:line`, with `…` where it is a torn end.
  var places: [String] { damage.map { "\($0.path):\($0.line)" + ($0.isTornEnd ? "…" : "") } }
}
