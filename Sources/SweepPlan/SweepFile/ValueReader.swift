import Parameters
import YAML

/// Turns written values into values of a parameter.
///
/// It loads each file that a value names, once, so that a missing or malformed one is reported
/// where its name stands.
struct ValueReader {
  /// The most values that one key may have, and trials that a sweep may have.
  static let limit = 10_000_000

  /// The sweep file's name, for messages.
  let path: String

  /// The folder that paths are relative to.
  let folder: String

  /// Reads a file.
  let readFile: SweepFile.FileReading

  /// Looks into a file.
  let validateFile: SweepFile.FileValidation

  /// The files met so far.
  private(set) var files = InputFiles()

  init(
    path: String, folder: String, readFile: @escaping SweepFile.FileReading,
    validateFile: @escaping SweepFile.FileValidation
  ) {
    self.path = path
    self.folder = folder
    self.readFile = readFile
    self.validateFile = validateFile
  }

  /// An error at a place of the sweep file.
  func error(_ mark: Mark, _ problem: SweepFileError.Problem) -> SweepFileError {
    SweepFileError(.position(path, mark), problem)
  }

  /// The parameter of a key.
  ///
  /// - Throws: ``SweepFileError`` for an unknown key.
  func parameter(_ key: String, at mark: Mark) throws -> Parameter {
    if let parameter = Parameter.named(key) { return parameter }
    let nearest = key.nearest(of: Parameter.all.map(\.key))
    throw error(mark, .parameter(.unknownKey(key, nearest: nearest)))
  }

  /// A single value.
  ///
  /// - Throws: ``SweepFileError`` for a value that is not the parameter's, or a bad file.
  mutating func value(
    _ scalar: WrittenSweepFile.Scalar, of parameter: Parameter
  ) throws -> ParameterValue {
    let value: ParameterValue
    do {
      value = try parameter.value(reading: scalar.text, isPlain: scalar.isPlain)
    } catch let problem as ParameterError {
      throw error(scalar.mark, .parameter(problem))
    }
    if let role = InputFile.Role(rawValue: parameter.key) {
      try load(role, value, at: .position(path, scalar.mark), folder: folder)
    }
    return value
  }

  /// Reads the file that a value of a role's parameter names, unless it names none or that was
  /// done.
  ///
  /// - Throws: ``SweepFileError``.
  mutating func load(
    _ role: InputFile.Role, _ value: ParameterValue, at place: SweepFileError.Place, folder: String
  ) throws {
    guard let name = role.path(value), files[role, name] == nil else { return }
    let found = RegularFile.path(name, in: folder)
    do {
      var file = try readFile(role, name, folder)
      file.facts = try validateFile(role, file.text)
      files.insert(file)
    } catch {
      throw SweepFileError(place, .input(role, path: found, reason: "\(error)"))
    }
  }

  /// How many values an entry has, without making them; nil beyond `Int.max`.
  ///
  /// - Throws: ``SweepFileError`` for a range that cannot be one of the parameter.
  mutating func count(_ entry: WrittenSweepFile.Entry) throws -> Int? {
    switch entry.values {
    case .scalar: return 1
    case .list(let scalars): return scalars.count
    case .range(let range):
      let parameter = try parameter(entry.key, at: entry.keyMark)
      return try self.range(range, of: parameter, entry).count
    }
  }

  /// The values of an entry, in the order of the file, each of them allowed.
  ///
  /// - Throws: ``SweepFileError``, also for a list without values and for too long a range.
  mutating func values(_ entry: WrittenSweepFile.Entry) throws -> [ParameterValue] {
    let parameter = try parameter(entry.key, at: entry.keyMark)
    switch entry.values {
    case .scalar(let scalar): return [try value(scalar, of: parameter)]
    case .list(let scalars):
      if scalars.isEmpty { throw error(entry.mark, .emptyGrid(key: entry.key)) }
      return try scalars.map { try value($0, of: parameter) }
    case .range(let written):
      let range = try range(written, of: parameter, entry)
      guard let count = range.count, count <= Self.limit else {
        throw error(
          entry.mark, .tooMany("values of \(entry.key)", count: range.count, limit: Self.limit))
      }
      let numbers: [ParameterValue] =
        switch range {
        case .integers: range.integers().map { .integer($0) }
        default:
          range.values().map {
            // The ends of a range of integers are integers; what lies between is rounded.
            parameter.kind == .integer ? .integer(Int(exactly: $0.rounded()) ?? .max) : .real($0)
          }
        }
      do {
        return try numbers.map(parameter.value)
      } catch let problem as ParameterError {
        throw error(entry.mark, .parameter(problem))
      }
    }
  }
}
