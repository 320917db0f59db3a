import Parameters
import YAML

/// Validates the parts of a written sweep file.
struct SweepFileValidator {
  typealias Written = WrittenSweepFile

  /// The most exclusions that a block may have.
  static let maximumExclusions = 1000

  /// The most blocks that a grid may have.
  static let maximumBlocks = 10_000

  var reader: ValueReader
  let overrides: [Override]

  init(
    path: String, overrides: [Override], readFile: @escaping SweepFile.FileReading,
    validateFile: @escaping SweepFile.FileValidation
  ) {
    reader = ValueReader(
      path: path, folder: RegularFile.folder(of: path), readFile: readFile,
      validateFile: validateFile)
    self.overrides = overrides
  }

  /// A name that is safe as the name of a folder.
  func name(_ written: Written.Scalar?) throws -> String {
    let allowed = "letters, digits, '_', '-' and '.', at most 100, the first of them no '.'"
    guard let written else {
      throw SweepFileError(.file(reader.path), .missingKey("name", allowed: allowed))
    }
    let isSafe = written.text.utf8.allSatisfy { byte in
      switch UInt8(byte) {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"),
        UInt8(ascii: "."):
        true
      default: false
      }
    }
    guard isSafe, 1...100 ~= written.text.utf8.count, !written.text.hasPrefix(".") else {
      throw reader.error(
        written.mark,
        .notAllowed(key: "name", found: quoted(written.text), allowed: allowed))
    }
    return written.text
  }

  /// The tests, each once; recall where none are named.
  func scoreGroups(_ written: Written.Words?) throws -> [ScoreGroup] {
    guard let written else { return [.recall] }
    let known = ScoreGroup.allCases.map(\.rawValue)
    if written.words.isEmpty { throw reader.error(written.mark, .emptyGrid(key: "scores")) }
    let scoreGroups = try written.words.map { word in
      guard let test = ScoreGroup(rawValue: word.text) else {
        throw reader.error(
          word.mark,
          .notAllowed(
            key: "scores", found: quoted(word.text), allowed: known.joined(separator: ", ")))
      }
      return test
    }
    return ScoreGroup.allCases.filter(scoreGroups.contains)
  }

  /// The longest that a trial may take [s]; nil where nothing is said.
  func trialTimeout(_ written: Written.Scalar?) throws -> Double? {
    try written.map { written in
      guard let seconds = DurationText.seconds(written.text) else {
        throw reader.error(
          written.mark,
          .notAllowed(
            key: "trial_timeout", found: quoted(written.text), allowed: DurationText.allowed))
      }
      return seconds
    }
  }

  /// The keys over which summaries are taken; the seeds where none are named.
  func replicates(_ written: Written.Words?) throws -> [String] {
    let keys =
      try written?.words.map { try reader.parameter($0.text, at: $0.mark).key }
      ?? ["seed", "pattern_seed"]
    return Parameter.all.map(\.key).filter(keys.contains)
  }

  /// The blocks of the grid, over the defaults and what is fixed.
  mutating func blocks(_ written: Written) throws -> [GridBlock] {
    guard let gridMark = written.gridMark else {
      throw SweepFileError(
        .file(reader.path),
        .missingKey("grid", allowed: "a mapping of parameters to the values to sweep"))
    }
    if written.blocks.isEmpty { throw reader.error(gridMark, .emptyGrid(key: "grid")) }
    guard written.blocks.count <= Self.maximumBlocks else {
      throw reader.error(
        gridMark, .tooMany("blocks", count: written.blocks.count, limit: Self.maximumBlocks))
    }
    for block in written.blocks { try checkNames(block, fixed: written.fixed) }
    try checkSize(written.blocks, at: gridMark)

    var base = Parameter.all.map { $0.defaultValue }
    var places: [Int: SweepFileError.Place] = [:]
    try fix(written.fixed, &base, &places)
    return try written.blocks.flatMap {
      try self.block($0, base: base, places: places).completedByModel()
    }
  }

  /// Fills in what the file fixes and the command line sets.
  private mutating func fix(
    _ fixed: [Written.Entry], _ base: inout [ParameterValue?],
    _ places: inout [Int: SweepFileError.Place]
  ) throws {
    let set = Set(overrides.map(\.key))
    for entry in fixed {
      let parameter = try reader.parameter(entry.key, at: entry.keyMark)
      guard case .scalar(let scalar) = entry.values else {
        let found = if case .list = entry.values { "a list" } else { "a range" }
        throw reader.error(
          entry.mark,
          .notAllowed(
            key: entry.key, found: found, allowed: "a single value here, and several in grid"))
      }
      // A file that the command line replaces need not exist.
      if InputFile.Role(rawValue: entry.key) != nil && set.contains(entry.key) { continue }
      let index = Parameter.index[entry.key]!
      base[index] = try reader.value(scalar, of: parameter)
      places[index] = .position(reader.path, entry.keyMark)
    }
    for override in overrides {
      let index = Parameter.index[override.key]!
      base[index] = override.value
      places[index] = .commandLine(override.argument)
    }
    for role in InputFile.Role.allCases {
      guard let override = overrides.last(where: { $0.key == role.rawValue }) else { continue }
      try reader.load(role, override.value, at: .commandLine(override.argument), folder: ".")
    }
  }
}
