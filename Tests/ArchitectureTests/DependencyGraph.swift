/// Which parts of the program need which, each with a place that shows it.
struct DependencyGraph {
  /// A part that needs another one.
  struct Need: Hashable {
    let from: String
    let to: String
  }

  private(set) var witnesses: [Need: String] = [:]

  mutating func add(from: String, to: String, witness: String) {
    if from != to, witnesses[Need(from: from, to: to)] == nil {
      witnesses[Need(from: from, to: to)] = witness
    }
  }

  /// The needs that close a circle: each leads to a part from which a way leads back.
  var circular: [String] {
    let next = Dictionary(grouping: witnesses.keys, by: \.from).mapValues { $0.map(\.to) }
    func reaches(_ goal: String, from start: String) -> Bool {
      var (seen, open) = (Set([start]), [start])
      while let part = open.popLast() {
        if part == goal { return true }
        for other in next[part, default: []] where seen.insert(other).inserted {
          open.append(other)
        }
      }
      return false
    }
    return witnesses.filter { reaches($0.key.from, from: $0.key.to) }
      .map { "\($0.key.from) needs \($0.key.to): \($0.value)" }.sorted()
  }

  /// Which modules import which.
  static func modules(_ files: [SourceFile]) -> DependencyGraph {
    let modules = Set(files.map { $0.module.replacing("-", with: "_") })
    var graph = DependencyGraph()
    for file in files {
      for word in file.imports where modules.contains(word.text) {
        graph.add(
          from: file.module.replacing("-", with: "_"), to: word.text,
          witness: "\(file.path):\(word.line): import \(word.text)")
      }
    }
    return graph
  }

  /// Which folders of one module name types of which others. A file beside folders counts as a folder;
  /// a module without folders is one.
  static func folders(_ files: [SourceFile]) -> DependencyGraph {
    guard files.contains(where: { $0.unit != $0.path }) else { return DependencyGraph() }
    var owners: [String: Set<String>] = [:]
    var nested: [String: Set<String>] = [:]
    for file in files {
      for (name, isNested) in file.types {
        if isNested {
          nested[file.unit, default: []].insert(name)
        } else {
          owners[name, default: []].insert(file.unit)
        }
      }
    }
    var graph = DependencyGraph()
    for file in files {
      for word in file.references where nested[file.unit]?.contains(word.text) != true {
        // A name that several folders declare for themselves is private to each.
        guard let owner = owners[word.text], owner.count == 1 else { continue }
        graph.add(
          from: file.unit, to: owner.first!, witness: "\(file.path):\(word.line): \(word.text)")
      }
    }
    return graph
  }
}
