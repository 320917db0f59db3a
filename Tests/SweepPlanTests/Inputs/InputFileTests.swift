import NeuralCore
import Testing

@testable import SweepPlan

@Suite struct InputFileTests {
  private static func hash(_ role: InputFile.Role, _ text: String) throws -> ContentHash {
    try InputFile(role, "file.txt", bytes: Array(text.utf8)).contentHash
  }

  /// If this fails, a checkout on another system, or an editor, makes all trials of a sweep run again,
  /// and shards from two checkouts cannot be merged.
  @Test(
    "Files that are read alike are the same file",
    arguments: [
      (
        InputFile.Role.pattern, "# name: p nNeurons: 2 nSteps: 3\n1 0 1\n0 1 0\n",
        [
          "# name: p nNeurons: 2 nSteps: 3\r\n1 0 1\r\n0 1 0\r\n",
          "\u{FEFF}# name: p nNeurons: 2 nSteps: 3\n1 0 1\n0 1 0\n",
          "# name: p nNeurons: 2 nSteps: 3\n1 0 1 \n  0  1 0\n\n",
          "# name: p  nNeurons: 2 nSteps: 3\n1 0 1\n0 1 0",
        ]
      ),
      (
        .pattern, "# name: p nNeurons: 1 nSteps: 3 values: analog\n0.0 0.25 1.0\n",
        [
          "# values: analog name: p nNeurons: 1 nSteps: 3\n0, 2.5e-1, 1\n",
          "# name: p nNeurons: 1 nSteps: 3 values: analog\r\n# a wave\r\n-0;.250;1.00",
        ]
      ),
      (
        .disruption, "t_start: 0 t_end: 25 nrn_start: 0 nrn_end: 2 offset_el: 15\n",
        [
          "\u{FEFF}t_start: 0 t_end: 25 nrn_start: 0 nrn_end: 2 offset_el: 15.0\r\n",
          "\nt_start: 0  t_end: 25 nrn_start: 0 nrn_end: 2 offset_el: 1.5e1",
        ]
      ),
    ])
  func meaningIsIdentity(role: InputFile.Role, text: String, others: [String]) throws {
    let hash = try Self.hash(role, text)
    // Also that of its bytes, as in results of earlier versions.
    #expect(hash == ContentHash(of: Array(text.utf8)))
    for other in others {
      #expect(try Self.hash(role, other) == hash, "\(other.debugDescription)")
    }
  }

  /// If this fails, one table mixes results whose `recalled` counts silent notes with others, or all
  /// other results of earlier versions run again.
  @Test func onlyPatternsWithSilentNotesHaveANewIdentity() throws {
    for (text, isNew) in [
      ("# name: p nNeurons: 2 nSteps: 3\n1 0 0\n0 1 0\n", true),
      ("# name: p nNeurons: 2 nSteps: 3\n1 0 1\n0 1 0\n", false),
    ] {
      let file = try InputFile(.pattern, "file.txt", bytes: Array(text.utf8))
      #expect(file.formerHash == ContentHash(of: Array(text.utf8)))
      #expect((file.contentHash != file.formerHash) == isNew)
    }
  }

  /// If this fails, results of one sequence pass for those of another.
  @Test func anotherMeaningIsAnotherFile() throws {
    let text = "# name: p nNeurons: 2 nSteps: 3\n1 0 1\n0 1 0\n"
    for other in [
      "# name: p nNeurons: 2 nSteps: 3\n1 0 1\n0 1 1\n",
      "# name: q nNeurons: 2 nSteps: 3\n1 0 1\n0 1 0\n",
      "# name: p nNeurons: 2 nSteps: 3 values: analog\n1 0 1\n0 1 0\n",
      text + text, "no pattern",
    ] {
      #expect(try Self.hash(.pattern, other) != Self.hash(.pattern, text))
    }
    #expect(try Self.hash(.pattern, "no pattern") != Self.hash(.pattern, "no  pattern"))
  }
}
