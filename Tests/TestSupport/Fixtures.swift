import Foundation

/// Where the data that tests read lives: `Tests/Fixtures`.
public enum Fixtures {
  /// The URL of a file below `Tests/Fixtures`.
  public static func url(_ path: String) -> URL {
    URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Fixtures").appendingPathComponent(path)
  }

  /// The inputs that a fuzzer found to be of interest for a reader, in `Tests/Fixtures/fuzz`.
  public static func fuzzed(_ reader: String) throws -> [(name: String, bytes: [UInt8])] {
    let folder = url("fuzz/" + reader)
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map { name in
      (name, [UInt8](try Data(contentsOf: folder.appendingPathComponent(name))))
    }
  }

  /// A pattern for trials of milliseconds: three visible neurons, four notes.
  public static let tinyPattern = """
    # name: tiny nNeurons: 3 nSteps: 4
    1 0 0 1
    0 1 0 0
    0 0 1 0

    """

  /// The text of a file below `Tests/Fixtures`.
  public static func text(_ path: String) throws -> String {
    try String(contentsOf: url(path), encoding: .utf8)
  }
}

/// Runs `body` with a new empty folder that is removed afterwards.
public func withTemporaryFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("elise-sweep-tests-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder)
}

/// Creates a folder with those above it.
public func makeFolder(_ folder: URL) throws {
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
}
