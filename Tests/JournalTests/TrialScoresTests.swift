import Testing

@testable import Experiment
@testable import Journal
@testable import JournalSupport
@testable import SweepPlan

@Suite struct TrialResultTests {
  private static let keys = ["correlation", "chance", "recalled", "s50_silence", "neurons"]

  private static func content(
    reason: String? = nil, host: String = "node", scores: ScoreValues
  ) throws -> TrialRecord {
    TrialRecord(
      parameters: try ParameterSet(["pattern": .text("a {b}.txt")]),
      inputs: TrialInputs(pattern: JournalRows.pattern), reason: reason, scores: scores,
      cost: TrialCost(
        rank: 4_095, host: host, start: 1_785_000_000.123456, seconds: 1.0 / 3,
        steps: 25_250_000))
  }

  private static func isEqual(_ left: TrialScores, _ right: TrialScores) -> Bool {
    left.reason == right.reason && left.cost == right.cost
      && left.scores.map(\.bitPattern) == right.scores.map(\.bitPattern)
  }

  private static func readAsWritten(_ json: [UInt8]) -> TrialScores? {
    json.withUnsafeBufferPointer { TrialScoresReader(keys).readAsWritten($0) }
  }

  /// If this fails, tables hold other numbers than the journal, or take minutes for a large sweep.
  @Test(
    arguments: [
      [:], ["correlation": 0.1 + 0.2], ["s50_silence": .leastNonzeroMagnitude, "neurons": 63],
      ["chance": -0.0, "correlation": .greatestFiniteMagnitude, "other": 1e-7, "recalled": 1],
      ["a": 1, "correlation": 1.0 / 3, "zzz": 2],
    ] as [ScoreValues], [nil, "diverged: after cycle 3, at 1e5 {mV}"])
  func isReadAsFoundationReadsIt(scores: ScoreValues, reason: String?) throws {
    let content = try Self.content(reason: reason, scores: scores)
    let json = try content.json()
    let read = try #require(Self.readAsWritten(json))
    #expect(Self.isEqual(read, try TrialScoresReader(Self.keys).decode(json)))
    #expect(read.reason == reason)
    #expect(read.cost == content.cost)
    for (key, value) in zip(Self.keys, read.scores) {
      #expect(scores[key] == (value.isNaN ? nil : value))
    }
  }

  /// If this fails, a large sweep whose rows hold what figures need takes minutes for its tables.
  @Test func detailsAreReadOver() throws {
    var content = try Self.content(scores: ["correlation": 0.5])
    content.details = TrialCurves(
      learning: .init(cycles: [0, 20], values: [nil, 0.25]),
      replay: .init(cycles: [3, 4], values: [0.9, nil]),
      notes: .init(cycle: 12, shift: 0.125, neurons: 4, active: "8f"),
      robustness: ["silence": [1, 0.5]])
    let read = try #require(Self.readAsWritten(try content.json()))
    #expect(read.scores[0] == 0.5 && read.cost == content.cost)
  }

  /// Escaped characters and other spellings are left to Foundation.
  @Test func otherFormsAreDecoded() throws {
    for (reason, host) in [("line\nand \"quote\" \u{1F3B9}", "node"), ("plain", "a\\b")] {
      let content = try Self.content(reason: reason, host: host, scores: ["correlation": 0.5])
      let json = try content.json()
      #expect(Self.readAsWritten(json) == nil)
      let read = try TrialScoresReader(Self.keys).read(json)
      #expect(read.reason == reason && read.cost.host == host && read.scores[0] == 0.5)
    }
    let spaced = #"""
      {"scores": {"correlation": 0.25}, "parameters": {}, "inputs": {},
       "cost": {"steps": 1, "start": 2, "seconds": 3, "rank": 4, "host": "h"}}
      """#
    #expect(Self.readAsWritten(Array(spaced.utf8)) == nil)
    #expect(try TrialScoresReader(Self.keys).read(Array(spaced.utf8)).scores[0] == 0.25)
  }

  /// If this fails, a damaged row ends the program, or gives numbers that nobody computed.
  @Test func noPartOfARowIsTakenForAll() throws {
    let json = try Self.content(reason: "why", scores: ["correlation": 0.5, "chance": 1]).json()
    for count in json.indices {
      #expect(Self.readAsWritten(Array(json[..<count])) == nil, "first \(count) bytes")
      #expect(throws: (any Error).self) {
        try TrialScoresReader(Self.keys).read(Array(json[..<count]))
      }
    }
    #expect(Self.readAsWritten(json + [UInt8(ascii: " ")]) == nil)
  }

  /// If this fails, the multiply-adds of trials that an earlier version ran are missing in the tables.
  @Test func formerKeysAreRead() throws {
    let keys = ["multiply_adds_per_step", "multiply_adds_to_criterion", "recalled"]
    let json = try Self.content(
      scores: ["operations_per_step": 3969, "operations_to_criterion": 0.25, "recalled": 1]
    ).json()
    for read in [
      try TrialScoresReader(keys).read(json), try TrialScoresReader(keys).decode(json),
    ] {
      #expect(read.scores == [3969, 0.25, 1])
    }
    let record = try TrialRecord(json)
    #expect(record.scores.multiplyAddsPerStep == 3969)
    #expect(record.scores.multiplyAddsToCriterion == 0.25)
  }
}
