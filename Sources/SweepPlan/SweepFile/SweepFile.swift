import Parameters
import YAML

/// A valid sweep: every name is known and every value allowed.
///
/// ``Plan`` checks the values of each trial together.
public struct SweepFile: Sendable {
  /// The largest file that is read [bytes].
  public static let maximumSize = 1_000_000

  /// The largest number of trials, before exclusions.
  public static let maximumTrials = ValueReader.limit

  /// The path as given.
  public let path: String

  public let bytes: [UInt8]

  /// The hash of ``bytes``.
  public let contentHash: ContentHash

  /// The sweep's name, also valid as the name of a folder.
  public let name: String

  /// The description; may be empty.
  public let description: String

  /// The scores of every trial, in a fixed order.
  public let scoreGroups: [ScoreGroup]

  /// The keys over which summaries are taken, in the order of ``Parameter/all``.
  public let replicates: [String]

  /// The keys of the material, such as songs, in the order of ``Parameter/all``. A block, not a trial,
  /// is then a unit of statistics.
  public let blockKeys: [String]

  /// The level of some axes that contrasts compare with, by their keys. Other axes have the first value
  /// of the file.
  public let references: [String: ParameterValue]

  /// The longest time of a trial [s]; nil for no limit. It is not part of a trial's identity.
  public let trialTimeout: Double?

  /// The search that replaces the full grid, if any.
  public let search: FrontierSearch?

  /// The request to add replicates until an interval is narrow enough, if any.
  public let until: PrecisionTarget?

  /// The score that decides which trials run; nil if all run.
  package var decidingScore: ScoreColumn? {
    (search?.criterion.column ?? until?.scoreKey).flatMap(ScoreColumn.named)
  }

  /// The settings of the command line.
  public let overrides: [Override]

  /// The input files, sorted by role and path.
  public var files: [InputFile] { inputFiles.all }

  package let inputFiles: InputFiles

  /// The blocks of the grid.
  let blocks: [GridBlock]

  /// Sentences about probable mistakes, with their positions.
  let warnings: [String]

  /// Reads and validates a sweep file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - overrides: The settings of the command line; they replace values under `fixed`. Their paths
  ///     are relative to the working folder, those in the file to its folder.
  /// - Throws: ``SweepFileError`` for the first error.
  public init(contentsOf path: String, overrides: [Override] = []) throws {
    let bytes: [UInt8]
    do {
      bytes = try RegularFile.bytes(of: path, limit: Self.maximumSize)
    } catch {
      throw SweepFileError(.file(path), .file(error))
    }
    try self.init(bytes, path: path, overrides: overrides)
  }

  /// The name in a sweep file, which may have parts that this version does not know; nil if there is
  /// none.
  public static func name(in bytes: [UInt8]) -> String? {
    (try? YAMLNode(parsing: bytes))?.mapping?.first { $0.key == "name" }?.value.scalar?.text
  }

  /// Validates the bytes of a sweep file; see ``init(contentsOf:overrides:)``.
  ///
  /// - Parameter source: Where the files that parameters name are.
  public init(
    _ bytes: [UInt8], path: String, overrides: [Override] = [],
    source: InputFileSource = .disk
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
      reader: ValueReader(path: path, source: source), overrides: overrides)

    self.path = path
    self.bytes = bytes
    self.overrides = overrides
    contentHash = ContentHash(of: bytes)
    name = try validator.name(written.name)
    description = written.description?.text ?? ""
    scoreGroups = try validator.scoreGroups(written.scoreGroups)
    replicates = try validator.replicates(written.replicates)
    trialTimeout = try validator.trialTimeout(written.trialTimeout)
    until = try validator.until(&written, scoreGroups: scoreGroups, replicates: replicates)
    blocks = try validator.blocks(written)
    blockKeys = try validator.blockKeys(written, replicates: replicates)
    references = try validator.references(written, in: blocks)
    search = try validator.search(written.search, scoreGroups: scoreGroups, replicates: replicates)
    inputFiles = validator.reader.files
    warnings = validator.warnings
  }
}

extension SweepFile {
  /// Writes the sweep with its files to a message.
  package func write(to writer: inout ByteWriter) {
    writer.write(path)
    writer.write(bytes[...])
    writer.write(all: overrides) { $0.write($1.argument) }
    writer.write(all: files) { writer, file in
      writer.write(file.role.rawValue)
      writer.write(file.path)
      writer.write(file.text)
    }
  }

  /// Reads a sweep with its files from a message.
  package init(from reader: inout ByteReader) throws {
    let path = reader.read(String.self)
    let bytes = Array(reader.read(ArraySlice<UInt8>.self))
    let overrides = try reader.read(all: { $0.read(String.self) }).map { try Override($0) }
    let files = reader.read {
      (
        role: InputFile.Role(rawValue: $0.read(String.self))!, path: $0.read(String.self),
        text: $0.read(String.self)
      )
    }
    let source = InputFileSource(files.map { ($0.role, $0.path) }) { role, path in
      guard let file = files.first(where: { $0.role == role && $0.path == path }) else {
        throw FileProblem.missing()
      }
      return try InputFile(role, path, bytes: Array(file.text.utf8))
    }
    try self.init(bytes, path: path, overrides: overrides, source: source)
  }
}
