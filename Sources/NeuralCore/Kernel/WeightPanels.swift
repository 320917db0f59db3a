/// The dendritic weights in the order in which the fast kernel walks through them.
///
/// Postsynaptic neurons lie along a vector; one such group is a *panel*, and a panel holds a vector
/// for one presynaptic neuron after another, in contiguous memory. Presynaptic neurons without a synapse
/// onto any neuron of the panel are left out; of the others it is known which lanes have one.
final class WeightPanels<Scalar: VectorScalar> {
  typealias Vector = Scalar.Vector

  /// The weights onto the neurons of one vector.
  struct Panel {
    /// First vector in the storage.
    var start: Int

    /// Number of all vectors.
    var count: Int

    /// Where the presynaptic neurons of these begin.
    var presynaptic = 0

    /// Whether a synapse of it can learn.
    var learns: Bool

    /// How many panels that learn come before it.
    var learningBefore = 0
  }

  /// A panel that learns. The vectors of all of these follow each other in the storage.
  struct LearningPanel {
    /// The panel.
    var panel: Int

    /// Number of vectors whose presynaptic neuron is visible, which come first. They have learning rates of
    /// their own where a neuron of the panel is visible, and count as latent elsewhere.
    var visible: Int
    var latent: Int

    /// Where the words begin that tell which synapses exist, and how many there are.
    var firstWord: Int
    var wordCount: Int

    /// How many panels further the next one is, and its presynaptic neurons.
    var panelsToNext = 0
    var presynapticToNext = 0
  }

  let neurons: Int
  let panels: [Panel]
  let storage: VectorBuffer<Scalar>
  let panelBuffer: FixedBuffer<Panel>
  let learning: FixedBuffer<LearningPanel>
  let learningCount: Int

  // The presynaptic neurons, a list for each panel. Neighbouring panels share theirs where it is the same,
  // as in a network with all synapses, where the lists would take as much as a sixteenth of the weights.
  let presynaptic: FixedBuffer<Int32>

  // Shape [word, lane], for each part of a panel that learns as many words as its vectors need.
  let words: FixedBuffer<Scalar.SynapseWord>

  /// Number of neurons, filled up to whole panels.
  var paddedNeurons: Int { panels.count * Vector.scalarCount }

  /// Size of the weights of the largest panel [bytes].
  private var largestPanel: Int { (panels.map(\.count).max() ?? 0) * MemoryLayout<Vector>.stride }

  /// Takes the weights of a network.
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
        vectors += pres.count
        guard learns else { continue }
        let ofPanel = parts.flatMap { Self.words($0, posts(panel), exists) }
        if let last = learningPanels.indices.last {
          let previous = learningPanels[last].panel
          learningPanels[last].panelsToNext = panel - previous
          learningPanels[last].presynapticToNext =
            panels[panel].presynaptic - panels[previous].presynaptic
        }
        learningPanels.append(
          LearningPanel(
            panel: panel, visible: parts[0].count, latent: parts[1].count,
            firstWord: words.count, wordCount: ofPanel.count))
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

  /// Which synapses exist between some presynaptic neurons and those of a panel.
  private static func words(
    _ pres: [Int], _ posts: Range<Int>, _ exists: (_ pre: Int, _ post: Int) -> Bool
  ) -> [Scalar.SynapseWord] {
    let bits = Scalar.SynapseWord.bitWidth
    let width = Vector.scalarCount
    var words = [Scalar.SynapseWord](repeating: 0, count: (pres.count + bits - 1) / bits * width)
    for (index, pre) in pres.enumerated() {
      for (lane, post) in posts.enumerated() where exists(pre, post) {
        words[index / bits * width + lane] |= 1 << (bits - 1 - index % bits)
      }
    }
    return words
  }

  /// Calls `body` for each weight onto some neurons that is kept: its place and that in a network, which
  /// ascends.
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

  /// Multiplies each weight by a factor, which is asked for also where no weight is kept.
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

  /// The weights in a network's order, shape `[post, pre]`: those with some indices.
  func weights(_ range: Range<Int>) -> [Scalar] {
    var result = [Scalar](repeating: 0, count: range.count)
    let posts = range.lowerBound / neurons..<(range.upperBound + neurons - 1) / neurons
    // Its pointers alone would not keep the storage alive.
    withExtendedLifetime(self) {
      forEachWeight(onto: posts) { place, index in
        if range.contains(index) { result[index - range.lowerBound] = storage.scalars[place] }
      }
    }
    return result
  }
}

extension WeightPanels {
  /// What the weights of a tile may take of the second-level cache [bytes].
  private static var tileSize: Int { 256 << 10 }

  /// Ranges of neighbouring panels whose weights stay in the cache.
  var tiles: [Range<Int>] {
    let width = max(1, Self.tileSize / max(1, largestPanel))
    return stride(from: 0, to: panels.count, by: width).map { first in
      first..<min(first + width, panels.count)
    }
  }
}
