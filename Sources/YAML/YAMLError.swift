/// The reason why a text is not a YAML document that this module reads, with a position.
public struct YAMLError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The position of the error.
  public let mark: Mark

  /// The reason.
  public let reason: Reason

  /// The possible reasons.
  public enum Reason: Hashable, Sendable {
    /// The text violates YAML's grammar. `context` is the part of the grammar, which starts at
    /// `contextMark`.
    case syntax(problem: String, context: String?, contextMark: Mark?)
    /// A tab instead of spaces.
    case tab
    /// A byte that is not valid UTF-8.
    case notUTF8(byte: UInt8)
    /// A character that YAML does not allow, such as NUL.
    case controlCharacter(UInt32)
    /// The document has only white space and comments.
    case emptyDocument
    /// The start of a second document.
    case severalDocuments
    /// A key that the mapping already has, at `first`.
    case duplicateKey(String, first: Mark)
    /// A key is a list or a mapping.
    case compoundKey
    /// More than `limit` levels of lists and mappings.
    case tooDeep(limit: Int)
    /// An alias `*name` without an anchor `&name` before it.
    case unknownAlias(String)
    /// An alias `*name` inside the node with the anchor `&name`.
    case cyclicAlias(String)
    /// Aliases that repeat more than `limit` bytes.
    case tooMuchRepetition(limit: Int)
    /// A merge key `<<` whose value is not a mapping or a list of mappings.
    case mergeOfOther
    /// A tag such as `!!str`.
    case tag(String)
    /// libyaml ran out of memory.
    case outOfMemory
  }

  /// The position and the reason: `line 3, column 5: …`.
  public var description: String {
    "line \(mark.line), column \(mark.column): \(reason)"
  }
}

extension YAMLError.Reason: CustomStringConvertible {
  /// A sentence for the author of the text, without the position.
  public var description: String {
    switch self {
    case .syntax(let problem, let context, let contextMark):
      let start = contextMark.map { " that starts at line \($0.line), column \($0.column)" } ?? ""
      return problem + (context.map { " \($0)\(start)" } ?? "")
    case .tab: return "got a tab; expected spaces"
    case .notUTF8(let byte):
      return "got the byte 0x\(String(byte, radix: 16)); expected UTF-8 text"
    case .controlCharacter(let code):
      return "got the control character U+\(hexadecimal(code)); expected text"
    case .emptyDocument: return "got an empty document; expected keys and values"
    case .severalDocuments: return "got a second document; expected one"
    case .duplicateKey(let key, let first):
      return
        "got the key \(key.debugDescription) again, first at line \(first.line); expected it once"
    case .compoundKey: return "got a list or mapping as a key; expected a single value"
    case .tooDeep(let limit):
      return "got more than \(limit) levels of lists and mappings; expected at most \(limit)"
    case .unknownAlias(let name):
      return "got the alias *\(name) of an unknown anchor; expected &\(name) before it"
    case .cyclicAlias(let name):
      return "got the alias *\(name) inside the value of &\(name); expected it after that value"
    case .tooMuchRepetition(let limit):
      return "got aliases that repeat more than \(limit) bytes; expected at most \(limit)"
    case .mergeOfOther:
      return "got << with another value; expected a mapping or a list of mappings"
    case .tag(let tag): return "got the tag \(tag); expected a value without a tag"
    case .outOfMemory: return "not enough memory to read the document"
    }
  }

  private func hexadecimal(_ code: UInt32) -> String {
    let digits = String(code, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
