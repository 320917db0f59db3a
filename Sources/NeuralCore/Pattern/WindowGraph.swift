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
