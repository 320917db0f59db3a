import NeuralCore
import Parameters

/// A file that a parameter names, as it was when the sweep file was read.
///
/// Its content, not its path, is part of the identity of a trial.
public struct InputFile: Sendable {
  public let role: Role

  /// The path in the sweep file, which is the value of the parameter.
  public let path: String

  /// The text, without a byte-order mark.
  public let text: String

  /// The hash of the content, which replaces the path in a trial's identity. Texts that differ in
  /// line ends, blanks or a byte-order mark have the same hash.
  public let contentHash: ContentHash

  /// The hash in versions whose `recalled` counted the silent notes of a pattern; the same for other
  /// patterns.
  package let formerHash: ContentHash

  /// Sentences about content that is allowed but may be a mistake.
  public let warnings: [String]

  /// The sizes in the content; nil if it is invalid.
  let facts: Facts?

  /// The error in the content, with the line; nil if it is valid.
  let problem: (any Error)?

  /// The largest file that is read [bytes].
  public static let maximumSize = 16_000_000

  /// The error for a file without text.
  public struct NotText: Error, Hashable, Sendable, CustomStringConvertible {
    public var description: String { "the file is not UTF-8 text" }
  }

  /// The use of a file. The raw value is the key of the parameter that names such files.
  public enum Role: String, CaseIterable, Hashable, Sendable {
    /// A sequence to learn.
    case pattern
    /// The times at which visible somata are held during replay.
    case disruption
  }

  /// The sizes of a content that rules and costs need.
  enum Facts: Hashable, Sendable {
    /// The sizes of the patterns in a pattern file, in its order.
    case patterns([PatternSize])

    /// The first step and the first visible neuron after the end of a disruption.
    case disruption(steps: Int, neurons: Int)
  }

  /// Reads a file. Invalid content throws no error here.
  ///
  /// - Parameters:
  ///   - path: The path in the sweep file.
  ///   - folder: The folder that a relative path starts from.
  /// - Throws: ``FileProblem``, or ``NotText`` for anything but UTF-8.
  public init(_ role: Role, _ path: String, in folder: String = ".") throws {
    let bytes = try RegularFile.bytes(
      of: RegularFile.path(path, in: folder), limit: Self.maximumSize)
    try self.init(role, path, bytes: bytes)
  }

  /// Creates the file from its bytes.
  ///
  /// - Throws: ``NotText`` for anything but UTF-8.
  public init(_ role: Role, _ path: String, bytes: [UInt8]) throws(NotText) {
    guard let text = String(validating: bytes, as: UTF8.self) else { throw NotText() }
    self.role = role
    self.path = path
    self.text = text.unicodeScalars.first == "\u{FEFF}" ? String(text.dropFirst()) : text
    // The same for all texts with the same content.
    var canonicalText = self.text
    var hasSilentNotes = false
    do {
      switch role {
      case .pattern:
        let patterns = try Pattern.all(parsing: self.text)
        canonicalText = Pattern.text(of: patterns)
        hasSilentNotes = patterns.contains { !$0.isAnalog && $0.hasSilentNotes }
        facts = .patterns(patterns.map(PatternSize.init))
        warnings =
          Pattern.cutNames(in: self.text).map { line, name in
            // Results of earlier versions have such names, so they are no error.
            "\(quoted(path, limit: 1000)), line \(line): the name \(quoted(name)) has more than one word, "
              + "of which only the first counts; join them with _"
          } + patterns.compactMap { Self.warning(of: $0, path: path) }
      case .disruption:
        let disruption = try Disruption(parsing: self.text)
        canonicalText = disruption.text
        facts = .disruption(
          steps: disruption.spans.map(\.steps.upperBound).max() ?? 0,
          neurons: disruption.spans.map(\.neurons.upperBound).max() ?? 0)
        warnings = []
      }
      problem = nil
    } catch {
      (facts, warnings, problem) = (nil, [], error)
    }
    formerHash = ContentHash(of: Array(canonicalText.utf8))
    contentHash =
      hasSilentNotes ? ContentHash(of: Array((canonicalText + "sounding notes").utf8)) : formerHash
  }

  /// The warning for a pattern with neurons that never change.
  private static func warning(of pattern: Pattern, path: String) -> String? {
    let constant = pattern.constantNeurons
    if constant.isEmpty { return nil }
    let place = "\(quoted(path, limit: 1000)), pattern \(quoted(pattern.name))"
    if constant.count == pattern.visible {
      return "\(place): no visible neuron ever changes, so that nothing can be scored"
    }
    let names = constant.prefix(10).map { "\($0 + 1)" }.joined(separator: ", ")
    return "\(place): visible neuron\(constant.count == 1 ? "" : "s") \(names)"
      + "\(constant.count > 10 ? " and others" : "") (counted from 1) never "
      + "change\(constant.count == 1 ? "s" : "") and count"
      + "\(constant.count == 1 ? "s" : "") for no correlation"
  }
}

extension InputFile.Role {
  /// The path in a value of the parameter; nil if the value names no file.
  public func path(_ value: ParameterValue) -> String? {
    guard case .text(let path) = value else { return nil }
    return self == .pattern && value == Parameter.generatedPattern ? nil : path
  }

  /// The index of the parameter in ``Parameter/all``.
  var parameter: Int { Parameter.index[rawValue]! }
}

extension ParameterSet {
  /// The path of the file with a role in the sweep file; nil if there is none.
  public func path(of role: InputFile.Role) -> String? { role.path(values[role.parameter]) }
}

/// The input files of a sweep, each read once.
package struct InputFiles: Sendable {
  private var byPath: [InputFile.Role: [String: InputFile]] = [:]

  /// Every file, sorted by role and path.
  var all: [InputFile] {
    InputFile.Role.allCases.flatMap { role in
      byPath[role, default: [:]].values.sorted { $0.path < $1.path }
    }
  }

  /// The text of every file, by the hash of its content.
  package var texts: [ContentHash: String] {
    Dictionary(all.map { ($0.contentHash, $0.text) }) { first, _ in first }
  }

  /// Whether two files of one role have the same content.
  var hasCopies: Bool {
    byPath.values.contains { Set($0.values.map(\.contentHash)).count < $0.count }
  }

  mutating func insert(_ file: InputFile) { byPath[file.role, default: [:]][file.path] = file }

  /// The file with a path in the sweep file; nil if it has not been read.
  subscript(role: InputFile.Role, path: String) -> InputFile? { byPath[role]?[path] }

  /// The file that a value of the parameter names; nil if the value names no file.
  func file(_ role: InputFile.Role, _ value: ParameterValue) -> InputFile? {
    role.path(value).map { path in
      guard let file = self[role, path] else { preconditionFailure("\(path) was not read") }
      return file
    }
  }

  /// The sizes of the patterns in the file that a value names; nil if the value names no file.
  func patterns(_ value: ParameterValue) -> (path: String, sizes: [PatternSize])? {
    guard let file = file(.pattern, value), case .patterns(let sizes) = file.facts else {
      return nil
    }
    return (file.path, sizes)
  }
}
