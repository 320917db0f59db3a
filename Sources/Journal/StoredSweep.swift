import FoundationEssentials
import SweepPlan

/// Why a result folder does not tell which sweep it is of.
public enum StoredSweepError: Error, Equatable, CustomStringConvertible {
  /// There is no record, as in the folders of older versions, or this is no result folder.
  case missing(path: String)
  /// The record cannot be read.
  case damaged(path: String, reason: String)
  /// The folder is that of another sweep.
  case another(path: String, found: String, allowed: String)

  public var description: String {
    switch self {
    case .missing(let path):
      "\(path): no such file, so this folder does not tell which sweep it is of; run the sweep "
        + "once more with --out and this folder, which runs only what is missing"
    case .damaged(let path, let reason):
      "\(path): \(reason); run the sweep once more with --out and this folder, which runs only "
        + "what is missing"
    case .another(let path, let found, let allowed):
      "\(path): holds the results of the sweep \(found), and this one is \(allowed); "
        + "choose another folder with --out"
    }
  }
}

extension ResultFolder {
  /// What else determines a sweep beside its file.
  private struct Inputs: Codable {
    /// A file that a parameter names; its content is stored under its hash.
    struct File: Codable {
      var role: String
      var path: String
      var hash: String
    }

    var sweepFile: String
    var overrides: [String]
    var files: [File]
  }

  private static let sweepName = "journal/sweep.yaml"
  private static let inputsName = "journal/inputs.json"

  private static func name(of hash: String) -> String { "journal/inputs/\(hash).txt" }

  /// Stores a sweep file and all that it names, so that tables, figures and report can be made from
  /// this folder alone.
  ///
  /// A sweep may change and keep its folder: grow, for example. Its name tells it from others.
  ///
  /// - Throws: ``WriteError``; ``StoredSweepError/another(path:found:allowed:)`` where the folder is
  ///   that of a sweep with another name.
  public func store(_ sweep: SweepFile) throws {
    if let name = storedName, name != sweep.name {
      throw StoredSweepError.another(path: path, found: name, allowed: sweep.name)
    }
    for file in sweep.files {
      try write(Data(file.text.utf8), to: Self.name(of: file.contentHash.description))
    }
    let inputs = Inputs(
      sweepFile: sweep.path, overrides: sweep.overrides.map(\.argument),
      files: sweep.files.map {
        Inputs.File(
          role: $0.role.rawValue, path: $0.path, hash: $0.contentHash.description)
      })
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    try write(encoder.encode(inputs) + Data("\n".utf8), to: Self.inputsName)
    try write(Data(sweep.bytes), to: Self.sweepName)
  }

  /// The sweep that ``store(_:)`` stored last.
  ///
  /// - Throws: ``StoredSweepError``, or `SweepFileError` where this version does not allow what the
  ///   file says.
  public func storedSweep() throws -> SweepFile {
    let bytes = try stored(Self.sweepName)
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let json = try stored(Self.inputsName)
    guard let inputs = try? decoder.decode(Inputs.self, from: json) else {
      throw StoredSweepError.damaged(
        path: path + "/" + Self.inputsName, reason: "this is not what a run writes")
    }
    return try SweepFile(
      [UInt8](bytes), path: inputs.sweepFile, overrides: try inputs.overrides.map(Override.init),
      readFile: { role, path, _ in
        guard let file = inputs.files.first(where: { $0.role == role.rawValue && $0.path == path })
        else {
          throw StoredSweepError.damaged(
            path: self.path + "/" + Self.inputsName, reason: "\(path) is not named")
        }
        let found = try InputFile(
          role, path, bytes: [UInt8](try self.stored(Self.name(of: file.hash))))
        // Earlier versions hashed the bytes.
        let hashes = [found.contentHash, ContentHash(of: Array(found.text.utf8))]
        guard hashes.contains(where: { $0.description == file.hash }) else {
          throw StoredSweepError.damaged(
            path: self.path + "/" + Self.name(of: file.hash), reason: "the content was changed")
        }
        return found
      })
  }

  /// The name of the sweep that was stored last; nil where there is none that has one.
  private var storedName: String? {
    guard let bytes = try? stored(Self.sweepName) else { return nil }
    return SweepFile.name(in: [UInt8](bytes))
  }

  private func stored(_ name: String) throws(StoredSweepError) -> Data {
    let file = path + "/" + name
    guard let data = FileManager.default.contents(atPath: file) else {
      throw .missing(path: file)
    }
    return data
  }
}

/// The sweep of a result folder, with all that is known of its trials.
public struct StoredSweep: Sendable {
  /// The folder.
  public let folder: ResultFolder
  /// The sweep.
  public let sweep: SweepFile
  /// Its trials.
  public let plan: Plan
  /// What has been finished.
  public let journal: JournalContents

  /// Reads a result folder.
  ///
  /// - Throws: ``StoredSweepError``, ``JournalError``, or `SweepFileError` if this version does not
  ///   allow what the sweep file says.
  public init(_ folder: ResultFolder) throws {
    self.folder = folder
    sweep = try folder.storedSweep()
    plan = try Plan(sweep)
    journal = try folder.readJournal()
  }
}
