/// One node of a YAML document, with the place where it starts.
public struct YAMLNode: Hashable, Sendable {
  /// Where the node starts: for a mapping in block style, at its first key.
  public let mark: Mark

  /// What the node holds.
  public let content: Content

  /// What a node can be.
  public enum Content: Hashable, Sendable {
    /// A single value. YAML's `true` or `1e-4` stay text here: their meaning depends on the reader.
    case scalar(Scalar)

    /// A list.
    case sequence([YAMLNode])

    /// Keys with values, in the order of the text. No key occurs twice.
    case mapping([Pair])
  }

  /// The text of a single value.
  public struct Scalar: Hashable, Sendable {
    /// The text without quotes and with escapes resolved.
    public let text: String

    /// Whether the text stood without quotes, so that it may mean a number or a word like `true`.
    public let isPlain: Bool

    /// Creates a scalar.
    public init(text: String, isPlain: Bool) {
      self.text = text
      self.isPlain = isPlain
    }
  }

  /// One entry of a mapping.
  public struct Pair: Hashable, Sendable {
    /// The key, always a scalar.
    public let key: String

    /// Where the key starts.
    public let keyMark: Mark

    /// The value.
    public let value: YAMLNode

    /// Creates an entry.
    public init(key: String, keyMark: Mark, value: YAMLNode) {
      self.key = key
      self.keyMark = keyMark
      self.value = value
    }
  }

  /// Creates a node.
  public init(mark: Mark, content: Content) {
    self.mark = mark
    self.content = content
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

  /// Whether nothing was written where a value could stand, as after `key:`.
  public var isEmpty: Bool {
    scalar.map { $0.isPlain && $0.text.isEmpty } ?? false
  }
}
