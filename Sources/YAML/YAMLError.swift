/// Why a text is not a YAML document that this package reads, and where.
public struct YAMLError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Where the reader stopped.
  public let mark: Mark

  /// What it found there.
  public let reason: Reason

  /// What can be wrong with a text.
  public enum Reason: Hashable, Sendable {
    /// The text breaks YAML's grammar; `context` says what was being read, and where that began.
    case syntax(problem: String, context: String?, contextMark: Mark?)
    /// A tab stands where YAML wants spaces.
    case tab
    /// A byte that does not belong to UTF-8.
    case notUTF8(byte: UInt8)
    /// A character that YAML does not admit, such as NUL.
    case controlCharacter(UInt32)
    /// There is nothing but white space and comments.
    case emptyDocument
    /// A second document starts here.
    case severalDocuments
    /// A mapping names a key again.
    case duplicateKey(String, first: Mark)
    /// A key is a list or a mapping.
    case compoundKey
    /// Lists and mappings are nested deeper than `limit`.
    case tooDeep(limit: Int)
    /// An anchor `&name`.
    case anchor(String)
    /// An alias `*name`.
    case alias(String)
    /// A tag such as `!!str`.
    case tag(String)
    /// libyaml ran out of memory.
    case outOfMemory
  }

  /// Creates an error.
  public init(mark: Mark, reason: Reason) {
    self.mark = mark
    self.reason = reason
  }

  /// The place and the sentence: `line 3, column 5: …`.
  public var description: String {
    "line \(mark.line), column \(mark.column): \(reason)"
  }
}

extension YAMLError.Reason: CustomStringConvertible {
  /// One sentence for the person who wrote the text, without the place.
  public var description: String {
    switch self {
    case .syntax(let problem, let context, let contextMark):
      let start = contextMark.map { " that starts at line \($0.line), column \($0.column)" } ?? ""
      return problem + (context.map { " \($0)\(start)" } ?? "")
    case .tab: return "found a tab; YAML is indented with spaces"
    case .notUTF8(let byte):
      return "found the byte 0x\(String(byte, radix: 16)), which is not UTF-8 text"
    case .controlCharacter(let code):
      return "found the control character U+\(hexadecimal(code)), which YAML does not allow"
    case .emptyDocument: return "the document is empty"
    case .severalDocuments: return "found a second document; one file holds one"
    case .duplicateKey(let key, let first):
      return "found the key \(key.debugDescription) again; it first stands at line \(first.line)"
    case .compoundKey: return "found a list or mapping as a key; a key is a single word"
    case .tooDeep(let limit): return "lists and mappings are nested deeper than \(limit) levels"
    case .anchor(let name): return "found the anchor &\(name); anchors are not allowed"
    case .alias(let name): return "found the alias *\(name); aliases are not allowed"
    case .tag(let tag): return "found the tag \(tag); tags are not allowed"
    case .outOfMemory: return "there is not enough memory to read the document"
    }
  }

  private func hexadecimal(_ code: UInt32) -> String {
    let digits = String(code, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
