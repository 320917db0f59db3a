import FoundationEssentials
import SweepPlan

/// A result folder whose sweep cannot be read, or that belongs to another sweep.
public enum StoredSweepError: Error, Equatable, CustomStringConvertible {
  /// The folder has no record of its sweep: it is from an older version, or not a result folder.
  case missing(path: String)
  /// The record cannot be read.
  case damaged(path: String, reason: String)
  /// The system does not let this user read the record.
  case unreadable(path: String, reason: String)
  /// The folder belongs to another sweep.
  case another(path: String, found: String, allowed: String)

  public var description: String {
    switch self {
    case .missing(let path):
      "\(path): no such file, so the sweep of this folder is unknown; run the sweep again with "
        + "--out and this folder, which runs only the missing trials"
    case .damaged(let path, let reason):
      "\(path): \(reason); run the sweep again with --out and this folder, which runs only the "
        + "missing trials"
    case .unreadable(let path, let reason):
      "\(path): \(reason)"
    case .another(let path, let found, let allowed):
      "\(path): holds the results of the sweep \(found), but this one is \(allowed); "
        + "choose another folder with --out"
    }
  }
}

extension ResultFolder {
  /// The inputs that determine a sweep besides its file.
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

  private static let sweepName = Name.journal + "/sweep.yaml"
  private static let inputsName = Name.journal + "/inputs.json"

  private static func name(of hash: String) -> String { "\(Name.journal)/inputs/\(hash).txt" }

  /// Stores a sweep file and all files that it names, so that tables, figures and report can be
  /// made from this folder alone.
  ///
  /// A sweep may change, for example grow, and keep its folder. It is identified by its name.
  ///
  /// - Throws: ``WriteError``; ``StoredSweepError/another(path:found:allowed:)`` if the folder
  ///   belongs to a sweep with another name.
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
  /// - Throws: ``StoredSweepError``, or `SweepFileError` if this version rejects the file.
  public func storedSweep() throws -> SweepFile {
    let bytes = try stored(Self.sweepName, limit: SweepFile.maximumSize)
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let json = try stored(Self.inputsName)
    guard let inputs = try? decoder.decode(Inputs.self, from: Data(json)),
      inputs.files.allSatisfy({ ContentHash($0.hash) != nil })
    else {
      throw StoredSweepError.damaged(
        path: path + "/" + Self.inputsName, reason: "not in the form that a run writes")
    }
    let files = inputs.files.compactMap { file in
      InputFile.Role(rawValue: file.role).map { (role: $0, path: file.path) }
    }
    return try SweepFile(
      bytes, path: inputs.sweepFile, overrides: try inputs.overrides.map(Override.init),
      source: InputFileSource(files) { role, path in
        guard let file = inputs.files.first(where: { $0.role == role.rawValue && $0.path == path })
        else {
          throw StoredSweepError.damaged(
            path: self.path + "/" + Self.inputsName, reason: "\(path) is not named")
        }
        let found = try InputFile(
          role, path, bytes: try self.stored(Self.name(of: file.hash)))
        // Earlier versions hashed the bytes.
        let hashes = [
          found.contentHash, found.formerHash, ContentHash(of: Array(found.text.utf8)),
        ]
        guard hashes.contains(where: { $0.description == file.hash }) else {
          throw StoredSweepError.damaged(
            path: self.path + "/" + Self.name(of: file.hash), reason: "the content has changed")
        }
        return found
      })
  }

  /// The name of the sweep that was stored last; nil if there is none, or it has no name.
  private var storedName: String? {
    (try? stored(Self.sweepName)).flatMap(SweepFile.name)
  }

  private func stored(
    _ name: String, limit: Int = InputFile.maximumSize
  ) throws(StoredSweepError) -> [UInt8] {
    let file = path + "/" + name
    do {
      return try RegularFile.bytes(of: file, limit: limit)
    } catch {
      switch error {
      case .missing: throw .missing(path: file)
      case .refused: throw .unreadable(path: file, reason: "\(error)")
      case .folder, .notAFile, .tooLarge: throw .damaged(path: file, reason: "\(error)")
      }
    }
  }
}

/// The sweep of a result folder, with the results of its trials.
public struct StoredSweep: Sendable {
  /// The folder.
  public let folder: ResultFolder
  /// The sweep.
  public let sweep: SweepFile
  /// Its trials.
  public let plan: Plan
  /// The finished trials.
  public let journal: JournalContents

  /// Reads a result folder.
  ///
  /// - Throws: ``StoredSweepError``, ``JournalError``, or `SweepFileError` if this version rejects
  ///   the sweep file.
  public init(_ folder: ResultFolder) throws {
    self.folder = folder
    sweep = try folder.storedSweep()
    plan = try Plan(sweep)
    journal = try folder.readJournal()
  }
}
