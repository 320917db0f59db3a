import Foundation
import NeuralCore
import SweepPlan
import TestSupport
import Testing

@testable import elise_sweep

@Suite struct InitTests {
  /// If this fails, a newcomer's first sweep is an error or does not say what it costs.
  @Test("The file is a sweep over sizes and seeds that names its cost")
  func writes() throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder)
      let outcome = try Program.run(["init", "scale.txt"], in: folder)
      #expect(outcome.exitCode == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
      let file = folder.appendingPathComponent("scale.yaml")
      let text = try String(contentsOf: file, encoding: .utf8)
      let cost = try #require(
        text.firstMatch(of: /20 trials, about \d.* on \d+ cores? of this machine/))
      #expect(outcome.output.hasPrefix("scale.yaml: \(cost.0)\n"))
      let plan = try Plan(SweepFile(contentsOf: file.path))
      #expect(plan.count == 20 && plan.conditionCount == 4 && plan.warnings.isEmpty)
      #expect(text.split(separator: "\n").allSatisfy { $0.count <= 100 }, "\(text)")
    }
  }

  /// If this fails, a user who removes a # gets an error.
  @Test("Each key that is a comment may be used") func comments() throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder)
      let template = SweepTemplate(
        name: "scale", path: "scale.txt", patterns: try Pattern.all(parsing: SmallSweep.pattern))
      let all = template.text.replacing(/(?m)^  # (\w+:)/) { "  \($0.1)" }
      #expect(all.contains("\n  model: ") && all.contains("\n  note_duration: "))
      let file = folder.appendingPathComponent("scale.yaml")
      try all.write(to: file, atomically: true, encoding: .utf8)
      #expect(try Plan(SweepFile(contentsOf: file.path)).count == 80)
    }
  }

  /// If this fails, sizes that a user reads in the file are too small for long songs.
  @Test(
    "Sizes follow the length of the sequence", arguments: [(4, 10), (14, 20), (25, 20), (100, 80)])
  func sizes(notes: Int, least: Int) {
    let pattern = Pattern(name: "p", columns: Array(repeating: [true, false], count: notes))
    let template = SweepTemplate(name: "p", path: "p.txt", patterns: [pattern])
    #expect(template.sizes == (1...4).map { $0 * least })
  }

  /// If this fails, the first thing that a user of two songs reads is a warning of what `init` chose.
  @Test("A file of several patterns gives a sweep without warnings", arguments: 1...3)
  func severalPatterns(count: Int) throws {
    try withTemporaryFolder { folder in
      let songs = (0..<count).map { SmallSweep.pattern.replacing("scale", with: "song\($0)") }
      let text = songs.joined(separator: "\n")
      try text.write(
        to: folder.appendingPathComponent("songs.txt"), atomically: true, encoding: .utf8)
      let template = SweepTemplate(
        name: "songs", path: "songs.txt", patterns: try Pattern.all(parsing: text))
      #expect(template.patterns.count == count)
      #expect(template.text.contains("test_every") == (count > 1))
      let file = folder.appendingPathComponent("songs.yaml")
      try template.text.write(to: file, atomically: true, encoding: .utf8)
      #expect(try Plan(SweepFile(contentsOf: file.path)).warnings.isEmpty)
    }
  }

  /// If this fails, README shows another sweep than the one that the reader gets.
  @Test("README shows the sweep of its pattern") func readme() throws {
    try withTemporaryFolder { folder in
      try Page.prepare(folder)
      let text = try String(contentsOf: folder.appendingPathComponent("scale.txt"), encoding: .utf8)
      let template = SweepTemplate(
        name: "scale", path: "scale.txt", patterns: try Pattern.all(parsing: text))
      let file = folder.appendingPathComponent("init.yaml")
      try template.text.write(to: file, atomically: true, encoding: .utf8)
      let shown = try Plan(SweepFile(contentsOf: folder.appendingPathComponent("scale.yaml").path))
      #expect(try Set(shown.ids) == Set(Plan(SweepFile(contentsOf: file.path)).ids))
    }
  }

  /// If this fails, a file of the user is lost.
  @Test("An existing file is refused and not changed") func existing() throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder)
      let file = folder.appendingPathComponent("scale.yaml")
      try "mine".write(to: file, atomically: true, encoding: .utf8)
      let outcome = try Program.run(["init", "scale.txt"], in: folder)
      #expect(outcome.exitCode == 2 && outcome.output.isEmpty)
      #expect(
        outcome.errors
          == "error: init: got the existing file scale.yaml, which is not changed; move it away first\n"
      )
      #expect(try String(contentsOf: file, encoding: .utf8) == "mine")
    }
  }

  /// If this fails, whoever names a wrong file does not learn what is wrong with it.
  @Test(
    "Wrong operands are refused, and nothing is written",
    arguments: [
      ("scal.txt", "error: init: scal.txt: no such file, did you mean 'scale.txt'?\n"),
      ("small.yaml", "error: init: got the sweep file small.yaml; expected a pattern"),
      (".", "error: init: .: this is a folder, not a file\n"),
      ("wrong.txt", "error: init: wrong.txt: line 1: "),
    ])
  func wrong(path: String, message: String) throws {
    try withTemporaryFolder { folder in
      try SmallSweep.write(to: folder)
      try "la la".write(
        to: folder.appendingPathComponent("wrong.txt"), atomically: true, encoding: .utf8)
      let before = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      let outcome = try Program.run(["init", path], in: folder)
      #expect(outcome.exitCode == 2 && outcome.errors.hasPrefix(message), "\(outcome.errors)")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == before)
    }
  }

  /// If this fails, the sweep file of a song with an unusual name is refused.
  @Test(
    "Every file name gives a valid name and path",
    arguments: [
      ("songs/my song: \"b\".txt", "my-song---b-"), ("été.txt", "t-"), ("ü.txt", "sweep"),
      ("-x.txt", "x"), ("a.b.txt", "a.b"),
      ("..", "sweep"),
    ])
  func names(path: String, name: String) throws {
    #expect(InitCommand.sweepName(of: path) == name)
    guard path.hasSuffix(".txt") else { return }
    try withTemporaryFolder { folder in
      try FileManager.default.createDirectory(
        at: folder.appendingPathComponent("songs"), withIntermediateDirectories: false)
      try SmallSweep.pattern.write(
        to: folder.appendingPathComponent(path), atomically: true, encoding: .utf8)
      let template = SweepTemplate(
        name: name, path: path, patterns: try Pattern.all(parsing: SmallSweep.pattern))
      let file = folder.appendingPathComponent("\(name).yaml")
      try template.text.write(to: file, atomically: true, encoding: .utf8)
      #expect(try Plan(SweepFile(contentsOf: file.path)).count == 20)
    }
  }
}
