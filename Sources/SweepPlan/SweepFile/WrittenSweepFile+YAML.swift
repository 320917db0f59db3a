import Parameters
import YAML

extension WrittenSweepFile {
  /// Finds the parts of a document.
  ///
  /// - Parameter path: The file's name, for messages.
  /// - Throws: ``SweepFileError`` for an unknown part and for one of another type, such as a list
  ///   instead of a mapping.
  init(_ root: YAMLNode, path: String) throws {
    let reader = Reader(path: path)
    let sections = SweepFileKeys.topLevel
    let pairs = try reader.mapping(
      root, key: "sweep file",
      allowed: "a mapping with the keys \(sections.joined(separator: ", "))")
    for pair in pairs {
      switch pair.key {
      case "name": name = try reader.scalar(pair.value, key: pair.key, allowed: "a name")
      case "description":
        description = try reader.scalar(pair.value, key: pair.key, allowed: "a text")
      case "fixed" where pair.value.isEmpty: break
      case "fixed":
        fixed = try reader.mapping(
          pair.value, key: pair.key, allowed: "a mapping of parameters to values"
        ).map(reader.entry)
      case "grid":
        gridMark = pair.keyMark
        blocks = try reader.blocks(pair.value)
      case "search": search = try reader.search(pair)
      case "scores":
        scoreGroups = try reader.words(
          pair.value, key: pair.key,
          allowed: "a list of \(ScoreGroup.allCases.map(\.rawValue).joined(separator: ", "))")
      case "tests": throw reader.error(pair.keyMark, .renamedKey(pair.key, now: "scores"))
      case "replicates":
        replicates = try reader.words(pair.value, key: pair.key, allowed: "a list of parameters")
      case "blocks":
        blockKeys = try reader.words(pair.value, key: pair.key, allowed: "a list of parameters")
      case "reference":
        reference = try reader.mapping(
          pair.value, key: pair.key, allowed: "a mapping of parameters to values"
        ).map(reader.entry)
      case "until": until = try reader.until(pair)
      case "trial_timeout":
        trialTimeout = try reader.scalar(
          pair.value, key: pair.key, allowed: DurationText.allowed)
      default:
        throw reader.error(
          pair.keyMark, .unknownKey(pair.key, nearest: nearest(pair), allowed: sections))
      }
    }
  }
}

/// The key of the top level that may be meant, or the place of a key that belongs below it.
private func nearest(_ pair: YAMLNode.Pair) -> String? {
  let parts = SweepFileKeys.parts.keys.sorted()
  guard
    let name = pair.key.nearest(of: SweepFileKeys.topLevel + parts + Parameter.all.map(\.key)),
    !SweepFileKeys.topLevel.contains(name)
  else { return pair.key.nearest(of: SweepFileKeys.topLevel) }
  let section = SweepFileKeys.parts[name] ?? (pair.value.scalar == nil ? "grid" : "fixed")
  return "\(section): {\(name): …}"
}

private struct Reader: SweepFileReading {
  typealias Written = WrittenSweepFile

  var path: String

  func wrong(_ node: YAMLNode, key: String, allowed: String) -> SweepFileError {
    let found =
      switch node.content {
      case .scalar(let scalar): node.isEmpty ? "nothing" : quoted(scalar.text)
      case .sequence: "a list"
      case .mapping: "a mapping"
      }
    return error(node.mark, key, found: found, allowed: allowed)
  }

  func mapping(_ node: YAMLNode, key: String, allowed: String) throws -> [YAMLNode.Pair] {
    guard let pairs = node.mapping else { throw wrong(node, key: key, allowed: allowed) }
    return pairs
  }

  func sequence(_ node: YAMLNode, key: String, allowed: String) throws -> [YAMLNode] {
    guard let nodes = node.sequence else { throw wrong(node, key: key, allowed: allowed) }
    return nodes
  }

  func scalar(_ node: YAMLNode, key: String, allowed: String) throws -> Written.Scalar {
    guard let scalar = node.scalar, !node.isEmpty else {
      throw wrong(node, key: key, allowed: allowed)
    }
    return Written.Scalar(text: scalar.text, isPlain: scalar.isPlain, mark: node.mark)
  }

  func words(_ node: YAMLNode, key: String, allowed: String) throws -> Written.Words {
    Written.Words(
      mark: node.mark,
      words: try sequence(node, key: key, allowed: allowed).map {
        try scalar($0, key: key, allowed: allowed)
      })
  }

  func blocks(_ node: YAMLNode) throws -> [Written.Block] {
    let allowed = "a mapping of parameters to values, or a list of such mappings"
    if node.isEmpty { return [] }
    if node.mapping != nil { return [try block(node, allowed: allowed)] }
    return try sequence(node, key: "grid", allowed: allowed).map {
      try block($0, allowed: "a mapping of parameters to values")
    }
  }

