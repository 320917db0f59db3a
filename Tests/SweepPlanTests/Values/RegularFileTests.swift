import Foundation
import TestSupport
import Testing

@testable import SweepPlan

@Suite("Only regular files are read, and only up to their limit")
struct RegularFileTests {
  @Test("A file of exactly the limit is read, one byte more is not")
  func limit() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("f")
      try Data([1, 2, 3]).write(to: file)
      #expect(try RegularFile.bytes(of: file.path, limit: 3) == [1, 2, 3])
      #expect(throws: FileProblem.tooLarge(limit: 2)) {
        try RegularFile.bytes(of: file.path, limit: 2)
      }
    }
  }

  @Test("A pipe nobody writes to does not hang")
  func pipe() throws {
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("pipe").path
      #expect(mkfifo(path, 0o600) == 0)
      #expect(throws: FileProblem.notAFile) { try RegularFile.bytes(of: path, limit: 10) }
    }
  }

  @Test("A file that nobody may read names the system's reason", .enabled(if: geteuid() != 0))
  func permissions() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("f")
      try Data([1]).write(to: file)
      #expect(chmod(file.path, 0) == 0)
      #expect(throws: FileProblem.refused("Permission denied")) {
        try RegularFile.bytes(of: file.path, limit: 10)
      }
    }
  }

  @Test("Names that no file can have", arguments: ["", "a\0b", "/nonexistent/a", "/dev/null/a"])
  func missing(path: String) {
    #expect(throws: FileProblem.missing()) { try RegularFile.bytes(of: path, limit: 10) }
  }

  @Test(
    "Relative paths start at the folder of the file that names them",
    arguments: [
      ("s.yaml", "p.txt", "p.txt"), ("a/s.yaml", "p.txt", "a/p.txt"), ("/s.yaml", "p", "//p"),
      ("a/b/s.yaml", "../p", "a/b/../p"), ("a/s.yaml", "/p", "/p"),
    ])
  func paths(file: String, path: String, expected: String) {
    #expect(RegularFile.path(path, in: RegularFile.folder(of: file)) == expected)
  }
}
