import NeuralCore
import Testing

/// If these fail, the nudging spreads through another scaffold than the paper's, or growth
/// hangs a sweep.
@Suite struct ScaffoldGrowthTests {
  private static func grown(
    _ visible: Int, _ latent: Int, _ growth: ScaffoldGrowth = ScaffoldGrowth(), seed: UInt64 = 1
  ) throws(NetworkError) -> Scaffold {
    var random = RandomStream(seed: seed, purpose: .scaffold)
    return try Scaffold.grown(visible: visible, latent: latent, growth: growth, random: &random)
  }

  @Test(
    "Only latent neurons receive edges, none from itself",
    arguments: [
      (1, 2), (2, 3), (13, 10), (13, 50), (5, 124),
    ])
  func receivers(visible: Int, latent: Int) throws {
    for seed in 0..<50 as Range<UInt64> {
      let scaffold = try Self.grown(visible, latent, seed: seed)
      for edge in scaffold.edges {
        #expect((visible..<visible + latent).contains(edge.post))
        #expect((0..<visible + latent).contains(edge.pre))
        #expect(edge.pre != edge.post)
      }
      // A chain reaches every latent neuron that sends.
      let reached = Set(scaffold.edges.map(\.post))
      #expect(scaffold.edges.allSatisfy { $0.pre < visible || reached.contains($0.pre) })
    }
  }

  @Test("If no neuron is barren, every neuron with an incoming edge also has an outgoing edge")
  func chains() throws {
    let growth = ScaffoldGrowth(barren: 0, branching: 0, acceptance: 0.5)
    for seed in 0..<50 as Range<UInt64> {
      let edges = try Self.grown(4, 30, growth, seed: seed).edges
      let reached = Set(edges.map(\.post))
      #expect(edges.count == 4 + reached.count)
      #expect(Set(edges.map(\.pre)) == Set(0..<4).union(reached))
    }
  }

  @Test("Where every neuron is barren there is no scaffold")
  func barren() throws {
    let growth = ScaffoldGrowth(barren: 1, branching: 0.2, acceptance: 0.15)
    #expect(try Self.grown(13, 50, growth).edges.isEmpty)
  }

  @Test("With acceptance 1 no neuron is preferred, with 0 none gets a second edge")
  func acceptance() throws {
    let repeated = try Self.grown(
      2_000, 10, ScaffoldGrowth(barren: 0, branching: 0, acceptance: 1))
    for post in 2_000..<2_010 {
      let count = repeated.edges.count { $0.post == post }
      #expect(abs(Double(count) - 201) < 5 * 201.0.squareRoot())
    }
    let growth = ScaffoldGrowth(barren: 0.5, branching: 0, acceptance: 0)
    for seed in 0..<20 as Range<UInt64> {
      let edges = try Self.grown(3, 1_000, growth, seed: seed).edges
      #expect(Set(edges.map(\.post)).count == edges.count)
    }
  }

  @Test("Growth that cannot go on is an error and no endless loop", arguments: [1, 2, 10])
  func stuck(latent: Int) {
    let growth = ScaffoldGrowth(barren: 0, branching: 0.2, acceptance: 0)
    let error = #expect(throws: NetworkError.self) { try Self.grown(13, latent, growth) }
    #expect(error == .scaffoldCannotGrow(latent: latent, acceptance: 0))
    #expect(
      error?.description == "the scaffold cannot grow: scaffold_q = 0.0 lets none of the \(latent) "
        + "latent neurons accept another edge; raise scaffold_q or latent")
  }

  @Test("Many visible neurons share few latent ones evenly", arguments: [0.15, 1e-3])
  func crowded(acceptance: Double) throws {
    let growth = ScaffoldGrowth(barren: 0, branching: 0, acceptance: acceptance)
    let edges = try Self.grown(3_000, 3, growth).edges
    #expect(edges.count == 3_003)
    for post in 3_000..<3_003 {
      #expect(abs(edges.count { $0.post == post } - 1_001) < 10)
    }
  }

  @Test(
    "Scaffolds are distributed as by picking until a neuron accepts",
    arguments: [
      (13, 50, 0.15), (13, 10, 0.15), (3, 4, 0.6),
    ])
  func distribution(visible: Int, latent: Int, acceptance: Double) throws {
    let growth = ScaffoldGrowth(barren: 0.04, branching: 0.2, acceptance: acceptance)
    var random = RandomStream(seed: 11, purpose: .bootstrap)
    let count = 3_000
    let found = try (0..<count).map { seed in
      ScaffoldStatistics(
        try Self.grown(visible, latent, growth, seed: UInt64(seed)).edges, visible)
    }
    let expected = (0..<count).map { _ in
      ScaffoldStatistics(
        rejectionSampled(visible, latent, growth, &random), visible)
    }
    for (index, name) in ScaffoldStatistics.names.enumerated() {
      let (mean, variance) = moments(found.map { $0.values[index] })
      let (plain, plainVariance) = moments(expected.map { $0.values[index] })
      let error = ((variance + plainVariance) / Double(count)).squareRoot()
      #expect(abs(mean - plain) <= 4.5 * error, "\(name): \(mean) instead of \(plain)")
      #expect(abs(variance - plainVariance) <= 0.2 * plainVariance + 1e-9, "spread of \(name)")
    }
  }

  private func moments(_ values: [Double]) -> (mean: Double, variance: Double) {
    let mean = values.reduce(0, +) / Double(values.count)
    return (mean, values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count))
  }
}

/// The growth of a scaffold as the paper describes it: picking latent neurons until one accepts.
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
