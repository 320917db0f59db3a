import Foundation
import TestSupport
import Testing

@Suite struct PackageTests {
  private static let project = Fixtures.url("../..").standardizedFileURL

  /// The modules that each target of `Package.swift` lists, by the target's folder.
  private static func declared() throws -> [String: Set<String>] {
    let text = try String(
      contentsOf: project.appendingPathComponent("Package.swift"), encoding: .utf8)
    var declared: [String: Set<String>] = [:]
    func add(_ name: Substring, _ list: Substring?, path: Substring?, isTest: Bool) {
      let names = Set((list ?? "").matches(of: /"([^"]+)"/).map { String($0.1) })
      declared[path.map(String.init) ?? (isTest ? "Tests/" : "Sources/") + name] =
        isTest ? names.union(["TestSupport"]) : names
    }
    for match in text.matches(of: /(module|tests)\(\s*"([^"]+)"(?:,\s*\[([^\]]*)\])?/) {
      add(match.2, match.3, path: nil, isTest: match.1 == "tests")
    }
    for match in text.matches(
      of: /arget\(\s*name: "([^"]+)"(?:,\s*dependencies: \[([^\]]*)\])?(?:,\s*path: "([^"]+)")?/)
    {
      add(match.1, match.2, path: match.3, isTest: false)
    }
    return declared
  }

  /// If this fails, `Package.swift` no longer shows the direction of dependencies: an import that it
  /// does not list compiles as long as another target needs that module, too.
  @Test("Every target lists exactly the modules that it imports") func lists() throws {
    let declared = try Self.declared()
    #expect(declared.count > 30)
    let targets = Set(
      declared.keys.map { String($0.split(separator: "/").last!).replacing("-", with: "_") })
    for (folder, listed) in declared.sorted(by: { $0.key < $1.key }) {
      let imported = Set(
        try SourceFile.all(in: folder, of: Self.project).flatMap(\.imports).map(\.text))
      guard !imported.isEmpty else { continue }
      let known = imported.filter(targets.contains)
      let missing = known.subtracting(listed.map { $0.replacing("-", with: "_") })
      #expect(missing.isEmpty, "\(folder) imports \(missing.sorted()) and does not list them")
      // Programs that tests start are listed, but not imported.
      let unused = listed.filter {
        !imported.contains($0.replacing("-", with: "_")) && $0 != "TestSupport"
          && $0 != "elise-sweep"
          && $0 != "communicator-checks"
      }
      #expect(unused.isEmpty, "\(folder) lists \(unused.sorted()) and does not import them")
    }
  }
}
