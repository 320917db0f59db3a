import YAML

/// Why a sweep file, with what the command line sets, does not make a sweep.
///
/// The description has the form `file:line:column: sentence`, and the sentence names the key, what
/// was found and what is allowed.
public struct SweepFileError: Error, Hashable, Sendable {
  /// Where the cause is to be found.
  public let place: Place

  /// What is wrong there.
  public let problem: Problem

  /// Where something that makes a sweep was written.
  public enum Place: Hashable, Sendable {
    /// Nowhere in particular in a file.
    case file(String)
    /// At a line and column of a file.
    case position(String, Mark)
    /// In `--set key=value`.
    case commandLine(String)
  }

  /// What can be wrong.
  public enum Problem: Hashable, Sendable {
    /// The sweep file cannot be read.
    case file(FileProblem)
    /// The sweep file is not YAML.
    case yaml(YAMLError.Reason)
    /// A value is not one of its parameter, or values contradict each other.
    case parameter(ParameterError)
    /// A key that this part of the file does not know.
    case unknownKey(String, nearest: String?, allowed: [String])
    /// A part of the file that has to be there is not.
    case missingKey(String, allowed: String)
    /// Something else than the key's value can be.
    case notAllowed(key: String, found: String, allowed: String)
    /// A key has values already, at the mark.
    case namedTwice(key: String, first: Mark)
    /// The grid has no keys, or a key no values.
    case emptyGrid(key: String)
    /// The exclusions of a block leave nothing of it.
    case everythingExcluded
    /// An exclusion speaks of a key that its block does not sweep.
    case excludesUnsweptKey(String)
    /// Lists that are paired differ in length.
    case unequalZip(key: String, count: Int, other: String, otherCount: Int)
    /// The command line sets a key that the grid sweeps, at the mark.
    case setsSweptKey(String, swept: Mark)
    /// More trials, values or exclusions than a sweep may have; `count` is nil beyond `Int.max`.
    case tooMany(String, count: Int?, limit: Int)
    /// More notes are asked for than the pattern file has.
    case sequenceTooLong(found: Int, notes: Int, path: String)
    /// No sequence can be generated that is as asked for.
    case request(PatternRequest, reason: String)
    /// A file that a parameter names cannot be read, or is not what it should be.
    case input(InputFile.Role, path: String, reason: String)
  }

  /// Creates an error.
  public init(_ place: Place, _ problem: Problem) {
    self.place = place
    self.problem = problem
  }
}

extension SweepFileError: CustomStringConvertible {
  /// The place and the sentence.
  public var description: String { "\(place): \(problem)" }
}

extension SweepFileError.Place: CustomStringConvertible {
  /// The form that editors and terminals turn into a link.
  public var description: String {
    switch self {
    case .file(let path): path.escapingControlCharacters
    case .position(let path, let mark): "\(path.escapingControlCharacters):\(mark)"
    case .commandLine(let argument): "--set \(argument.escapingControlCharacters)"
    }
  }
}

extension SweepFileError.Problem: CustomStringConvertible {
  /// One sentence for the person who wrote the file, without the place.
  public var description: String {
    switch self {
    case .file(let problem): return problem.description
    case .yaml(let reason): return "this is not a sweep file: \(reason)".escapingControlCharacters
    case .parameter(let error): return error.description
    case .unknownKey(let key, let nearest, let allowed):
      return "unknown key \(quoted(key))\(didYouMean(nearest)); allowed is "
        + allowed.joined(separator: ", ")
    case .missingKey(let key, let allowed): return "\(key): found nothing; needed is \(allowed)"
    case .notAllowed(let key, let found, let allowed):
      return "\(key): found \(found); allowed is \(allowed)"
    case .namedTwice(let key, let first):
      return "\(key): found values for it again; it has values from line \(first.line) already"
    case .emptyGrid(let key):
      return "\(key): found an empty \(key == "grid" ? "grid" : "list"); "
        + "needed is at least one \(key == "grid" ? "key with its values" : "value")"
    case .everythingExcluded:
      return "exclude: found exclusions that leave no trial of this block; "
        + "needed is at least one trial"
    case .excludesUnsweptKey(let key):
      return "exclude: found \(quoted(key)), which this block does not sweep; "
        + "allowed is a key of the same block"
    case .unequalZip(let key, let count, let other, let otherCount):
      return "zip: found \(count) values of \(key) and \(otherCount) of \(other); "
        + "needed are equally many"
    case .setsSweptKey(let key, let swept):
      return "\(key): found a value for a key that the grid sweeps (line \(swept.line)); "
        + "allowed is any key that is not in the grid"
    case .tooMany(let what, let count, let limit):
      let found = count.map { "\($0)" } ?? "more than \(Int.max)"
      return "found \(found) \(what); allowed are at most \(limit)"
    case .sequenceTooLong(let found, let notes, let path):
      return "sequence_length: found \(found); allowed is at most \(notes), the notes of "
        + "\(quoted(path, limit: 1000)), or none"
    case .request(_, let reason):
      return "pattern: \(reason.escapingControlCharacters)"
    case .input(let role, let path, let reason):
      return "\(role.rawValue): found \(quoted(path, limit: 1000)), "
        + "but \(reason.escapingControlCharacters); allowed is \(role.allowed)"
    }
  }
}
