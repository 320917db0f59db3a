import Parameters
import YAML

/// Converts written values to values of a parameter.
///
/// It reads each file that a value names once, so an error in the file has the position of its name.
struct ValueReader: SweepFileReading {
  /// The largest number of values of a key, and of trials of a sweep.
  static let limit = 10_000_000

  let path: String

  let readFile: SweepFile.FileReading

  /// The files that have been read.
  private(set) var files = InputFiles()

  init(path: String, readFile: @escaping SweepFile.FileReading) {
    self.path = path
    self.readFile = readFile
  }

  /// The parameter with a key.
  ///
  /// - Throws: ``SweepFileError`` for an unknown key.
  func parameter(_ key: String, at mark: Mark) throws -> Parameter {
    if let parameter = Parameter.named(key) { return parameter }
    let nearest = key.nearest(of: Parameter.all.map(\.key))
    throw error(mark, .parameter(.unknownKey(key, nearest: nearest)))
  }

  /// A single value.
  ///
  /// - Throws: ``SweepFileError`` for a value that is not allowed, or a bad file.
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
      try load(
        role, value, at: .position(path, scalar.mark), folder: RegularFile.folder(of: path))
    }
    return value
  }

  /// Reads the file in a value of a parameter, if there is one that has not been read.
  ///
  /// - Throws: ``SweepFileError``.
  mutating func load(
    _ role: InputFile.Role, _ value: ParameterValue, at place: SweepFileError.Place, folder: String
  ) throws {
    guard let name = role.path(value), files[role, name] == nil else { return }
    do {
      let file = try readFile(role, name, folder)
      if let problem = file.problem { throw problem }
      files.insert(file)
    } catch {
      let found = RegularFile.path(name, in: folder)
      throw SweepFileError(place, .input(role, path: found, reason: "\(error)"))
    }
  }

  /// The number of values of an entry, which is not expanded; nil beyond `Int.max`.
  ///
  /// - Throws: ``SweepFileError`` for a range that its parameter cannot have.
  mutating func count(_ entry: WrittenSweepFile.Entry) throws -> Int? {
    switch entry.values {
    case .scalar: return 1
    case .list(let scalars): return scalars.count
    case .range(let range):
      let parameter = try parameter(entry.key, at: entry.keyMark)
      return try self.range(range, of: parameter, at: entry.mark).count
    }
  }

  /// The values of an entry, in the order of the file.
  ///
  /// - Throws: ``SweepFileError``, also for a list without values and for a range with too many.
  mutating func values(_ entry: WrittenSweepFile.Entry) throws -> [ParameterValue] {
    let parameter = try parameter(entry.key, at: entry.keyMark)
    switch entry.values {
    case .scalar(let scalar): return [try value(scalar, of: parameter)]
    case .list(let scalars):
      if scalars.isEmpty { throw error(entry.mark, .emptyGrid(key: entry.key)) }
      return try scalars.map { try value($0, of: parameter) }
    case .range(let written):
      let range = try range(written, of: parameter, at: entry.mark)
      guard let count = range.count, count <= Self.limit else {
        throw error(
          entry.mark, .tooMany("values of \(entry.key)", count: range.count, limit: Self.limit))
      }
      let numbers: [ParameterValue] =
        switch range {
        case .integers: range.integers().map { .integer($0) }
        default:
          range.values().map {
            // A range of integers with points has integers at its ends and rounded values between.
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
