import Foundation
import TestSupport
import Testing

@testable import Sweep

/// What only a sweep and its patterns together show to be wrong.
@Suite struct PlanModelTests {
  /// Patterns of two and of four notes, and a sweep over them.
  private static func validate(_ lines: String) throws {
    try withTemporaryFolder { folder in
      try Data(TinySweep.pattern.utf8).write(to: folder.appendingPathComponent("four.txt"))
      try Data("# name: two nNeurons: 1 nSteps: 2\n1 0\n".utf8)
        .write(to: folder.appendingPathComponent("two.txt"))
      let path = folder.path + "/sweep.yaml"
      try Data(("name: notes\n" + lines).utf8).write(to: URL(fileURLWithPath: path))
      let sweep = try SweepFile(contentsOf: path)
      try TrialModel.validate(try Plan(sweep), of: sweep)
    }
  }

  @Test(arguments: [
    "fixed: {pattern: four.txt}\ngrid: {seed: [1, 2]}",
    "fixed: {pattern: four.txt, sequence_length: 4}\ngrid: {seed: [1, 2]}",
    "fixed: {pattern: four.txt}\ngrid: {sequence_length: [2, 3, 4]}",
    "grid: {pattern: [two.txt, four.txt], sequence_length: [2]}",
    // The longer length goes with the longer pattern only.
    "grid: [{zip: {pattern: [two.txt, four.txt], sequence_length: [2, 4]}}]",
  ])
  func sweepThatFitsIsAccepted(lines: String) throws {
    try Self.validate(lines)
  }

  /// If this fails, the mistake shows only as a table of failed trials.
  @Test(arguments: [
    ("fixed: {pattern: four.txt, sequence_length: 5}\ngrid: {seed: [1, 2]}", "four.txt", 5, 4),
    ("fixed: {pattern: four.txt}\ngrid: {sequence_length: [2, 9]}", "four.txt", 9, 4),
    ("grid: {pattern: [two.txt, four.txt], sequence_length: [3]}", "two.txt", 3, 2),
  ])
  func lengthBeyondThePatternIsRefused(
    lines: String, pattern: String, found: Int, notes: Int
  ) throws {
    let error = #expect(throws: PlanModelError.self) { try Self.validate(lines) }
    #expect(
      try #require(error).description.hasSuffix(
        "/sweep.yaml: pattern \(pattern): sequence_length: found \(found), allowed is at most "
          + "\(notes), the notes of the pattern"))
  }
}
