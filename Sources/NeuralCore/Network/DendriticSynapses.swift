/// Which dendritic synapses of a new network exist.
public struct DendriticConnectivity: Equatable, Sendable {
  /// Probability that a synapse exists.
  public var density = 1.0

  /// Probability that a synapse from a visible to a latent neuron is kept, in addition to
  /// ``density``.
  public var innervation = 1.0

  /// Whether a synapse that runs parallel to a scaffold edge always exists.
  public var protectsScaffold = false

  /// Whether latent neurons have dendrites and therefore dendritic synapses.
  public var latentDendrites = true

  /// Creates all-to-all connectivity without synapses from a neuron to itself.
  public init() {}

  /// Whether each synapse exists, shape `[post, pre]`.
  ///
  /// The draws do not depend on the probabilities, so the synapses of a sparse network are a subset
  /// of those of a denser network with the same seed.
  public func synapses(visible: Int, latent: Int, scaffold: Scaffold, seed: UInt64) -> SynapseMask {
    let neurons = visible + latent
    let edges = Set(scaffold.edges)
    var random = RandomStream(seed: seed, purpose: .dendriticSynapses)
    var synapses = SynapseMask(none: neurons * neurons)
    for post in 0..<neurons {
      for pre in 0..<neurons {
        let isDense = random.uniform() < density
        let isInnervated = random.uniform() < innervation || pre >= visible || post < visible
        let isProtected = protectsScaffold && edges.contains(Scaffold.Edge(pre: pre, post: post))
        let hasDendrite = post < visible || latentDendrites
        synapses[post * neurons + pre] =
          post != pre && hasDendrite && (isDense && isInnervated || isProtected)
      }
    }
    return synapses
  }
}

/// Which synapses of a network exist, one bit each. One byte each would take a quarter of the
/// memory of weights in single precision.
public struct SynapseMask: RandomAccessCollection, MutableCollection, Equatable, Sendable {
  /// Number of possible synapses.
  public let count: Int

  /// The bits, lowest first. Bits after the last synapse are 0.
  public private(set) var words: [UInt32]

  /// Creates a mask of `count` possible synapses, none of which exists.
  public init(none count: Int) {
    self.count = count
    words = Array(repeating: 0, count: Self.wordCount(count))
  }

  /// Creates a mask from whether each synapse exists.
  public init(_ synapses: some Collection<Bool>) {
    self.init(none: synapses.count)
    for (index, exists) in synapses.enumerated() where exists { self[index] = true }
  }

  /// Creates a mask from the ``words`` of another mask; nil if they do not fit `count` synapses.
  public init?(words: [UInt32], count: Int) {
    let used = count % UInt32.bitWidth
    guard words.count == Self.wordCount(count),
      used == 0 || words[words.count - 1] >> UInt32(used) == 0
    else { return nil }
    self.count = count
    self.words = words
  }

  private static func wordCount(_ count: Int) -> Int {
    (count + UInt32.bitWidth - 1) / UInt32.bitWidth
  }

  public var startIndex: Int { 0 }
  public var endIndex: Int { count }

  /// Whether a synapse exists.
  public subscript(index: Int) -> Bool {
    get {
      precondition(0 <= index && index < count)
      return words[index / UInt32.bitWidth] >> UInt32(index % UInt32.bitWidth) & 1 == 1
    }
    set {
      precondition(0 <= index && index < count)
      let bit: UInt32 = 1 << UInt32(index % UInt32.bitWidth)
      if newValue {
        words[index / UInt32.bitWidth] |= bit
      } else {
        words[index / UInt32.bitWidth] &= ~bit
      }
    }
  }
}

extension Network {
  /// Removes a random fraction of the plastic synapses, rounded to whole synapses. The losses of a
  /// smaller fraction are a subset of those of a larger one.
  ///
  /// Their weights are not cleared, because that would copy all weights. Kernels ignore the weights
  /// of missing synapses.
  mutating func loseSynapses(
    _ fraction: Double, learning: LearningRule, seed: UInt64, draw: Int
  ) {
    var random = RandomStream(seed: seed, purpose: .synapseLoss, index: draw)
    let lost = Self.lost(fraction, of: plasticSynapses(learning), &random)
    var number = 0
    for index in dendriticSynapse.indices where isPlastic(index, learning) {
      if lost[number] { dendriticSynapse[index] = false }
      number += 1
    }
  }

  /// Which of `count` synapses are lost.
  private static func lost(
    _ fraction: Double, of count: Int, _ random: inout RandomStream
  ) -> SynapseMask {
    // Indices of 32 bits take no more memory than the weights of a large network.
    let order = random.permutation(of: count, as: UInt32.self)
    var lost = SynapseMask(none: count)
    for number in order.prefix(Int((fraction * Double(count)).rounded())) {
      lost[Int(number)] = true
    }
    return lost
  }

  /// Number of synapses that can learn.
  public func plasticSynapses(_ learning: LearningRule) -> Int {
    dendriticSynapse.indices.count { isPlastic($0, learning) }
  }

  private func isPlastic(_ index: Int, _ learning: LearningRule) -> Bool {
    dendriticSynapse[index] && (index / neurons < visible || learning.latentLearns)
  }
}
