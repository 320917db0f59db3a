import Foundation
import Journal
import NeuralCore
import SweepPlan
import TestSupport
import Testing

@Suite struct SweepsTests {
  private static let folder = Fixtures.url("../../sweeps").standardizedFileURL

  private static var files: [String] {
    get throws {
      try FileManager.default.contentsOfDirectory(atPath: folder.path)
        .filter { $0.hasSuffix(".yaml") }.sorted()
    }
  }

  @Test("Every ready sweep is valid, named after its file, and as large as its comment says")
  func readySweeps() throws {
    let files = try Self.files
    #expect(files.count >= 9)
    for file in files {
      let path = Self.folder.appendingPathComponent(file).path
      let sweep = try SweepFile(contentsOf: path)
      let plan = try Plan(sweep) { _ = try $0.generator() }
      #expect("\(sweep.name).yaml" == file)
      #expect(!sweep.description.isEmpty)
      let comment = try String(contentsOfFile: path, encoding: .utf8)
        .split(separator: "\n").prefix { $0.hasPrefix("#") }.joined(separator: "\n")
      let size = plan.searches.map { "\($0.count) searches" } ?? "\(plan.count) trials"
      #expect(comment.contains("\n# \(size)"), "\(file) has \(size)")
    }
  }

  /// If this fails, a sweep of the ready curves takes them for notes, or cannot read them.
  @Test func readyPatterns() throws {
    let folder = Self.folder.appendingPathComponent("patterns")
    for (file, isAnalog) in [
      ("fuer_elise.txt", false), ("sines.txt", true), ("mackey_glass.txt", true),
    ] {
      let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
      let patterns = try Pattern.all(parsing: text)
      #expect(patterns.map { "\($0.name).txt" } == [file])
      #expect(patterns[0].isAnalog == isAnalog && patterns[0].constantNeurons.isEmpty)
    }
  }
}
