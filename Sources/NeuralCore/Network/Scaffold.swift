/// The static, sparse connections onto the somata of latent neurons.
///
/// The scaffold spreads the teacher's nudging from the visible to the latent population. Edges are
/// stored in the order of their growth; a repeated edge counts twice.
public struct Scaffold: Equatable, Sendable {
  /// One connection from a neuron to the soma of a latent neuron.
  public struct Edge: Equatable, Hashable, Sendable {
    /// Index of the presynaptic neuron, which is visible or latent.
    public let pre: Int
    /// Index of the postsynaptic neuron, which is latent.
    public let post: Int

    /// Creates an edge.
    public init(pre: Int, post: Int) {
      self.pre = pre
      self.post = post
    }
  }

  /// The edges.
  public var edges: [Edge]

  /// Creates a scaffold from its edges.
  public init(edges: [Edge] = []) {
    self.edges = edges
  }
}

/// The probabilities of scaffold growth.
public struct ScaffoldGrowth: Equatable, Sendable {
  /// Probability that a neuron has no outgoing edge, `p0`, in [0, 1].
  public var barren = 0.04

  /// `p`, in [0, 1): a neuron with `n` outgoing edges gets another one with probability `p^n`.
  public var branching = 0.2

  /// `q`, in [0, 1]: a latent neuron with `k` incoming edges accepts another one with probability
  /// `q^k`.
  public var acceptance = 0.15

  /// Creates the paper's probabilities.
  public init() {}

  /// Creates growth probabilities.
  public init(barren: Double, branching: Double, acceptance: Double) {
    precondition((0...1).contains(barren) && (0..<1).contains(branching))
    precondition((0...1).contains(acceptance))
    self.barren = barren
    self.branching = branching
    self.acceptance = acceptance
  }
}

extension Scaffold {
  /// Grows a scaffold from the visible neurons: random, tree-like chains of delays.
  ///
  /// A work list starts with all visible neurons. A neuron taken from it at random gets its
  /// outgoing edges; a latent neuron that receives its first edge joins the list. The paper picks a
  /// latent neuron and picks again if that one refuses. This function draws once from the
  /// distribution of those repeated picks, `q^k / sum q^k`, which gives the same distribution of
  /// scaffolds without an endless loop.
  ///
  /// - Parameters:
  ///   - visible: Number of visible neurons.
  ///   - latent: Number of latent neurons.
  ///   - growth: The probabilities.
  ///   - random: The stream for ``RandomStream/Purpose/scaffold``.
  /// - Throws: ``NetworkError/scaffoldCannotGrow(latent:acceptance:)`` if no latent neuron can
  ///   accept an edge (acceptance 0 and every candidate taken).
  /// - Complexity: O(edges · latent).
  /// - SeeAlso: Kriener et al. (2024), Methods, scaffold; docs/model.md, *Scaffold growth*.
  public static func grown(
    visible: Int, latent: Int, growth: ScaffoldGrowth, random: inout RandomStream
  ) throws(NetworkError) -> Scaffold {
    var edges: [Edge] = []
    var incoming = [Int](repeating: 0, count: latent)
    var willingness = [Double](repeating: 1, count: latent)
    var waiting = Array(0..<visible)
    while !waiting.isEmpty {
      waiting.swapAt(random.integer(below: waiting.count), waiting.count - 1)
      let pre = waiting.removeLast()
      for _ in 0..<outgoingEdges(growth, &random) {
        guard let chosen = draw(from: willingness, excluding: pre - visible, &random) else {
          throw .scaffoldCannotGrow(latent: latent, acceptance: growth.acceptance)
        }
        edges.append(Edge(pre: pre, post: visible + chosen))
        if incoming[chosen] == 0 { waiting.append(visible + chosen) }
        incoming[chosen] += 1
        willingness[chosen] *= growth.acceptance
        keepAboveZero(&willingness)
      }
    }
    return Scaffold(edges: edges)
  }

  private static func outgoingEdges(_ growth: ScaffoldGrowth, _ random: inout RandomStream) -> Int {
    if random.uniform() < growth.barren { return 0 }
    var count = 1
    var chance = growth.branching
    while random.uniform() < chance {
      count += 1
      chance *= growth.branching
    }
    return count
  }

  /// Scales weights up before they underflow to 0. Only their ratios matter, and a power of two
  /// keeps the ratios exact.
  private static func keepAboveZero(_ weights: inout [Double]) {
    guard let highest = weights.max(), highest > 0, highest < 0x1p-400 else { return }
    for index in weights.indices { weights[index] *= 0x1p400 }
  }

  private static func draw(
    from weights: [Double], excluding excluded: Int, _ random: inout RandomStream
  ) -> Int? {
    var total = 0.0
    var last: Int?
    for (index, weight) in weights.enumerated() where index != excluded && weight > 0 {
      total += weight
      last = index
    }
    guard var chosen = last else { return nil }
    var remaining = random.uniform() * total
    for (index, weight) in weights.enumerated() where index != excluded && weight > 0 {
      if remaining < weight {
        chosen = index
        break
      }
      remaining -= weight
    }
    return chosen
  }
}
