/// The dendritic weights in the order in which the fast kernel reads them.
///
/// A *panel* holds the weights onto the postsynaptic neurons of one vector: one vector per
/// presynaptic neuron, in contiguous memory. Presynaptic neurons without a synapse onto any neuron
/// of the panel are left out; for the others, bits say which lanes have a synapse.
final class WeightPanels<Scalar: VectorScalar> {
  typealias Vector = Scalar.Vector

  /// The weights onto the neurons of one vector.
  struct Panel {
    /// First vector in the storage.
    var start: Int

    /// Number of vectors.
    var count: Int

    /// Index of the first presynaptic neuron in `WeightPanels.presynaptic`.
    var presynaptic = 0

    /// Whether any of its synapses can learn.
    var learns: Bool

    /// Number of learning panels before it.
    var learningBefore = 0
  }

  /// A panel that learns. Between the vectors of two learning panels lies only a ``PanelGap``.
  struct LearningPanel {
    /// Index of the panel.
    var panel: Int

    /// Number of vectors with a visible presynaptic neuron, which come first, and of all other
    /// vectors. Only panels with a visible neuron distinguish them: there they have another
    /// learning rate. All other panels count every vector as latent.
    var visible: Int
    var latent: Int

    /// Index and number of the words that say which synapses exist.
    var firstWord: Int
    var wordCount: Int

    /// Whether at most one in 32 synapses is missing, as in a dense network of 32 neurons or more.
    var isDense: Bool

    /// Distance to the next learning panel, and to its presynaptic neurons.
    var panelsToNext = 0
    var presynapticToNext = 0
  }

  let neurons: Int
  let panels: [Panel]
  let storage: VectorBuffer<Scalar>
  let panelBuffer: FixedBuffer<Panel>
  let learning: FixedBuffer<LearningPanel>
  let learningCount: Int

  // The presynaptic neurons, one list per panel. Neighbouring panels share equal lists, as in a
  // network with all synapses, where separate lists would take a sixteenth of the memory of the
  // weights.
  let presynaptic: FixedBuffer<Int32>

  // Existing synapses of learning panels, shape [word, lane]; visible and latent vectors have
  // separate words.
  let words: FixedBuffer<Scalar.SynapseWord>

  /// Number of neurons, rounded up to whole panels.
  var paddedNeurons: Int { panels.count * Vector.scalarCount }

  /// Size of the weights of the largest panel [bytes].
  private var largestPanel: Int { (panels.map(\.count).max() ?? 0) * MemoryLayout<Vector>.stride }

  /// Copies the weights of a network.
  init(_ network: Network, _ learning: LearningRule) {
    let neurons = network.neurons
    let width = Vector.scalarCount
    self.neurons = neurons
    let firsts = Array(stride(from: 0, to: neurons, by: width))
    var learningPanels: [LearningPanel] = []
    var vectors = 0
    var presynaptic: [Int32] = []
    var latest = presynaptic[...]
    var words: [Scalar.SynapseWord] = []
    func exists(_ pre: Int, _ post: Int) -> Bool { network.dendriticSynapse[post * neurons + pre] }
    func posts(_ panel: Int) -> Range<Int> {
      firsts[panel]..<min(firsts[panel] + width, neurons)
    }
    func learns(_ panel: Int) -> Bool {
      posts(panel).contains { post in
        (0..<neurons).contains { pre in
          exists(pre, post)
            && learning.rate(
              isPostVisible: post < network.visible, isPreVisible: pre < network.visible) != 0
        }
      }
    }
    var panels = firsts.indices.map { Panel(start: 0, count: 0, learns: learns($0)) }
    for learns in [true, false] {
      for panel in firsts.indices {
        if learns { panels[panel].learningBefore = learningPanels.count }
        guard panels[panel].learns == learns else { continue }
        let split = firsts[panel] < network.visible ? network.visible : 0
        let parts = [0..<split, split..<neurons].map { pres in
          pres.filter { pre in posts(panel).contains { exists(pre, $0) } }
        }
        let pres = parts.joined().map { Int32($0) }
        if !latest.elementsEqual(pres) {
          presynaptic += pres
          latest = presynaptic.suffix(pres.count)
        }
        panels[panel].presynaptic = latest.startIndex
        panels[panel].start = vectors
        panels[panel].count = pres.count
        vectors += pres.count + PanelGap.vectors
        guard learns else { continue }
        let ofPanel = parts.flatMap { Self.words($0, posts(panel), exists) }
        let missing = ofPanel.reduce(pres.count * width) { $0 - $1.nonzeroBitCount }
        if let last = learningPanels.indices.last {
          let previous = learningPanels[last].panel
          learningPanels[last].panelsToNext = panel - previous
          learningPanels[last].presynapticToNext =
            panels[panel].presynaptic - panels[previous].presynaptic
        }
        learningPanels.append(
          LearningPanel(
            panel: panel, visible: parts[0].count, latent: parts[1].count,
            firstWord: words.count, wordCount: ofPanel.count,
            isDense: 32 * missing <= pres.count * width))
        words += ofPanel
      }
    }
    self.panels = panels
    panelBuffer = FixedBuffer(panels)
    self.learning = FixedBuffer(learningPanels)
    learningCount = learningPanels.count
    self.presynaptic = FixedBuffer(presynaptic)
    self.words = FixedBuffer(words)
    storage = VectorBuffer(scalars: vectors * width)
    forEachWeight(onto: 0..<neurons) { place, index in
      if network.dendriticSynapse[index] {
        storage.scalars[place] = Scalar(network.dendriticWeight[index])
      }
    }
  }

