import Foundation
import TestSupport
import Testing

@testable import Journal
@testable import Report
@testable import SweepPlan

@Suite struct ResultFolderTests {
  private static let names = [
    "contrasts.csv", "costs.csv", "cube.nc", "provenance.json", "summary.csv", "summary.md",
    "summary.tex", "trials.csv",
  ]

  private static func write(_ hand: HandMadeResults, to path: String) throws -> String {
    let (sweep, results) = try hand.results()
    return try ResultFolder(path).writeTables(
      results, of: sweep, provenance: "{}\n"
    ).markdown
  }

  /// If this fails, a run ends without its tables, or leaves more behind than them.
  @Test func everyTableIsWritten() throws {
    try withTemporaryFolder { folder in
      let path = folder.path + "/new/results"
      let markdown = try Self.write(SummaryTableTests.hand, to: path)
      #expect(try FileManager.default.contentsOfDirectory(atPath: path).sorted() == Self.names)
      func text(_ name: String) throws -> String {
        try String(contentsOfFile: path + "/" + name, encoding: .utf8)
      }
      let (_, results) = try SummaryTableTests.hand.results()
      #expect(try text("trials.csv") == results.trialTable)
      #expect(try text("costs.csv") == results.costTable)
      #expect(try text("summary.csv") == SummaryTable(results).csv)
      #expect(try text("summary.md") == markdown)
      #expect(try text("provenance.json").hasPrefix("{"))
    }
  }

  /// A reader that has the old table open keeps it whole. If this fails, a plot that is made while
  /// a run writes its tables sees half a one.
  @Test func tablesAreReplacedAndNotOverwritten() throws {
    try withTemporaryFolder { folder in
      _ = try Self.write(HandMadeResults(), to: folder.path)
      let reader = try FileHandle(forReadingFrom: folder.appendingPathComponent("trials.csv"))
      let before = try Data(contentsOf: folder.appendingPathComponent("trials.csv"))
      _ = try Self.write(SummaryTableTests.hand, to: folder.path)
      #expect(try reader.readToEnd() == before)
      #expect(try Data(contentsOf: folder.appendingPathComponent("trials.csv")) != before)
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == Self.names)
    }
  }

  /// If this fails, colleagues cannot read the tables.
  @Test func tablesHaveTheUsualPermissions() throws {
    try withTemporaryFolder { folder in
      _ = try Self.write(HandMadeResults(), to: folder.path)
      let plain = folder.appendingPathComponent("plain").path
      #expect(FileManager.default.createFile(atPath: plain, contents: nil))
      func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
      }
      #expect(try mode(folder.path + "/trials.csv") == mode(plain))
    }
  }

  /// If this fails, a table that is not there goes unnoticed, or is reported in riddles.
  @Test func whatIsInTheWayIsNamed() throws {
    try withTemporaryFolder { folder in
      let file = folder.path + "/file"
      try Data().write(to: URL(fileURLWithPath: file))
      let first = #expect(throws: ResultFolder.WriteError.self) {
        try Self.write(HandMadeResults(), to: file)
      }
      #expect(
        try #require(first).description == "\(file): cannot be written: not a folder")

      try makeFolder(folder.appendingPathComponent("out/summary.md"))
      let second = #expect(throws: ResultFolder.WriteError.self) {
        try Self.write(HandMadeResults(), to: folder.path + "/out")
      }
      #expect(
        try #require(second).description
          == "\(folder.path)/out/summary.md: cannot be written: Is a directory")
    }
  }

  /// If this fails, a run with `--out .` deletes the pictures in a user's own folder `figures`, or writes
  /// through a link that another user has put there.
  @Test func onlyOwnFiguresAreReplaced() throws {
    func figure(_ name: String) -> Figure {
      var script = FigureScript(name: name, layout: PanelLayout())
      let block = script.block("a line", ["x", "y"], [[0, 0], [1, 1]])
      script.beginPanel()
      script.plot([block + "using 1:2 with lines"])
      return script.figure("A line", note: "A line.")
    }
    try withTemporaryFolder { folder in
      let results = ResultFolder(folder.path)
      let figures = folder.appendingPathComponent("figures")
      try makeFolder(figures)
      let own = ["mine.png", "mine.svg", "mine.dat", "plot.gp", "plot.png"]
      for name in own { try Data("mine".utf8).write(to: figures.appendingPathComponent(name)) }
      let planted = folder.appendingPathComponent("planted").path
      for name in ["new.svg", "old.png"] {
        #expect(symlink(planted, figures.path + "/" + name) == 0)
      }
      _ = try results.writeFigures([figure("old")])
      let (drawn, warnings) = try results.writeFigures([figure("new")])
      #expect(!FileManager.default.fileExists(atPath: planted))
      let pictures = drawn[0].svg == nil ? [] : ["new.pdf", "new.png", "new.svg"]
      #expect(pictures.isEmpty == !warnings.isEmpty)
      #expect(
        try Set(FileManager.default.contentsOfDirectory(atPath: figures.path))
          == Set(own + pictures + ["new.dat", "new.gp"]))
    }
  }
}
