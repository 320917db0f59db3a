extension YAMLNode {
  /// The greatest depth of nested lists and mappings, after the replacement of aliases.
  public static let maximumDepth = 32

  /// The greatest size of all values that aliases repeat [bytes].
  ///
  /// A list or mapping counts as one byte, and a single value or key as its text and one byte more.
  public static let maximumRepetition = 1_000_000

  /// Reads the only document of a text.
  ///
  /// An alias `*name` becomes a copy of the latest node before it with the anchor `&name`. Positions in
  /// the copy are those where its contents are written.
  ///
  /// The value of a merge key `<<` (without quotes) is a mapping or a list of mappings. Their entries
  /// take the place of the merge key, except for keys that the mapping has itself. If several mappings
  /// of the list have a key, the first of them provides it.
  ///
  /// A short text can represent a huge document with aliases. Time and memory therefore have two limits:
  /// ``maximumDepth`` and ``maximumRepetition``.
  ///
  /// - Parameter bytes: The text in UTF-8, with or without a byte order mark.
  /// - Throws: ``YAMLError`` if the text is not a single document, a key is not a single value, a mapping
  ///   has a key twice, an alias has no anchor or is part of the node that it refers to, the value of a
  ///   merge key is not a mapping, a node has a tag, or a limit is exceeded.
  /// - SeeAlso: Merge key language-independent type for YAML version 1.1, https://yaml.org/type/merge.html
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

  /// Reads the only document of a string; see ``init(parsing:)-(Collection<UInt8>)``.
  public init(parsing text: String) throws {
    try self.init(parsing: Array(text.utf8))
  }
}

/// Builds the tree from events.
private struct Composer {
  /// The finished document.
  private(set) var root: YAMLNode?

  private var documents = 0
  private var open: [OpenCollection] = []

  /// The node that started last of each anchor; nil while it is open.
  private var anchors: [String: Part?] = [:]

  /// The size of all values that aliases have repeated so far [bytes].
  private var repetition = 0

  mutating func add(_ event: YAMLEvent) throws {
    switch event.kind {
    case .documentStart:
      documents += 1
      if documents > 1 { throw YAMLError(mark: event.mark, reason: .severalDocuments) }
    case .scalar(let scalar, let properties):
      try refuseTag(properties, at: event.mark)
      let node = YAMLNode(mark: event.mark, content: .scalar(scalar))
      let part = Part(node: node, size: scalar.text.utf8.count + 1, depth: 0)
      if let anchor = properties.anchor { anchors[anchor] = part }
      try place(part, at: event.mark)
    case .sequenceStart(let properties):
      try begin(mapping: false, properties, at: event.mark)
    case .mappingStart(let properties):
      try begin(mapping: true, properties, at: event.mark)
    case .sequenceEnd, .mappingEnd:
      guard let finished = open.popLast() else { return }
      let part = try finished.part
      // A node inside may have taken over the anchor.
      if let anchor = finished.anchor, case .some(.none) = anchors[anchor] {
        anchors[anchor] = part
      }
      try place(part, at: finished.mark)
    case .alias(let name):
      try place(resolve(name, at: event.mark), at: event.mark)
    case .other:
      break
    }
  }

  private func refuseTag(_ properties: YAMLEvent.Properties, at mark: Mark) throws {
    if let tag = properties.tag { throw YAMLError(mark: mark, reason: .tag(tag)) }
  }

  private mutating func begin(
    mapping: Bool, _ properties: YAMLEvent.Properties, at mark: Mark
  ) throws {
    try refuseTag(properties, at: mark)
    if let parent = open.last, parent.expectsKey {
      throw YAMLError(mark: mark, reason: .compoundKey)
    }
    try requireDepth(open.count + 1, at: mark)
    if let anchor = properties.anchor { anchors.updateValue(nil, forKey: anchor) }
    open.append(OpenCollection(mark: mark, isMapping: mapping, anchor: properties.anchor))
  }

