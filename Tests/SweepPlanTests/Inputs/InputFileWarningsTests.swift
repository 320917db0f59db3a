import Foundation
import TestSupport
import Testing

@testable import SweepPlan

@Suite struct InputFileWarningsTests {
  /// If this fails, a pattern with a forgotten channel is trained for a night without a word.
  @Test(
    arguments: [
      ("1 0 0\n0 1 1", nil),
      ("1 0 0\n0 0 0", "visible neuron 1 (from 0 on) never changes and counts for no correlation"),
      (
        "1 1 1\n0 1 0\n0 0 0",
        "visible neurons 0, 2 (from 0 on) never change and count for no correlation"
      ),
      ("1 1 1\n0 0 0", "no visible neuron ever changes, so that nothing can be scored"),
    ] as [(String, String?)])
  func unusedChannels(rows: String, warning: String?) throws {
    try withTemporaryFolder { folder in
      let count = rows.split(separator: "\n").count
      try Data("# name: tune nNeurons: \(count) nSteps: 3\n\(rows)\n".utf8)
        .write(to: folder.appendingPathComponent("p.txt"))
      let file = try InputFile(.pattern, "p.txt", in: folder.path)
      #expect(file.warnings == (warning.map { ["'p.txt', pattern 'tune': " + $0] } ?? []))
    }
  }
}
