/// The graph of all words of `order` symbols in which no symbol follows itself.
///
/// Vertices are the words of `order - 1` symbols. Each word of `order` symbols is an edge from its
/// first `order - 1` symbols to its last `order - 1` symbols. A cyclic sequence whose windows of
/// `order` symbols all differ is a closed trail; its order is smaller if and only if it visits no
/// vertex twice.
///
/// The number of a word consists of its first symbol and the steps to the following symbols: from a
/// symbol `s`, the step `y` in `0..<vocabulary - 1` leads to `s + 1 + y` modulo the vocabulary.
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

  /// Number of outgoing edges of a vertex.
  var degree: Int { vocabulary - 1 }

  /// Number of vertices, for an order of at least 2.
  var vertices: Int { edges / degree }

  /// Number of vertices with the same first symbol.
  var vertexTails: Int { vertices / vocabulary }

  /// The edge of the window of a cyclic sequence that starts at a note.
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

/// A closed trail in the graph of windows: a cyclic sequence whose windows all differ.
///
/// For sequences that use most windows, drawing note by note fails. A trail through all windows
/// always exists, and cutting out the piece between two visits of one vertex leaves a shorter
/// closed trail.
struct ClosedTrail {
  /// The graph of windows.
  let graph: WindowGraph

  /// The vertices in the order of their visits.
  private(set) var vertices: [Int]

  /// A random trail through all edges (Hierholzer 1873).
  ///
  /// - Complexity: O(edges) time and memory.
  init(throughAllOf graph: WindowGraph, random: inout RandomStream) {
    precondition(graph.order >= 2)
    self.graph = graph
    let degree = graph.degree
    // steps from each vertex in the order of their use, shape [vertex, degree]
    var steps: [Int32] = []
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
    trail.removeLast()  // the first vertex again
    vertices = trail.reversed()
  }

  /// One symbol for each vertex.
  var symbols: [Int] { vertices.map(graph.symbol(of:)) }

  /// Cuts pieces out of the trail until it has a given length.
  ///
  /// - Returns: Whether the trail has that length; otherwise it is longer.
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

  /// Start of a piece of a given length that leads back to its first vertex.
  private func pieceStart(length: Int) -> Int? {
    (0..<vertices.count - length).first { vertices[$0] == vertices[$0 + length] }
  }

  private mutating func rotate(toStartAt start: Int) {
    vertices = Array(vertices[start...] + vertices[..<start])
  }
}
