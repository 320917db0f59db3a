/// The words of `order` symbols in which no symbol follows itself, as edges between their ends.
///
/// Vertices are the words of `order - 1` symbols; an edge leads from its first `order - 1` symbols
/// to its last. A cyclic sequence whose windows of `order` symbols all differ is a closed trail,
/// and its order is lower than that exactly if it visits no vertex twice.
///
/// A word is numbered by its first symbol and by the steps to the following ones: from a symbol
/// `s`, the step `y` in `0..<vocabulary - 1` leads to `s + 1 + y` modulo the vocabulary.
///
/// - SeeAlso: Kautz (1968); de Bruijn (1946) for words in which symbols may follow themselves.
struct WindowGraph {
  /// Number of symbols, at least 2.
  let vocabulary: Int

  /// Number of symbols in an edge.
  let order: Int

  /// Number of edges, `vocabulary * (vocabulary - 1)^(order - 1)`; `Int.max` if there are more.
  let edges: Int

  /// Creates the graph of a vocabulary and an order.
  init(vocabulary: Int, order: Int) {
    precondition(vocabulary >= 2 && order >= 1)
    self.vocabulary = vocabulary
    self.order = order
    var edges = vocabulary
    if vocabulary > 2 {
      for _ in 1..<order where edges < .max {
        let (product, overflow) = edges.multipliedReportingOverflow(by: vocabulary - 1)
        edges = overflow ? .max : product
      }
    }
    self.edges = edges
  }

  /// Number of edges that leave a vertex.
  var degree: Int { vocabulary - 1 }

  /// Number of vertices. The order is at least 2.
  var vertices: Int { edges / degree }

  /// Number of words that follow the same first symbol in a vertex.
  var vertexTails: Int { vertices / vocabulary }

  /// The edge that a cyclic sequence takes at a note.
  ///
  /// - Complexity: O(order).
  func edge(of symbols: [Int], at note: Int) -> Int {
    var previous = symbols[note]
    var number = previous
    var index = note
    for _ in 1..<order {
      index += 1
      if index == symbols.count { index = 0 }
      let step = symbols[index] - previous - 1
      previous = symbols[index]
      number = number * degree + (step < 0 ? step + vocabulary : step)
    }
    return number
  }

  /// The vertex to which a step leads.
  func vertex(after vertex: Int, step: Int) -> Int {
    let (first, tail) = vertex.quotientAndRemainder(dividingBy: vertexTails)
    let (second, rest) = (tail * degree + step).quotientAndRemainder(dividingBy: vertexTails)
    return (first + 1 + second) % vocabulary * vertexTails + rest
  }

  /// The first symbol of a vertex.
  func symbol(of vertex: Int) -> Int { vertex / vertexTails }
}

/// A closed trail in the graph of windows: a dense cyclic sequence whose windows all differ.
///
/// Where a sequence needs most of the windows that there are, filling it note by note ends in dead
/// ends. A trail through all windows is always found, and a piece between two visits of the same
/// vertex can be cut out of it: what is left is again a closed trail.
struct ClosedTrail {
  /// The graph of windows.
  let graph: WindowGraph

  /// The vertices in the order in which they are visited.
  private(set) var vertices: [Int]

  /// A random trail through all edges (Hierholzer 1873).
  ///
  /// - Complexity: O(edges) time and memory.
  init(throughAllOf graph: WindowGraph, random: inout RandomStream) {
    precondition(graph.order >= 2)
    self.graph = graph
    let degree = graph.degree
    var steps: [Int32] = []  // in the order in which they leave a vertex, shape [vertex, degree]
    steps.reserveCapacity(graph.edges)
    for _ in 0..<graph.vertices {
      steps.append(contentsOf: random.permutation(of: degree).lazy.map { Int32($0) })
    }
    var taken = [Int32](repeating: 0, count: graph.vertices)
    var path = [random.integer(below: graph.vertices)]
    var trail: [Int] = []
    trail.reserveCapacity(graph.edges + 1)
    while let vertex = path.last {
      let next = Int(taken[vertex])
      if next == degree {
        trail.append(path.removeLast())
      } else {
        taken[vertex] += 1
        path.append(graph.vertex(after: vertex, step: Int(steps[vertex * degree + next])))
      }
    }
    trail.removeLast()  // the first vertex once more
    vertices = trail.reversed()
  }

  /// One symbol for each vertex.
  var symbols: [Int] { vertices.map(graph.symbol(of:)) }

  /// Cuts pieces out of the trail until it has a given length.
  ///
  /// - Returns: Whether that length was reached; if not, the trail is longer.
  /// - Complexity: O(length of the trail) for each cut, of which there are at most 64.
  mutating func shorten(to length: Int, random: inout RandomStream) -> Bool {
    for _ in 0..<64 where vertices.count > length {
      let excess = vertices.count - length
      rotate(toStartAt: random.integer(below: vertices.count))
      if let start = pieceStart(length: excess) {
        vertices.removeSubrange(start..<start + excess)
      } else if let end = (2..<max(2, excess - 1)).last(where: { vertices[$0] == vertices[0] }) {
        vertices.removeSubrange(0..<end)
      }
    }
    return vertices.count == length
  }

  /// Where a piece of a given length starts that leads back to its first vertex.
  private func pieceStart(length: Int) -> Int? {
    (0..<vertices.count - length).first { vertices[$0] == vertices[$0 + length] }
  }

  private mutating func rotate(toStartAt start: Int) {
    vertices = Array(vertices[start...] + vertices[..<start])
  }
}
