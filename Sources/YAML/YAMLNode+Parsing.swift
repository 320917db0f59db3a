extension YAMLNode {
  /// How deeply lists and mappings may be nested.
  public static let maximumDepth = 32

  /// Reads the one document of a text.
  ///
  /// Time and memory grow in proportion to the text, whatever it holds: anchors and aliases, by
  /// which a short text can stand for a huge one, are refused, and so are tags.
  ///
  /// - Parameter bytes: The text in UTF-8, with or without a byte order mark.
  /// - Throws: ``YAMLError`` for anything else than one document with keys that are single words,
  ///   each at most once in its mapping, and at most ``maximumDepth`` levels.
  public init(parsing bytes: some Collection<UInt8>) throws {
    let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let text = Array(bytes.starts(with: byteOrderMark) ? bytes.dropFirst(3) : bytes.dropFirst(0))
    if let offset = text.firstOffsetOutsideUTF8 {
      throw YAMLError(
        mark: Mark(offset: offset, in: text), reason: .notUTF8(byte: text[offset]))
    }
    var composer = Composer()
    try forEachYAMLEvent(in: text) { try composer.add($0) }
    guard let root = composer.root, !root.isEmpty else {
      throw YAMLError(mark: Mark(line: 1, column: 1), reason: .emptyDocument)
    }
    self = root
  }

  /// Reads the one document of a string; see ``init(parsing:)-(Collection<UInt8>)``.
  public init(parsing text: String) throws {
    try self.init(parsing: Array(text.utf8))
  }
}

/// Builds the tree from events.
private struct Composer {
  /// The finished document.
  private(set) var root: YAMLNode?

  private var documents = 0
  private var open: [Collection] = []

  /// A list or a mapping whose end has not been met.
  private struct Collection {
    var mark: Mark
    var isMapping: Bool
    var elements: [YAMLNode] = []
    var pairs: [YAMLNode.Pair] = []
    var keys: [String: Mark] = [:]
    var pendingKey: String?
    var pendingMark: Mark?

    var node: YAMLNode {
      YAMLNode(mark: mark, content: isMapping ? .mapping(pairs) : .sequence(elements))
    }
  }

  mutating func add(_ event: YAMLEvent) throws {
    switch event.kind {
    case .documentStart:
      documents += 1
      if documents > 1 { throw YAMLError(mark: event.mark, reason: .severalDocuments) }
    case .scalar(let scalar, let properties):
      try refuse(properties, at: event.mark)
      try place(YAMLNode(mark: event.mark, content: .scalar(scalar)))
    case .sequenceStart(let properties):
      try begin(mapping: false, properties, at: event.mark)
    case .mappingStart(let properties):
      try begin(mapping: true, properties, at: event.mark)
    case .sequenceEnd, .mappingEnd:
      if let finished = open.popLast() { try place(finished.node) }
    case .alias(let name):
      throw YAMLError(mark: event.mark, reason: .alias(name))
    case .other:
      break
    }
  }

  private func refuse(_ properties: YAMLEvent.Properties, at mark: Mark) throws {
    if let anchor = properties.anchor { throw YAMLError(mark: mark, reason: .anchor(anchor)) }
    if let tag = properties.tag { throw YAMLError(mark: mark, reason: .tag(tag)) }
  }

  private mutating func begin(
    mapping: Bool, _ properties: YAMLEvent.Properties, at mark: Mark
  ) throws {
    try refuse(properties, at: mark)
    if let parent = open.last, parent.isMapping, parent.pendingKey == nil {
      throw YAMLError(mark: mark, reason: .compoundKey)
    }
    guard open.count < YAMLNode.maximumDepth else {
      throw YAMLError(mark: mark, reason: .tooDeep(limit: YAMLNode.maximumDepth))
    }
    open.append(Collection(mark: mark, isMapping: mapping))
  }

  /// Puts a finished node where it belongs: into the innermost open collection, or at the top.
  private mutating func place(_ node: YAMLNode) throws {
    guard !open.isEmpty else {
      root = node
      return
    }
    let last = open.count - 1
    if !open[last].isMapping {
      open[last].elements.append(node)
    } else if let key = open[last].pendingKey, let keyMark = open[last].pendingMark {
      open[last].pairs.append(YAMLNode.Pair(key: key, keyMark: keyMark, value: node))
      open[last].pendingKey = nil
    } else if case .scalar(let scalar) = node.content {
      if let first = open[last].keys.updateValue(node.mark, forKey: scalar.text) {
        throw YAMLError(mark: node.mark, reason: .duplicateKey(scalar.text, first: first))
      }
      open[last].pendingKey = scalar.text
      open[last].pendingMark = node.mark
    }
  }
}
