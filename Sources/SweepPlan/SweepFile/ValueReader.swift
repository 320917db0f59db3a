import Parameters
import YAML

/// Converts written values to values of a parameter.
///
/// It reads each file that a value names once, so an error in the file has the position of its name.
struct ValueReader: SweepFileReading {
  /// The largest number of values of a key, and of trials of a sweep.
  static let limit = 10_000_000

  let path: String

  let source: InputFileSource

  /// The files that have been read.
  private(set) var files = InputFiles()

  init(path: String, source: InputFileSource) {
    self.path = path
    self.source = source
  }

  /// The parameter with a key.
  ///
  /// - Throws: ``SweepFileError`` for an unknown key.
  func parameter(_ key: String, at mark: Mark) throws -> Parameter {
    if let parameter = Parameter.named(key) { return parameter }
    let nearest = key.nearest(of: Parameter.all.map(\.key))
    throw error(mark, .parameter(.unknownKey(key, nearest: nearest)))
  }

  /// Written values, with the files in place of a pattern such as `songs/*.txt`. A file whose name is the
  /// pattern, and a pattern without files, remain as they are.
  private func filed(
    _ scalars: [WrittenSweepFile.Scalar], of parameter: Parameter
  ) -> [WrittenSweepFile.Scalar] {
    guard let role = InputFile.Role(rawValue: parameter.key),
      scalars.contains(where: { InputFileSource.isPattern($0.text) })
    else { return scalars }
    let folder = RegularFile.folder(of: path)
    return scalars.flatMap { scalar in
      guard InputFileSource.isPattern(scalar.text),
        (try? source.read(role, scalar.text, folder)) == nil
      else { return [scalar] }
      let paths = source.paths(role, scalar.text, folder)
      return paths.isEmpty
        ? [scalar] : paths.map { .init(text: $0, isPlain: false, mark: scalar.mark) }
    }
  }

  /// A single value.
  ///
  /// - Throws: ``SweepFileError`` for a value that is not allowed, a pattern for several files, or a bad
  ///   file.
  mutating func value(
    _ scalar: WrittenSweepFile.Scalar, of parameter: Parameter
  ) throws -> ParameterValue {
    let scalars = filed([scalar], of: parameter)
    guard let scalar = scalars.first, scalars.count == 1 else {
      throw error(
        scalar.mark, parameter.key,
        found: "\(quoted(scalar.text)), which matches \(scalars.count) files",
        allowed: "a single file here, and several in grid")
    }
    return try read(scalar, of: parameter)
  }

  private mutating func read(
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
      let file = try source.read(role, name, folder)
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
    case .scalar(let scalar): return try count([scalar], entry)
    case .list(let scalars): return try count(scalars, entry)
    case .range(let range):
      let parameter = try parameter(entry.key, at: entry.keyMark)
      return try self.range(range, of: parameter, at: entry.mark).count
    }
  }

  private func count(
    _ scalars: [WrittenSweepFile.Scalar], _ entry: WrittenSweepFile.Entry
  ) throws -> Int {
    filed(scalars, of: try parameter(entry.key, at: entry.keyMark)).count
  }

  /// The values of an entry, in the order of the file.
  ///
  /// - Throws: ``SweepFileError``, also for a list without values and for a range with too many.
  mutating func values(_ entry: WrittenSweepFile.Entry) throws -> [ParameterValue] {
    let parameter = try parameter(entry.key, at: entry.keyMark)
    switch entry.values {
    case .scalar(let scalar):
      return try filed([scalar], of: parameter).map { try read($0, of: parameter) }
    case .list(let scalars):
      if scalars.isEmpty { throw error(entry.mark, .emptyGrid(key: entry.key)) }
      return try filed(scalars, of: parameter).map { try read($0, of: parameter) }
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
