import NeuralCore
import Parameters

/// A file beside the sweep file that a parameter names, as it was when the sweep was read.
///
/// What it holds, and not where it lies, counts for the identity of a trial.
public struct InputFile: Hashable, Sendable {
  /// What it is for.
  public let role: Role

  /// The path as it was written, which is the value of the parameter.
  public let path: String

  /// The text, without a byte-order mark.
  public let text: String

  /// The hash of what the file says, which stands for the path in a trial's identity: texts that are
  /// read alike, whatever their line ends, blanks or byte-order mark, have the same.
  public let contentHash: ContentHash

  /// What the content means for the trials that name it; nil where it was not looked into.
  public internal(set) var facts: Facts?

  /// The largest file that is read [bytes].
  public static let maximumSize = 16_000_000

  /// Why a file holds no text.
  public struct NotText: Error, Hashable, Sendable, CustomStringConvertible {
    /// The reason, as part of a sentence.
    public var description: String { "the file is not UTF-8 text" }
  }

  /// Reads a file without looking at what the text says.
  ///
  /// - Parameters:
  ///   - role: What it is for.
  ///   - path: The path as written.
  ///   - folder: What a relative path is relative to.
  /// - Throws: ``FileProblem``, or ``NotText`` for anything but UTF-8.
  public init(_ role: Role, _ path: String, in folder: String = ".") throws {
    let bytes = try RegularFile.bytes(
      of: RegularFile.path(path, in: folder), limit: Self.maximumSize)
    try self.init(role, path, bytes: bytes)
  }

  /// Takes the bytes of a file that was read already.
  ///
  /// - Throws: ``NotText`` for anything but UTF-8.
  public init(_ role: Role, _ path: String, bytes: [UInt8]) throws(NotText) {
    guard let text = String(validating: bytes, as: UTF8.self) else { throw NotText() }
    self.role = role
    self.path = path
    self.text = text.unicodeScalars.first == "\u{FEFF}" ? String(text.dropFirst()) : text
    // What cannot be read is refused with its place by whoever looks into it.
    let meaning = (try? role.meaning(of: self.text)) ?? self.text
    contentHash = ContentHash(of: Array(meaning.utf8))
  }
}

extension InputFile {
  /// What a file is for. The raw value is the key of the parameter that names such files.
  public enum Role: String, CaseIterable, Hashable, Sendable {
    /// A sequence to learn.
    case pattern
    /// When and where visible somata are held during replay.
    case disruption
  }
}

extension InputFile.Role {
  /// The path that a value of the role's parameter names; nil where it names no file.
  public func path(_ value: ParameterValue) -> String? {
    guard case .text(let path) = value else { return nil }
    return self == .pattern && value == Parameter.generatedPattern ? nil : path
  }

  /// The index of the role's parameter in ``Parameter/all``.
  var parameter: Int { Parameter.index[rawValue]! }

  /// The one text that all files have in common that are read alike.
  fileprivate func meaning(of text: String) throws -> String {
    switch self {
    case .pattern: Pattern.text(of: try Pattern.all(parsing: text))
    case .disruption: try Disruption(parsing: text).text
    }
  }

  /// What a message says is allowed.
  var allowed: String {
    switch self {
    case .pattern: "a readable pattern file, or generated"
    case .disruption: "a readable disruption file, or none"
    }
  }
}

extension ParameterSet {
  /// The path of the file that plays a role, as written; nil where there is none.
  public func path(of role: InputFile.Role) -> String? { role.path(values[role.parameter]) }
}

extension InputFile {
  /// What the content of a file means for the trials that name it.
  public enum Facts: Hashable, Sendable {
    /// How large the patterns of a pattern file are, in its order.
    case patterns([PatternSize])

    /// How many steps of a cycle, and how many visible neurons, a disruption reaches over.
    case disruption(steps: Int, neurons: Int)

    /// Finds out what a file says.
    ///
    /// - Throws: `PatternError` or `DisruptionError`, with the line.
    public init(_ role: Role, _ text: String) throws {
      switch role {
      case .pattern:
        self = .patterns(try Pattern.all(parsing: text).map(PatternSize.init))
      case .disruption:
        let spans = try Disruption(parsing: text).spans
        self = .disruption(
          steps: spans.map(\.steps.upperBound).max() ?? 0,
          neurons: spans.map(\.neurons.upperBound).max() ?? 0)
      }
    }
  }
}

extension InputFile {
  /// What is allowed in the file but may not be meant, a sentence each.
  public var warnings: [String] {
    guard role == .pattern, let patterns = try? Pattern.all(parsing: text) else { return [] }
    return patterns.compactMap { pattern in
      let constant = pattern.constantNeurons
      guard !constant.isEmpty else { return nil }
      let place = "\(quoted(path, limit: 1000)), pattern \(quoted(pattern.name))"
      if constant.count == pattern.visible {
        return "\(place): no visible neuron ever changes, so that nothing can be scored"
      }
      // Named as in disruption files, from 0 on.
      let names = constant.prefix(10).map(String.init).joined(separator: ", ")
      return "\(place): visible neuron\(constant.count == 1 ? "" : "s") \(names)"
        + "\(constant.count > 10 ? " and others" : "") (from 0 on) never "
        + "change\(constant.count == 1 ? "s" : "") and count"
        + "\(constant.count == 1 ? "s" : "") for no correlation"
    }
  }
}

/// The input files of a sweep, each read once however many trials name it.
package struct InputFiles: Sendable {
  private var byPath: [InputFile.Role: [String: InputFile]] = [:]

  /// Every file, sorted by role and path.
  var all: [InputFile] {
    InputFile.Role.allCases.flatMap { role in
      byPath[role, default: [:]].values.sorted { $0.path < $1.path }
    }
  }

  /// Whether two files of one role are copies of each other.
  var hasCopies: Bool {
    byPath.values.contains { Set($0.values.map(\.contentHash)).count < $0.count }
  }

  /// Adds a file.
  mutating func insert(_ file: InputFile) { byPath[file.role, default: [:]][file.path] = file }

  /// The file with a path as written; nil if it was not read.
  subscript(role: InputFile.Role, path: String) -> InputFile? { byPath[role]?[path] }

  /// The file that a value of a role's parameter names; nil where the value names no file.
  func file(_ role: InputFile.Role, _ value: ParameterValue) -> InputFile? {
    role.path(value).map { path in
      guard let file = self[role, path] else { preconditionFailure("\(path) was not read") }
      return file
    }
  }
}
