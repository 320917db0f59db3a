import Foundation
import NeuralCore
import SweepPlan
import TestSupport
import Testing

@testable import elise_sweep

@Suite struct DocsTests {
  /// If this fails, some block is run by no test.
  @Test("Every block is of a kind that a test runs or reads", arguments: Page.all)
  func kinds(page: Page) {
    for block in page.blocks {
      switch block.kind {
      case "sh", "yaml": break  // here and in PageCommandsTests
      case "python": #expect(PythonTests.pages.contains(page.path))
      case "text", "": break  // patterns, output and drawings
      case "swift":
        // An outline with `…` in it, which does not compile.
        #expect(page.path == "docs/adding-a-model.md")
      default: Issue.record("\(page.path):\(block.line): a block of the kind \(block.kind)")
      }
    }
  }

  /// If this fails, whoever copies a sweep from a page gets an error.
  @Test("Every sweep of every page is valid", arguments: Page.all) func sweeps(page: Page) throws {
    try withTemporaryFolder { folder in
      try Page.prepare(folder)
      for block in page.blocks("yaml") {
        let plan = try Self.plan(block.text, in: folder)
        #expect(plan.files.allSatisfy { $0.warnings.isEmpty }, "\(page.path):\(block.line)")
        if page.path == "docs/sweeps.md" {
          #expect(
            block.text.hasPrefix("# \(plan.count) trials"), "\(plan.count) trials: \(block.text)")
        }
      }
    }
  }

  /// Plans a sweep, or a part of one, with what it leaves out added.
  private static func plan(_ text: String, in folder: URL) throws -> Plan {
    func has(_ key: String) -> Bool { text.hasPrefix("\(key):") || text.contains("\n\(key):") }
    var whole = text
    if !has("name") { whole += "name: part\n" }
    if !has("fixed") {
      whole +=
        text.contains("sequence_length")
        ? "fixed: {pattern: generated, vocabulary: 13, order: 3}\n"
        : "fixed: {pattern: scale.txt}\n"
    }
    if !has("grid") && !has("search") { whole += "grid: {latent: [20]}\n" }
    let path = folder.appendingPathComponent("\(UUID().uuidString).yaml")
    try whole.write(to: path, atomically: true, encoding: .utf8)
    return try Plan(SweepFile(contentsOf: path.path)) { _ = try $0.generator() }
  }

  /// If this fails, a pattern that is copied from a page is refused.
  @Test("Every pattern of every page is valid", arguments: Page.all) func patterns(page: Page)
    throws
  {
    for block in page.blocks where block.text.hasPrefix("# name:") {
      #expect(try !Pattern.all(parsing: block.text).isEmpty)
    }
  }

  /// If this fails, the page shows a message that the program does not print.
  @Test("The error that the page on sweeps shows is the program's") func mistake() throws {
    let page = try Page("docs/sweeps.md")
    let message = try #require(page.blocks("text").first { $0.text.hasPrefix("error: ") }).text
    try withTemporaryFolder { folder in
      try Page.prepare(folder)
      let sweep = try #require(page.blocks("yaml").first).text
      try sweep.replacing("latent: [", with: "latnet: [").write(
        to: folder.appendingPathComponent("scale.yaml"), atomically: true, encoding: .utf8)
      #expect(try Program.run(["plan", "scale.yaml"], in: folder).errors == message)
    }
  }

  /// If this fails, a parameter or a column has changed and the page has not: run `make reference`.
  @Test("The reference page is what the program knows") func reference() throws {
    #expect(
      try Page("docs/reference.md").text == ParametersCommand.markdown + "\n", "run make reference")
  }
}
