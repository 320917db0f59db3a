import FoundationEssentials
import Glibc
import Journal
import Report
import SweepPlan

/// The arguments of commands that read a sweep file.
struct SweepArguments {
  static let operand = "SWEEP.yaml"
  static let out = CommandOption(
    "out", value: "DIR", "result folder (default: results/NAME, with the name of the sweep)")
  static let retryFailed = CommandOption(
    "retry-failed", "repeat trials that failed, diverged or timed out")
  static let set = CommandOption(
    "set", value: "KEY=VALUE", isRepeatable: true, "set a fixed parameter; may be repeated")
  /// The allowed numbers of threads.
  static let threads = 1...1024

  /// The sweep.
  let sweep: SweepFile
  /// Its trials.
  let plan: Plan
  /// The result folder.
  let folder: ResultFolder

  /// Reads the sweep file and warns of likely mistakes in it.
  ///
  /// - Throws: ``UsageError``, or the error in the sweep file.
  init(_ arguments: ParsedArguments, of command: String) throws {
    let path = try arguments.operand(Self.operand, of: command)
    sweep = try SweepFile(
      contentsOf: path, overrides: try arguments.overrides())
    plan = try Plan(sweep)
    folder = ResultFolder(arguments.value(Self.out.name) ?? "results/" + sweep.name)
    for warning in plan.warnings { Console.note("warning: " + warning) }
  }

  /// Claims the result folder for the sweep.
  ///
  /// - Throws: ``UsageError`` if it cannot be written or belongs to another sweep; then nothing
  ///   has been changed.
  func openFolder() throws {
    do {
      try folder.store(sweep)
    } catch let error as ResultFolder.WriteError {
      throw UsageError("--out: \(error); choose another folder with --out DIR")
    }
  }
}

extension ResultFolder {
  /// Checks that a path is a result folder, and otherwise suggests one.
  ///
  /// - Throws: ``UsageError``.
  fileprivate static func check(_ path: String) throws {
    func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }
    func list(_ paths: [String]) -> String {
      let rest = paths.count > 5 ? " and \(paths.count - 5) more" : ""
      return paths.prefix(5).joined(separator: ", ") + rest
    }
    guard exists(path) else {
      let siblings = inside(parent(of: path))
      let nearby = siblings + inside("results").filter { !siblings.contains($0) }
      let slip = isResultFolder("results/" + path) ? "results/" + path : path.nearest(of: nearby)
      let folders = slip == nil && !nearby.isEmpty ? "; result folders: " + list(nearby) : ""
      throw UsageError("\(path): no such folder" + didYouMean(slip) + folders)
    }
    guard access(path + "/.", X_OK) == 0 || errno != EACCES else {
      throw UsageError("\(path): the folder cannot be read: \(String(cString: strerror(EACCES)))")
    }
    guard exists(path + "/.") else {
      let folders = inside("results")
      throw UsageError(
        "\(path): got a file; expected a result folder"
          + (folders.isEmpty ? ", such as results/NAME" : "; result folders: " + list(folders)))
    }
    guard !isResultFolder(path) else { return }
    let folders = inside(path)
    throw UsageError(
      "\(path): not a result folder, because it has no journal; "
        + (folders.isEmpty
          ? "expected the folder of a run: results/NAME, or the DIR of its --out"
          : "result folders inside it: " + list(folders)))
  }

  private static func parent(of path: String) -> String {
    let names = path.split(separator: "/", omittingEmptySubsequences: false)
    return names.count < 2 ? "." : names.dropLast().joined(separator: "/") + "/"
  }

  private static func isResultFolder(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: ResultFolder(path).journal)
  }

  /// The result folders directly inside a folder.
  private static func inside(_ folder: String) -> [String] {
    let start = folder == "." ? "" : folder.hasSuffix("/") ? folder : folder + "/"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.sorted().map { start + $0 }.filter(isResultFolder)
  }
}

extension ParsedArguments {
  /// The sweep of the one result folder of a command, with warnings of what is damaged in it.
  ///
  /// - Throws: ``UsageError`` if it is not a result folder.
  func storedSweep(of command: String, warnsOfTornEnds: Bool = true) throws -> StoredSweep {
    try Self.storedSweep(at: operand("DIR", of: command), warnsOfTornEnds: warnsOfTornEnds)
  }

  /// The sweep of a result folder, with warnings of what is damaged in it.
  ///
  /// - Throws: ``UsageError`` if it is not a result folder.
  static func storedSweep(at path: String, warnsOfTornEnds: Bool = true) throws -> StoredSweep {
    try ResultFolder.check(path)
    let stored = try StoredSweep(ResultFolder(path))
    for warning in stored.journal.damageWarnings(tornEnds: warnsOfTornEnds) {
      Console.note("warning: \(warning)")
    }
    return stored
  }

  /// The result folders of a command.
  ///
  /// - Throws: ``UsageError`` if one of them is none.
  func resultFolders(of command: String) throws -> [String] {
    let paths = try operands("DIR", of: command)
    for path in paths { try ResultFolder.check(path) }
    return paths
  }

  /// The assignments of `--set`.
  ///
  /// - Throws: ``UsageError``, or `ParameterError`.
  func overrides() throws -> [Override] {
    var typed: [String: String] = [:]
    return try all(SweepArguments.set.name).map { text in
      let value = text.split(separator: "=", maxSplits: 1).dropFirst().first ?? ""
      if value.hasPrefix("[") && value.hasSuffix("]")
        || value.hasPrefix("{") && value.hasSuffix("}")
      {
        throw UsageError(
          "--set \(text): got several values; expected one. Values to compare belong in the sweep "
            + "file, under `grid:`")
      }
      let override = try Override(text)
      if let first = typed.updateValue(text, forKey: override.key) {
        throw UsageError(
          "--set \(first) and --set \(text): got two values of \(override.key); expected one")
      }
      return override
    }
  }
}
