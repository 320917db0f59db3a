import Testing

@testable import elise_sweep

@Suite struct TextTableTests {
  /// If this fails, the sentences below a table are cut in the middle of words in a narrow terminal, or
  /// the table itself is broken.
  @Test("Sentences are wrapped, and tables are not")
  func sentences() {
    let text = "# title\n\n| a long table | x |\n|-|-|\n\nMeans over seed, with intervals\nshort\n"
    #expect(
      TextTable.sentences(text, width: 16)
        == "# title\n\n| a long table | x |\n|-|-|\n\nMeans over seed,\nwith intervals\nshort\n")
  }
}