  /// The bits of the existing synapses from some presynaptic neurons onto the neurons of a panel.
  /// Lanes without a neuron count as existing; their updates are zero.
  private static func words(
    _ pres: [Int], _ posts: Range<Int>, _ exists: (_ pre: Int, _ post: Int) -> Bool
  ) -> [Scalar.SynapseWord] {
    let bits = Scalar.SynapseWord.bitWidth
    let width = Vector.scalarCount
    var words = [Scalar.SynapseWord](repeating: 0, count: (pres.count + bits - 1) / bits * width)
    for (index, pre) in pres.enumerated() {
      for lane in 0..<width where lane >= posts.count || exists(pre, posts.lowerBound + lane) {
        words[index / bits * width + lane] |= 1 << (bits - 1 - index % bits)
      }
    }
    return words
  }

  /// Calls `body` for each stored weight onto some neurons, with its index in the storage and its
  /// index in ``Network/dendriticWeight``, in ascending order of the latter.
  private func forEachWeight(
    onto posts: Range<Int>, _ body: (_ place: Int, _ index: Int) -> Void
  ) {
    let width = Vector.scalarCount
    for post in posts {
      let panel = panels[post / width]
      for vector in 0..<panel.count {
        body(
          (panel.start + vector) * width + post % width,
          post * neurons + Int(presynaptic.elements[panel.presynaptic + vector]))
      }
    }
  }

  /// Multiplies each weight by a factor. Calls `factor` for weights that are not stored too.
  func scale(by factor: () -> Double) {
    var next = 0
    forEachWeight(onto: 0..<neurons) { place, index in
      while next < index {
        _ = factor()
        next += 1
      }
      storage.scalars[place] = Scalar(Double(storage.scalars[place]) * factor())
      next += 1
    }
  }

  /// A range of the weights in the order of ``Network/dendriticWeight``, shape `[post, pre]`.
  func weights(_ range: Range<Int>) -> [Scalar] {
    var result = [Scalar](repeating: 0, count: range.count)
    let posts = range.lowerBound / neurons..<(range.upperBound + neurons - 1) / neurons
    // The pointers alone do not keep the storage alive.
    withExtendedLifetime(self) {
      forEachWeight(onto: posts) { place, index in
        if range.contains(index) { result[index - range.lowerBound] = storage.scalars[place] }
      }
    }
    return result
  }
}

extension WeightPanels {
  /// The share of the second-level cache for the weights of a tile [bytes].
  private static var tileSize: Int { 256 << 10 }

  /// Ranges of neighbouring panels whose weights fit into the cache.
  var tiles: [Range<Int>] {
    let width = max(1, Self.tileSize / max(1, largestPanel))
    return stride(from: 0, to: panels.count, by: width).map { first in
      first..<min(first + width, panels.count)
    }
  }
}
