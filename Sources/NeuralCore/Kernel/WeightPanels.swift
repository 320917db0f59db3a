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

    /// Its first run; those of the next panel follow.
    var firstRun: Int

    /// Whether a synapse of it can learn.
    var learns: Bool
  }

  /// Vectors of a panel that share their learning rates.
  struct Run {
    /// The panel.
    var panel: Int

    /// First vector in the storage.
    var start: Int

    /// Number of vectors.
    var count: Int

    /// Whether the learning rates are those of visible presynaptic neurons; of no account where no
    /// neuron of the panel is visible.
    var fromVisible: Bool

    /// Where the words begin that tell which synapses exist.
    var firstWord: Int
  }

  let neurons: Int
  let panels: [Panel]
  let storage: VectorBuffer<Scalar>
  let panelBuffer: FixedBuffer<Panel>
  let runs: FixedBuffer<Run>
  let runCount: Int

  // Where the presynaptic neuron's record of a pair begins, shape [vector].
  let places: FixedBuffer<Int32>

  // Shape [word, lane], for each run as many words as its vectors need.
  let words: FixedBuffer<Scalar.SynapseWord>

  /// Number of neurons, filled up to whole panels.
  var paddedNeurons: Int { panels.count * Vector.scalarCount }

  /// Size of the weights of the largest panel [bytes].
  var largestPanel: Int { (panels.map(\.count).max() ?? 0) * MemoryLayout<Vector>.stride }

  /// Takes the weights of a network.
  init(_ network: Network, _ learning: LearningRule) {
    let neurons = network.neurons
    let width = Vector.scalarCount
    self.neurons = neurons
    var panels: [Panel] = []
    var runs: [Run] = []
    var places: [Int32] = []
    var words: [Scalar.SynapseWord] = []
    for first in stride(from: 0, to: neurons, by: width) {
      let posts = first..<min(first + width, neurons)
      func exists(_ pre: Int, _ post: Int) -> Bool {
        network.dendriticSynapse[post * neurons + pre]
      }
      var panel = Panel(
        start: places.count, count: 0, firstRun: runs.count,
        learns: posts.contains { post in
          (0..<neurons).contains { pre in
            exists(pre, post)
              && learning.rate(
                isPostVisible: post < network.visible, isPreVisible: pre < network.visible) != 0
          }
        })
      let split = first < network.visible ? network.visible : 0
      for (pres, fromVisible) in [(0..<split, true), (split..<neurons, false)] {
        let present = pres.filter { pre in posts.contains { exists(pre, $0) } }
        guard !present.isEmpty else { continue }
        runs.append(
          Run(
            panel: panels.count, start: places.count, count: present.count,
            fromVisible: fromVisible, firstWord: words.count))
        places += present.map { Int32($0 * StepPair.record) }
        words += Self.words(present, posts, exists)
      }
      panel.count = places.count - panel.start
      if !panel.learns { runs.removeLast(runs.count - panel.firstRun) }
      panels.append(panel)
    }
    runCount = runs.count
    self.panels = panels
    panelBuffer = FixedBuffer(panels)
    self.runs = FixedBuffer(runs)
    self.places = FixedBuffer(places)
    self.words = FixedBuffer(words)
    storage = VectorBuffer(scalars: places.count * width)
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
            Int(places.elements[vector]) / StepPair.record)
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
  /// Ranges of neighbouring panels whose weights take about so many bytes.
  func tiles(ofSize bytes: Int) -> [Range<Int>] {
    let width = max(1, bytes / max(1, largestPanel))
    return stride(from: 0, to: panels.count, by: width).map { first in
      first..<min(first + width, panels.count)
    }
  }
}
