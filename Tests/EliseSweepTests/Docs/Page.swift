import Foundation
import TestSupport
import Testing

/// A page that people read, with its blocks of code.
struct Page: CustomTestStringConvertible {
  struct Block {
    let kind: String
    let text: String
    /// The line of its opening fence, counted from 1.
    let line: Int
  }

  static let project = Fixtures.url("../..").standardizedFileURL

  /// The path from the root of the project.
  let path: String
  let text: String
  let blocks: [Block]

  var testDescription: String { path }

  init(_ path: String) throws {
    self.path = path
    text = try String(contentsOf: Self.project.appendingPathComponent(path), encoding: .utf8)
    var blocks: [Block] = []
    var open: (kind: String, line: Int, lines: [Substring])?
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      if let block = open {
        if line == "```" {
          blocks.append(
            Block(
              kind: block.kind, text: block.lines.map { $0 + "\n" }.joined(), line: block.line))
          open = nil
        } else {
          open!.lines.append(line)
        }
      } else if line.hasPrefix("```") {
        open = (String(line.dropFirst(3)), index + 1, [])
      }
    }
    self.blocks = blocks
  }

  /// The blocks of a kind.
  func blocks(_ kind: String) -> [Block] { blocks.filter { $0.kind == kind } }

  /// All pages.
  static let all: [Page] = {
    let docs = try! FileManager.default.contentsOfDirectory(
      atPath: project.appendingPathComponent("docs").path)
    let paths =
      ["README.md", "CONTRIBUTING.md"]
      + docs.filter { $0.hasSuffix(".md") }.sorted().map { "docs/" + $0 }
    return paths.map { try! Page($0) }
  }()

  /// Writes what the pages take for granted into a folder: the pattern, the sweep of README, and the
  /// ready sweeps and job scripts.
  static func prepare(_ folder: URL) throws {
    let readme = try Page("README.md")
    func write(_ text: String, _ name: String) throws {
      try text.write(to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
    }
    let pattern = readme.blocks.first { $0.text.hasPrefix("# name: scale") }!.text
    try write(pattern, "scale.txt")
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("songs"), withIntermediateDirectories: false)
    for song in ["first", "second", "third"] {
      try write(pattern.replacing("name: scale", with: "name: \(song)"), "songs/\(song).txt")
    }
    let sweep = readme.blocks("yaml").first { $0.text.hasPrefix("name: scale\n") }!.text
    try write(sweep, "scale.yaml")
    try write(sweep, "SWEEP.yaml")
    for (name, target) in [
      ("sweeps", "sweeps"), ("slurm", "slurm"), ("patterns", "sweeps/patterns"),
    ] {
      try FileManager.default.createSymbolicLink(
        at: folder.appendingPathComponent(name),
        withDestinationURL: project.appendingPathComponent(target))
    }
  }
}
