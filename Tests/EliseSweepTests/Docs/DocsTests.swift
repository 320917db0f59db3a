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

/// If one of these fails, README says something else than the pages or the program.
@Suite struct ReadmeTests {
  private static func text(_ path: String) throws -> String {
    try String(contentsOf: Page.project.appendingPathComponent(path), encoding: .utf8)
  }

  @Test("README fits two screens") func size() throws {
    #expect(try Self.text("README.md").utf8.count <= 8192)
  }

  @Test("Every number with a unit in README is in a page") func numbers() throws {
    let pages = Page.all.filter { $0.path.hasPrefix("docs/") }
      .map { $0.text.replacing("\n", with: " ") }.joined(separator: " ")
    let readme = try Self.text("README.md").replacing("\n", with: " ")
    let numbers = readme.matches(
      of: /\d[\d.,]*(?: to \d[\d.,]*)? (?:s|minutes|times|million|GB|MB)\b/)
    #expect(numbers.count >= 3)
    for number in numbers { #expect(pages.contains(number.0), "\(number.0)") }
  }

  @Test("The table in README is that of the recorded run") func table() throws {
    let recorded = try Self.text("docs/terminal.svg").replacing("\u{A0}", with: " ")
    let rows = try #require(
      Page("README.md").blocks("text").first { $0.text.hasPrefix("| latent") }
    )
    .text.split(separator: "\n").map { $0.split(separator: "|").prefix(4).joined(separator: "|") }
    #expect(rows.count == 6)
    for row in rows { #expect(recorded.contains(row), "\(row)") }
  }

  @Test("README leads to every page") func map() throws {
    let readme = try Self.text("README.md")
    for page in Page.all where page.path != "README.md" {
      #expect(readme.contains("](\(page.path))"), "\(page.path)")
    }
  }

  @Test("The site has every page") func site() throws {
    let contents = try Self.text("packaging/site/contents.md").split(separator: "\n")
    for page in Page.all where page.path != "README.md" {
      // Sphinx has a page search.html.
      let name = page.path.split(separator: "/").last!.replacing(".md", with: "")
        .replacing(/^search$/, with: "searches")
      #expect(contents.contains { $0 == name }, "\(page.path)")
    }
  }

  @Test("The page on installing names the packages of the containers") func packages() throws {
    let packages = try Self.text("packaging/container/packages.txt").split(separator: "\n")
    #expect(
      try Self.text("docs/install.md").contains("apt install \(packages.joined(separator: " "))\n"))
  }

  /// If this fails, a paper cites a version that does not exist.
  @Test("The citation and the changelog have the version of the program") func version() throws {
    #expect(try Self.text("CITATION.cff").contains("\nversion: \(Version.number)\n"))
    // The newest section with a number.
    let section = try Self.text("CHANGELOG.md").firstMatch(of: /\n## \[(\d[^\]]*)\]/)
    #expect(section.map { $0.1 == Version.number } ?? true)
  }
}
