import YAML

/// A sweep that can run: every name is known and every value allowed.
///
/// Whether the values of each trial fit together is checked by ``Plan``, which expands the grid.
public struct SweepFile: Sendable {
  /// The largest file that is read [bytes].
  public static let maximumSize = 1_000_000

  /// The most trials that a sweep may have, before exclusions.
  public static let maximumTrials = ValueReader.limit

  /// The file's path as given.
  public let path: String

  /// The file's bytes.
  public let bytes: [UInt8]

  /// The hash of the file's bytes.
  public let contentHash: ContentHash

  /// The sweep's name, safe as the name of a folder.
  public let name: String

  /// What the sweep is about; may be empty.
  public let description: String

  /// What is measured on every trial, in a fixed order.
  public let tests: [SweepTest]

  /// The keys over which summaries are taken, in the order of ``Parameter/all``.
  public let replicates: [String]

  /// The longest that a trial may take [s]; nil for any time. No part of a trial's identity.
  public let trialTimeout: Double?

  /// What is searched instead of running the whole grid; nil where all of it is run.
  public let search: FrontierSearch?

  /// What the command line set.
  public let overrides: [Override]

  /// The files that the sweep names, sorted by role and path.
  public var files: [InputFile] { inputFiles.all }

  /// The files by role and path.
  let inputFiles: InputFiles

  /// The blocks of the grid.
  let blocks: [GridBlock]

  /// Looks into a file that a parameter names.
  ///
  /// It receives what the file is for and its text, and throws if it is not what it should be. The
  /// error's description becomes part of the message.
  public typealias FileValidation =
    (_ role: InputFile.Role, _ text: String) throws -> InputFile.Facts?

  /// Reads a file that a parameter names.
  ///
  /// It receives what the file is for, its path as written, and what a relative one is relative to.
  public typealias FileReading =
    (_ role: InputFile.Role, _ path: String, _ folder: String) throws -> InputFile

  /// Reads and validates a sweep file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - overrides: What the command line sets; it takes the place of what the file fixes. A path
  ///     that is set is relative to the working folder, one in the file to the file's.
  ///   - validateFile: Looks into each file, once.
  /// - Throws: ``SweepFileError`` for the first thing that is wrong.
  public init(
    contentsOf path: String, overrides: [Override] = [],
    validateFile: @escaping FileValidation = InputFile.Facts.init
  ) throws {
    let bytes: [UInt8]
    do {
      bytes = try RegularFile.bytes(of: path, limit: Self.maximumSize)
    } catch {
      throw SweepFileError(.file(path), .file(error))
    }
    try self.init(bytes, path: path, overrides: overrides, validateFile: validateFile)
  }

  /// The name that a sweep file gives, also one with parts that this version does not know; nil
  /// where it gives none.
  public static func name(in bytes: [UInt8]) -> String? {
    (try? YAMLNode(parsing: bytes))?.mapping?.first { $0.key == "name" }?.value.scalar?.text
  }

  /// Validates the bytes of a sweep file; see ``init(contentsOf:overrides:validateFile:)``.
  ///
  /// - Parameter readFile: Reads the files that parameters name, from where they are by default.
  public init(
    _ bytes: [UInt8], path: String, overrides: [Override] = [],
    readFile: @escaping FileReading = { try InputFile($0, $1, in: $2) },
    validateFile: @escaping FileValidation = InputFile.Facts.init
  ) throws {
    let root: YAMLNode
    do {
      root = try YAMLNode(parsing: bytes)
    } catch let error as YAMLError {
      throw SweepFileError(.position(path, error.mark), .yaml(error.reason))
    }
    var written = try WrittenSweepFile(root, path: path)
    written.sweepSearchedAxis()
    var validator = SweepFileValidator(
      path: path, overrides: overrides, readFile: readFile, validateFile: validateFile)

    self.path = path
    self.bytes = bytes
    self.overrides = overrides
    contentHash = ContentHash(of: bytes)
    name = try validator.name(written.name)
    description = written.description?.text ?? ""
    tests = try validator.tests(written.tests)
    replicates = try validator.replicates(written.replicates)
    trialTimeout = try validator.trialTimeout(written.trialTimeout)
    blocks = try validator.blocks(written)
    search = try validator.search(written.search, tests: tests, replicates: replicates)
    inputFiles = validator.reader.files
  }
}
