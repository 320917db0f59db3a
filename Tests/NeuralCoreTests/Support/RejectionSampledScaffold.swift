import NeuralCore

/// The growth of a scaffold as the model page tells it, picking until a neuron accepts.
func rejectionSampled(
  _ visible: Int, _ latent: Int, _ growth: ScaffoldGrowth, _ random: inout RandomStream
) -> [Scaffold.Edge] {
  func power(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { value, _ in value * base }
  }
  var edges: [Scaffold.Edge] = []
  var seen = Set(0..<visible)
  var list = Array(0..<visible)
  while !list.isEmpty {
    let pre = list.remove(at: random.integer(below: list.count))
    var outgoing = 0
    if random.uniform() >= growth.barren {
      outgoing = 1
      while random.uniform() < power(growth.branching, outgoing) { outgoing += 1 }
    }
    while outgoing > 0 {
      let post = visible + random.integer(below: latent)
      let received = edges.count { $0.post == post }
      guard post != pre, random.uniform() < power(growth.acceptance, received) else { continue }
      edges.append(Scaffold.Edge(pre: pre, post: post))
      if seen.insert(post).inserted { list.append(post) }
      outgoing -= 1
    }
  }
  return edges
}

/// Numbers by which two ways of growing scaffolds are compared.
struct ScaffoldStatistics {
  static let names = [
    "edges", "edges from visible neurons", "neurons reached", "neurons with two or more edges",
    "neurons with three or more edges", "repeated edges", "edges back to an earlier neuron",
    "neurons that send two or more edges",
  ]

  /// One value for each of ``names``.
  let values: [Double]

  init(_ edges: [Scaffold.Edge], _ visible: Int) {
    let received = edges.reduce(into: [:]) { $0[$1.post, default: 0] += 1 }
    let sent = edges.reduce(into: [:]) { $0[$1.pre, default: 0] += 1 }
    values = [
      edges.count, edges.count { $0.pre < visible }, received.count,
      received.count { $0.value >= 2 }, received.count { $0.value >= 3 },
      edges.count - Set(edges).count, edges.count { $0.post < $0.pre },
      sent.count { $0.value >= 2 },
    ].map(Double.init)
  }
}
