import Foundation
import TestSupport
import Testing

/// If one of these fails, a page sends its reader to something that is not there.
@Suite struct PagesTests {
  private static let project = Fixtures.url("../..").standardizedFileURL

  /// The pages that people read, by their path.
  static let pages: [String] =
    ["README.md", "CONTRIBUTING.md", "ORIGIN.md", "RELEASE.md", "SECURITY.md"]
    + ((try? FileManager.default.contentsOfDirectory(
      atPath: project.appendingPathComponent("docs").path)) ?? [])
    .filter { $0.hasSuffix(".md") }.sorted().map { "docs/" + $0 }

  private static func text(_ page: String) throws -> String {
    try String(contentsOf: project.appendingPathComponent(page), encoding: .utf8)
  }

  private static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: project.appendingPathComponent(path).path)
  }

  /// Paths that stand for something else: names to fill in, and what is made later.
  private static let placeholders: Set = ["sweeps/tune_NAME.yaml"]

  @Test("Every path of the project that a page names exists", arguments: pages)
  func paths(page: String) throws {
    let paths = try Self.text(page).matches(
      of:
        /(?:^|[\s`(\[$])((?:Sources|Tests|docs|sweeps|slurm|packaging|Benchmarks|Fuzz)\/[\w+.\/*-]*\w[\w\/]*)/
    ).map { String($0.1) }
    for path in paths where !path.contains("*") && !Self.placeholders.contains(path) {
      #expect(Self.exists(path), "\(page) names \(path)")
    }
  }

  @Test("Every link to a page or a section leads there", arguments: pages)
  func links(page: String) throws {
    for match in try Self.text(page).matches(of: /\]\(([^)\s#:]*)(?:#([^)\s]*))?\)/) {
      let folder = page.contains("/") ? "docs/" : ""
      let target = match.1.isEmpty ? page : folder + match.1
      guard Self.exists(target) else {
        Issue.record("\(page) links to \(target)")
        continue
      }
      guard let section = match.2 else { continue }
      let sections = try Self.text(target).split(separator: "\n").filter { $0.hasPrefix("#") }
        .map { heading in
          heading.drop { $0 == "#" }.trimmingCharacters(in: .whitespaces).lowercased()
            .filter { $0.isLetter || $0.isNumber || " -_".contains($0) }
            .replacing(" ", with: "-")
        }
      #expect(sections.contains(String(section)), "\(page) links to \(target)#\(section)")
    }
  }

  @Test(
    "Every type that a page on the code names exists",
    arguments: ["architecture", "adding-a-model", "model", "scores"])
  func types(page: String) throws {
    let files = try SourceFile.all(in: "Sources", of: Self.project)
    let folders = files.flatMap { $0.path.split(separator: "/").map(String.init) }
    let known = Set(files.flatMap(\.types).map(\.name) + folders)
    for match in try Self.text("docs/\(page).md").matches(
      of: /`([A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*)(?:[.(][^`]*)?`/)
    {
      // A file without its folder is not found, unless it is in the root.
      let isKnown =
        match.0.hasSuffix(".swift`")
        ? Self.exists(match.0.trimmingCharacters(in: ["`"])) : known.contains(String(match.1))
      #expect(isKnown, "docs/\(page).md names \(match.0)")
    }
  }
}
