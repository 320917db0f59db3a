import YAML

/// An error in a sweep file or in the settings of the command line.
///
/// The description has the form `file:line:column: sentence`. The sentence names the key, the value
/// found and the allowed values.
public struct SweepFileError: Error, Hashable, Sendable {
  public let place: Place
  public let problem: Problem

  /// A place in the definition of a sweep.
  public enum Place: Hashable, Sendable {
    /// A whole file.
    case file(String)
    /// A line and column of a file.
    case position(String, Mark)
    /// `--set key=value`.
    case commandLine(String)
  }

  public enum Problem: Hashable, Sendable {
    /// The sweep file cannot be read.
    case file(FileProblem)
    /// The sweep file is not YAML.
    case yaml(YAMLError.Reason)
    /// A value is not allowed, or values contradict each other.
    case parameter(ParameterError)
    /// A key that does not exist in this part of the file.
    case unknownKey(String, nearest: String?, allowed: [String])
    /// A key whose name has changed.
    case renamedKey(String, now: String)
    /// A required part of the file is missing.
    case missingKey(String, allowed: String)
    /// A value that is not allowed for its key.
    case notAllowed(key: String, found: String, allowed: String)
    /// A key that has values already, at the mark.
    case namedTwice(key: String, first: Mark)
    /// The grid has no keys, or a key no values.
    case emptyGrid(key: String)
    /// All trials of a block are excluded.
    case everythingExcluded
    /// An exclusion names a key that its block does not sweep.
    case excludesUnsweptKey(String)
    /// Lists of one `zip` differ in length.
    case unequalZip(key: String, count: Int, other: String, otherCount: Int)
    /// The command line sets a key that the grid sweeps, at the mark.
    case setsSweptKey(String, swept: Mark)
    /// Too many trials, values or exclusions; `count` is nil beyond `Int.max`.
    case tooMany(String, count: Int?, limit: Int)
    /// No pattern meets a request.
    case request(reason: String)
    /// An input file cannot be read, or its content is invalid.
    case input(InputFile.Role, path: String, reason: String)
  }

  init(_ place: Place, _ problem: Problem) {
    self.place = place
    self.problem = problem
  }
}

/// A reader of one sweep file, which creates errors with positions in it.
protocol SweepFileReading {
  /// The sweep file, for messages.
  var path: String { get }
}

extension SweepFileReading {
  func error(_ mark: Mark, _ problem: SweepFileError.Problem) -> SweepFileError {
    SweepFileError(.position(path, mark), problem)
  }

  func error(_ mark: Mark, _ key: String, found: String, allowed: String) -> SweepFileError {
    error(mark, .notAllowed(key: key, found: found, allowed: allowed))
  }

  /// The error for a value that is not allowed for its key.
  func error(
    _ scalar: WrittenSweepFile.Scalar, _ key: String, allowed: String
  ) -> SweepFileError {
    error(scalar.mark, key, found: quoted(scalar.text), allowed: allowed)
  }
}

extension SweepFileError: CustomStringConvertible {
  public var description: String { "\(place): \(problem)" }
}

extension SweepFileError.Place: CustomStringConvertible {
  /// The form that editors and terminals show as a link.
  public var description: String {
    switch self {
    case .file(let path): path.escapingControlCharacters
    case .position(let path, let mark): "\(path.escapingControlCharacters):\(mark)"
    case .commandLine(let argument): "--set \(argument.escapingControlCharacters)"
    }
  }
}

extension SweepFileError.Problem: CustomStringConvertible {
  /// One sentence, without the place.
  public var description: String {
    switch self {
    case .file(let problem): return problem.description
    case .yaml(let reason): return "this is not a sweep file: \(reason)".escapingControlCharacters
    case .parameter(let error): return error.description
    case .unknownKey(let key, let nearest, let allowed):
      return "unknown key \(quoted(key))\(didYouMean(nearest)); expected "
        + allowed.joined(separator: ", ")
    case .renamedKey(let key, let now):
      return "\(key): this key is called \(quoted(now)) now; expected '\(now): …'"
    case .missingKey(let key, let allowed): return "\(key): got nothing; expected \(allowed)"
    case .notAllowed(let key, let found, let allowed):
      return "\(key): got \(found); expected \(allowed)"
    case .namedTwice(let key, let first):
      return "\(key): got values for it again; it has values from line \(first.line) already"
    case .emptyGrid(let key):
      return "\(key): got an empty \(key == "grid" ? "grid" : "list"); "
        + "expected at least one \(key == "grid" ? "key with its values" : "value")"
    case .everythingExcluded:
      return "exclude: got exclusions that leave no trial of this block; "
        + "expected at least one trial"
    case .excludesUnsweptKey(let key):
      return "exclude: got \(quoted(key)), which this block does not sweep; "
        + "expected a key of the same block"
    case .unequalZip(let key, let count, let other, let otherCount):
      return "zip: got \(count) values of \(key) and \(otherCount) of \(other); "
        + "expected equally many"
    case .setsSweptKey(let key, let swept):
      return "\(key): got a value for a key that the grid sweeps (line \(swept.line)); "
        + "expected any key that is not in the grid"
    case .tooMany(let what, let count, let limit):
      let found = count.map { "\($0)" } ?? "more than \(Int.max)"
      return "got \(found) \(what); expected at most \(limit)"
    case .request(let reason):
      return "pattern: \(reason.escapingControlCharacters)"
    case .input(let role, let path, let reason):
      return "\(role.rawValue): got \(quoted(path, limit: 1000)), "
        + "but \(reason.escapingControlCharacters); expected a readable \(role) file, or "
        + (role == .pattern ? "generated" : "none")
    }
  }
}
