/// A node of a YAML document, with its position.
public struct YAMLNode: Hashable, Sendable {
  /// The position where the node starts: for a mapping in block style, at its first key.
  public let mark: Mark

  /// The contents of the node.
  public let content: Content

  /// The contents of a node.
  public enum Content: Hashable, Sendable {
    /// A single value. A value like `true` or `1e-4` is a text here; the caller interprets it.
    case scalar(Scalar)

    /// A list.
    case sequence([YAMLNode])

    /// Keys with values, in the order of the text. No key occurs twice.
    case mapping([Pair])
  }

  /// A single value.
  public struct Scalar: Hashable, Sendable {
    /// The text without quotes and with escapes resolved.
    public let text: String

    /// Whether the text is written without quotes, so that it may be a number or a word like `true`.
    public let isPlain: Bool
  }

  /// One entry of a mapping.
  public struct Pair: Hashable, Sendable {
    /// The key, always a scalar.
    public let key: String

    /// The position where the key starts.
    public let keyMark: Mark

    /// The value.
    public let value: YAMLNode
  }

  /// The scalar, if the node is one.
  public var scalar: Scalar? {
    if case .scalar(let scalar) = content { scalar } else { nil }
  }

  /// The elements, if the node is a sequence.
  public var sequence: [YAMLNode]? {
    if case .sequence(let elements) = content { elements } else { nil }
  }

  /// The entries, if the node is a mapping.
  public var mapping: [Pair]? {
    if case .mapping(let pairs) = content { pairs } else { nil }
  }

  /// Whether the value is missing, as after `key:`.
  public var isEmpty: Bool {
    scalar.map { $0.isPlain && $0.text.isEmpty } ?? false
  }
}