  func search(_ pair: YAMLNode.Pair) throws -> Written.Search {
    let words = ["criterion", "met", "beyond"]
    var axes: [Written.Entry] = []
    var parts: [String: Written.Scalar] = [:]
    let allowed = "a mapping of one parameter to its values, with \(words.joined(separator: ", "))"
    for part in try mapping(pair.value, key: "search", allowed: allowed) {
      if words.contains(part.key) {
        parts[part.key] = try scalar(
          part.value, key: "search: \(part.key)",
          allowed: part.key == "beyond" ? "a whole number" : "a text")
      } else {
        axes.append(try entry(part, others: words))
      }
    }
    guard let axis = axes.first else {
      throw error(
        pair.value.mark, .missingKey("search", allowed: "a parameter with the values to search"))
    }
    if axes.count > 1 {
      throw error(
        axes[1].keyMark, "search", found: "\(quoted(axes[1].key)) beside \(axis.key)",
        allowed: "one parameter; others belong under grid")
    }
    return Written.Search(
      mark: pair.keyMark, axis: axis, criterion: parts["criterion"], met: parts["met"],
      beyond: parts["beyond"])
  }

  func until(_ pair: YAMLNode.Pair) throws -> Written.Until {
    let known = ["score", "half_width", "at_most"]
    var parts: [String: Written.Scalar] = [:]
    let allowed = "a mapping with \(known.joined(separator: ", "))"
    for part in try mapping(pair.value, key: "until", allowed: allowed) {
      guard known.contains(part.key) else {
        throw error(
          part.keyMark,
          .unknownKey(part.key, nearest: part.key.nearest(of: known), allowed: known))
      }
      parts[part.key] = try scalar(part.value, key: "until: \(part.key)", allowed: "a value")
    }
    for key in known where parts[key] == nil {
      throw error(pair.keyMark, .missingKey("until: \(key)", allowed: "a value"))
    }
    return Written.Until(mark: pair.keyMark, parts: parts)
  }

  func block(_ node: YAMLNode, allowed: String) throws -> Written.Block {
    var block = Written.Block(mark: node.mark)
    for pair in try mapping(node, key: "grid", allowed: allowed) {
      switch pair.key {
      case "zip":
        let allowed = "a mapping of parameters to lists, or a list of such mappings"
        let zips = pair.value.sequence ?? [pair.value]
        block.zips = try zips.map {
          try mapping($0, key: "zip", allowed: allowed).map(entry)
        }
      case "exclude":
        let allowed = "a list of mappings of parameters to values"
        block.excludes = try sequence(pair.value, key: "exclude", allowed: allowed).map {
          try mapping($0, key: "exclude", allowed: allowed).map(entry)
        }
      default: block.product.append(try entry(pair))
      }
    }
    return block
  }

  func entry(_ pair: YAMLNode.Pair) throws -> Written.Entry {
    try entry(pair, others: ["zip", "exclude"])
  }

  /// A parameter with its values. An unknown key may be a misspelling of a parameter or of `others`.
  func entry(_ pair: YAMLNode.Pair, others: [String]) throws -> Written.Entry {
    // First, since the intended key may take something else than values.
    guard Parameter.named(pair.key) != nil else {
      let nearest = pair.key.nearest(of: Parameter.all.map(\.key) + others)
      throw error(pair.keyMark, .parameter(.unknownKey(pair.key, nearest: nearest)))
    }
    return Written.Entry(
      key: pair.key, keyMark: pair.keyMark, mark: pair.value.mark,
      values: try values(pair.value, key: pair.key))
  }

  func values(_ node: YAMLNode, key: String) throws -> Written.Values {
    let allowed = "a value, a list of values, or a range {from, to, step or points, scale}"
    switch node.content {
    case .scalar: return .scalar(try scalar(node, key: key, allowed: allowed))
    case .sequence(let nodes):
      return .list(try nodes.map { try scalar($0, key: key, allowed: "single values in its list") })
    case .mapping(let pairs): return .range(try range(node, pairs, key: key))
    }
  }

  func range(_ node: YAMLNode, _ pairs: [YAMLNode.Pair], key: String) throws -> Written.Range {
    let known = ["from", "to", "step", "points", "scale"]
    var parts: [String: Written.Scalar] = [:]
    for pair in pairs {
      guard known.contains(pair.key) else {
        throw error(
          pair.keyMark,
          .unknownKey(pair.key, nearest: pair.key.nearest(of: known), allowed: known))
      }
      parts[pair.key] = try scalar(pair.value, key: "\(key): \(pair.key)", allowed: "a value")
    }
    guard let from = parts["from"], let to = parts["to"] else {
      throw error(
        node.mark, key, found: "a range without \(parts["from"] == nil ? "from" : "to")",
        allowed: "a range with from and to")
    }
    return Written.Range(
      from: from, to: to, step: parts["step"], points: parts["points"], scale: parts["scale"])
  }
}
