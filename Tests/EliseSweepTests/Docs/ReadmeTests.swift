import Foundation
import TestSupport
import Testing

@testable import elise_sweep

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
      let name = page.path.replacing(".md", with: "")
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
