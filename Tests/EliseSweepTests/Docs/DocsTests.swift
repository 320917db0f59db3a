import Foundation
import SweepPlan
import TestSupport
import Testing

@testable import elise_sweep

@Suite struct DocsTests {
  private static func page(_ name: String) throws -> String {
    try String(
      contentsOf: Fixtures.url("../../docs/\(name)").standardizedFileURL, encoding: .utf8)
  }

  /// The contents of the fenced blocks of a kind, in their order.
  private static func blocks(_ kind: String, of text: String) -> [String] {
    var blocks: [String] = []
    var open: (kind: Substring, lines: [Substring])?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if let block = open {
        if line == "```" {
          if block.kind == kind { blocks.append(block.lines.joined(separator: "\n") + "\n") }
          open = nil
        } else {
          open!.lines.append(line)
        }
      } else if line.hasPrefix("```") {
        open = (line.dropFirst(3), [])
      }
    }
    return blocks
  }

  /// If this fails, whoever copies a sweep from the page gets an error or another number of trials.
  @Test("Every sweep of the page on sweeps is valid, and as large as it says")
  func sweeps() throws {
    let text = try Self.page("sweeps.md")
    let sweeps = Self.blocks("yaml", of: text)
    #expect(sweeps.count >= 9)
    try withTemporaryFolder { folder in
      let pattern = try #require(Self.blocks("", of: text).first { $0.hasPrefix("# name: scale") })
      try pattern.write(
        to: folder.appendingPathComponent("scale.txt"), atomically: true, encoding: .utf8)
      for (number, sweep) in sweeps.enumerated() {
        let path = folder.appendingPathComponent("\(number).yaml")
        try sweep.write(to: path, atomically: true, encoding: .utf8)
        let plan = try Plan(SweepFile(contentsOf: path.path)) { _ = try $0.generator() }
        #expect(sweep.hasPrefix("# \(plan.count) trials\n"), "\(plan.count) trials: \(sweep)")
        #expect(plan.files.allSatisfy { $0.warnings.isEmpty })
      }
    }
  }

  /// If this fails, the page shows a message that the program does not give.
  @Test("The mistake that the page shows is told as it says") func mistake() throws {
    let text = try Self.page("sweeps.md")
    let message = try #require(Self.blocks("text", of: text).first)
    try withTemporaryFolder { folder in
      let sweep = try #require(Self.blocks("yaml", of: text).first)
      try sweep.replacing("latent: [", with: "latnet: [").write(
        to: folder.appendingPathComponent("scale.yaml"), atomically: true, encoding: .utf8)
      try Self.blocks("", of: text)[0].write(
        to: folder.appendingPathComponent("scale.txt"), atomically: true, encoding: .utf8)
      let outcome = try Program.run(["plan", "scale.yaml"], in: folder)
      #expect(outcome.errors == message)
    }
  }

  /// If this fails, a parameter or a column has changed and the page has not: run `make reference`.
  @Test("The reference page is what the program knows") func reference() throws {
    #expect(try Self.page("reference.md") == Parameters.markdown + "\n", "run make reference")
  }
}