  private func requireDepth(_ depth: Int, at mark: Mark) throws {
    guard depth <= YAMLNode.maximumDepth else {
      throw YAMLError(mark: mark, reason: .tooDeep(limit: YAMLNode.maximumDepth))
    }
  }

  private mutating func resolve(_ name: String, at mark: Mark) throws -> Part {
    guard let anchored = anchors[name] else {
      throw YAMLError(mark: mark, reason: .unknownAlias(name))
    }
    guard let part = anchored else { throw YAMLError(mark: mark, reason: .cyclicAlias(name)) }
    try requireDepth(open.count + part.depth, at: mark)
    repetition += part.size
    guard repetition <= YAMLNode.maximumRepetition else {
      throw YAMLError(mark: mark, reason: .tooMuchRepetition(limit: YAMLNode.maximumRepetition))
    }
    return part
  }

  /// Adds a finished node to the innermost open collection, or makes it the root.
  private mutating func place(_ part: Part, at mark: Mark) throws {
    if open.isEmpty {
      root = part.node
    } else {
      try open[open.count - 1].add(part, at: mark)
    }
  }
}

/// A node with its extent, after the replacement of aliases.
private struct Part {
  var node: YAMLNode

  /// The size of the node, as ``YAMLNode/maximumRepetition`` counts it [bytes].
  var size: Int

  /// The number of levels of lists and mappings in the node; 0 for a single value.
  var depth: Int
}

/// A list or a mapping before its end.
private struct OpenCollection {
  var mark: Mark
  var isMapping: Bool
  var anchor: String?

  private var elements: [YAMLNode] = []
  private var pairs: [YAMLNode.Pair] = []
  private var keys: [String: Mark] = [:]
  private var pending: (key: String, mark: Mark, isMerge: Bool)?
  private var merge: (value: YAMLNode, mark: Mark, index: Int)?
  private var size = 1
  private var depth = 1

  init(mark: Mark, isMapping: Bool, anchor: String?) {
    self.mark = mark
    self.isMapping = isMapping
    self.anchor = anchor
  }

  /// Whether the next node is a key.
  var expectsKey: Bool { isMapping && pending == nil }

  /// Adds an element, a key or a value.
  ///
  /// - Parameter mark: The position of the node, or of the alias that it replaces.
  mutating func add(_ part: Part, at mark: Mark) throws {
    size += part.size
    depth = max(depth, 1 + part.depth)
    if !isMapping {
      elements.append(part.node)
    } else if let key = pending {
      pending = nil
      if key.isMerge {
        merge = (part.node, key.mark, pairs.count)
      } else {
        pairs.append(YAMLNode.Pair(key: key.key, keyMark: key.mark, value: part.node))
      }
    } else {
      guard let scalar = part.node.scalar else { throw YAMLError(mark: mark, reason: .compoundKey) }
      if let first = keys.updateValue(mark, forKey: scalar.text) {
        throw YAMLError(mark: mark, reason: .duplicateKey(scalar.text, first: first))
      }
      pending = (scalar.text, mark, scalar.isPlain && scalar.text == "<<")
    }
  }

  /// The finished node.
  var part: Part {
    get throws {
      let content = isMapping ? YAMLNode.Content.mapping(try mergedPairs) : .sequence(elements)
      return Part(node: YAMLNode(mark: mark, content: content), size: size, depth: depth)
    }
  }

  /// The entries of the mapping, with those of the merge key in its place.
  private var mergedPairs: [YAMLNode.Pair] {
    get throws {
      guard let merge else { return pairs }
      var known = Set(keys.keys)
      var merged: [YAMLNode.Pair] = []
      for source in merge.value.sequence ?? [merge.value] {
        guard let pairs = source.mapping else {
          throw YAMLError(mark: merge.mark, reason: .mergeOfOther)
        }
        merged += pairs.filter { known.insert($0.key).inserted }
      }
      return pairs[..<merge.index] + merged + pairs[merge.index...]
    }
  }
}
