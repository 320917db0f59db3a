import Foundation
import TestSupport
import Testing

/// If one of these fails, the program can no longer be read from the bottom to the top.
@Suite struct CircleTests {
  private static let project = Fixtures.url("../..").standardizedFileURL

  @Test("No module imports a module that imports it") func modules() throws {
    let circular = DependencyGraph.modules(try SourceFile.all(in: "Sources", of: Self.project))
      .circular
    #expect(circular.isEmpty, "\(circular.joined(separator: "\n"))")
  }

  @Test("No folder of a module needs a folder that needs it") func folders() throws {
    let files = try SourceFile.all(in: "Sources", of: Self.project)
    let circular = Dictionary(grouping: files, by: \.module).values
      .flatMap { DependencyGraph.folders($0).circular }.sorted()
    #expect(circular.isEmpty, "\(circular.joined(separator: "\n"))")
  }

  @Test("A circle is found with file and line; comments and strings do not count")
  func findsCircles() {
    let there = SourceFile(
      path: "Sources/M/A/There.swift",
      text: """
        import Foundation
        /* Back /* nested */ Back */
        struct There {  // Back
          let text = "Back \\"Back"
          let raw = #"Back \\(Back)"#
          let long = \"""
            Back
            \"""
        }
        """)
    let back = SourceFile(
      path: "Sources/M/B/Back.swift", text: "public struct Back {\n  let there: There\n}")
    #expect(DependencyGraph.folders([there, back]).circular.isEmpty)

    let interpolated = SourceFile(
      path: "Sources/M/A/There.swift", text: "struct There {}\nlet x = \"a (\\(Back.self)) b\"")
    #expect(
      DependencyGraph.folders([interpolated, back]).circular == [
        "Sources/M/A needs Sources/M/B: Sources/M/A/There.swift:2: Back",
        "Sources/M/B needs Sources/M/A: Sources/M/B/Back.swift:2: There",
      ])

    let modules = [("A", "B"), ("B", "C"), ("C", "A"), ("D", "A")].map { module, other in
      SourceFile(path: "Sources/\(module)/F.swift", text: "public import \(other)")
    }
    #expect(DependencyGraph.modules(modules).circular.count == 3)
  }
}
