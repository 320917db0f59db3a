import NeuralCore
import Testing

/// If these fail, a study of sparse networks compares other networks than it says.
@Suite struct DendriticConnectivityTests {
  private static let visible = 20
  private static let latent = 80
  private static let neurons = 100

  /// A chain from the first visible neuron through all latent ones.
  private static let scaffold = Scaffold(
    edges: [Scaffold.Edge(pre: 0, post: visible)]
      + (visible + 1..<neurons).map { Scaffold.Edge(pre: $0 - 1, post: $0) })

  private static func synapses(
    seed: UInt64 = 1, _ change: (inout DendriticConnectivity) -> Void
  ) -> SynapseMask {
    var connectivity = DendriticConnectivity()
    change(&connectivity)
    return connectivity.synapses(
      visible: visible, latent: latent, scaffold: scaffold, seed: seed)
  }

  /// The pairs of different neurons, as places in the matrix, of which a condition holds.
  private static func places(_ isIncluded: (_ post: Int, _ pre: Int) -> Bool) -> [Int] {
    (0..<neurons * neurons).filter {
      $0 / neurons != $0 % neurons && isIncluded($0 / neurons, $0 % neurons)
    }
  }

  private static let inputs = places { post, pre in post >= visible && pre < visible }
  private static let others = places { post, pre in post < visible || pre >= visible }

  /// Whether a count is within five standard deviations of a binomial one.
  private static func isLikely(_ count: Int, of total: Int, _ probability: Double) -> Bool {
    let mean = probability * Double(total)
    return abs(Double(count) - mean) <= 5 * (mean * (1 - probability)).squareRoot()
  }

  @Test("All pairs are connected by default, but no neuron with itself", arguments: [1, 0.5])
  func noSelfSynapses(density: Double) {
    let synapses = Self.synapses {
      $0.density = density
      $0.protectsScaffold = true
    }
    #expect((0..<Self.neurons).allSatisfy { !synapses[$0 * (Self.neurons + 1)] })
    if density == 1 { #expect(synapses.count { $0 } == 100 * 99) }
  }

  @Test("As many synapses exist as the density says", arguments: [0.01, 0.3, 0.5, 0.9])
  func density(density: Double) {
    let synapses = Self.synapses { $0.density = density }
    for places in [Self.inputs, Self.others] {
      #expect(Self.isLikely(places.count { synapses[$0] }, of: places.count, density))
    }
  }

  @Test(
    "Innervation thins only what leads from visible to latent neurons", arguments: [0, 0.2, 0.7])
  func innervation(ratio: Double) {
    let full = Self.synapses { $0.innervation = ratio }
    #expect(Self.others.allSatisfy { full[$0] })
    #expect(Self.isLikely(Self.inputs.count { full[$0] }, of: 1_600, ratio))
    let sparse = Self.synapses {
      $0.density = 0.5
      $0.innervation = ratio
    }
    #expect(Self.isLikely(Self.inputs.count { sparse[$0] }, of: 1_600, 0.5 * ratio))
    #expect(Self.isLikely(Self.others.count { sparse[$0] }, of: Self.others.count, 0.5))
  }

  @Test("A sparser network is part of a denser one of its seed, and of no other seed")
  func nested() {
    let densities = [0.1, 0.25, 0.5, 0.75, 1]
    let networks = densities.map { density in Self.synapses { $0.density = density } }
    let innervations = densities.map { ratio in Self.synapses { $0.innervation = ratio } }
    for nested in [networks, innervations] {
      for (sparse, dense) in zip(nested, nested.dropFirst()) {
        #expect(sparse.indices.allSatisfy { !sparse[$0] || dense[$0] })
        #expect(sparse != dense)
      }
    }
    let other = Self.synapses(seed: 2) { $0.density = 0.1 }
    #expect(!other.indices.allSatisfy { !other[$0] || networks[1][$0] })
  }

  @Test("Protected synapses parallel to the scaffold exist at any density and innervation")
  func protected() {
    let edges = Self.scaffold.edges.map { $0.post * Self.neurons + $0.pre }
    func sparse(protected: Bool) -> SynapseMask {
      Self.synapses {
        $0.density = 0.01
        $0.innervation = 0
        $0.protectsScaffold = protected
      }
    }
    let (bare, guarded) = (sparse(protected: false), sparse(protected: true))
    #expect(edges.allSatisfy { guarded[$0] })
    #expect(!edges.allSatisfy { bare[$0] })
    // And no other synapse is gained by it.
    let isEdge = Set(edges)
    #expect(bare.indices.allSatisfy { isEdge.contains($0) || bare[$0] == guarded[$0] })
  }

  @Test("A neuron that is its own scaffold neighbour has no synapse with itself")
  func ownNeighbour() {
    var connectivity = DendriticConnectivity()
    connectivity.protectsScaffold = true
    let synapses = connectivity.synapses(
      visible: 1, latent: 2, scaffold: Scaffold(edges: [.init(pre: 2, post: 2)]), seed: 1)
    #expect(
      Array(synapses) == [false, true, true, true, false, true, true, true, false])
  }

  @Test("Latent neurons without a dendrite have no dendritic synapse, protected or not")
  func withoutLatentDendrites() {
    let synapses = Self.synapses {
      $0.latentDendrites = false
      $0.protectsScaffold = true
    }
    let onto = Self.places { post, _ in post < Self.visible }
    #expect(synapses.count { $0 } == 20 * 99)
    #expect(onto.allSatisfy { synapses[$0] })
  }
}

@Suite struct SynapseMaskTests {
  /// If this fails, synapses exist that should not, and the other way round.
  @Test(arguments: [0, 1, 31, 32, 33, 1_000])
  func keepsWhatIsSet(count: Int) {
    let synapses = (0..<count).map { $0 * 7 % 5 < 2 }
    var mask = SynapseMask(synapses)
    #expect(Array(mask) == synapses)
    #expect(mask.count { $0 } == synapses.count { $0 })
    for index in mask.indices { mask[index].toggle() }
    #expect(Array(mask) == synapses.map { !$0 })
    for index in mask.indices { mask[index] = false }
    #expect(mask == SynapseMask(none: count))
  }

  /// If this fails, a trial that continues has other synapses, or a damaged file is taken.
  @Test func wordsMustFit() {
    let mask = SynapseMask((0..<40).map { $0 % 3 == 0 })
    #expect(SynapseMask(words: mask.words, count: 40) == mask)
    #expect(SynapseMask(words: [.max, 0xff], count: 40) == SynapseMask((0..<40).map { _ in true }))
    #expect(SynapseMask(words: [0, 0x100], count: 40) == nil)
    #expect(SynapseMask(words: [0], count: 40) == nil)
    #expect(SynapseMask(words: [0, 0, 0], count: 40) == nil)
  }
}
