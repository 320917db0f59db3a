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

    /// How many panels further the next one is.
    var panelsToNext = 0
  }

  let neurons: Int
  let panels: [Panel]
  let storage: VectorBuffer<Scalar>
  let panelBuffer: FixedBuffer<Panel>
  let learning: FixedBuffer<LearningPanel>
  let learningCount: Int

  // The presynaptic neurons, shape [vector].
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
    var presynaptic: [Int32] = []
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
        panels[panel].start = presynaptic.count
        panels[panel].count = parts[0].count + parts[1].count
        presynaptic += parts.joined().map { Int32($0) }
        guard learns else { continue }
        let ofPanel = parts.flatMap { Self.words($0, posts(panel), exists) }
        if let last = learningPanels.indices.last {
          learningPanels[last].panelsToNext = panel - learningPanels[last].panel
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
    storage = VectorBuffer(scalars: presynaptic.count * width)
    forEachWeight { place, post, pre in
      storage.scalars[place] = Scalar(network.dendriticWeight[post * neurons + pre])
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

  /// Calls `body` for each weight that is kept: its place and the two neurons.
  private func forEachWeight(_ body: (_ place: Int, _ post: Int, _ pre: Int) -> Void) {
    let width = Vector.scalarCount
    for (index, panel) in panels.enumerated() {
      for vector in panel.start..<panel.start + panel.count {
        for lane in 0..<min(width, neurons - index * width) {
          body(
            vector * width + lane, index * width + lane,
            Int(presynaptic.elements[vector]))
        }
      }
    }
  }

  /// The weights in a network's order, shape `[post, pre]`.
  var weights: [Double] {
    var result = [Double](repeating: 0, count: neurons * neurons)
    forEachWeight { place, post, pre in
      result[post * neurons + pre] = Double(storage.scalars[place])
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
