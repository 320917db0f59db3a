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
  private let storage: VectorBuffer<Scalar>
  private let panelBuffer: FixedBuffer<Panel>
  private let runs: FixedBuffer<Run>
  private let runCount: Int

  // Where the presynaptic neuron's record of a pair begins, shape [vector].
  private let places: FixedBuffer<Int32>

  // Shape [word, lane], for each run as many words as its vectors need.
  private let words: FixedBuffer<Scalar.SynapseWord>

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
  /// Whether a synapse of a panel can learn.
  @inline(__always)
  func learns(_ index: Int) -> Bool { panelBuffer.elements[index].learns }

  /// Adds the updates that are due in a pair of steps to the weights of some panels, and multiplies the
  /// weights with the delayed rates of both steps. Passes over panels that do not learn.
  ///
  /// - Parameters:
  ///   - records: ``StepPair/record`` of each presynaptic neuron.
  ///   - population: Holds the surprise and the learning rates, and receives the dendritic input.
  ///   - step: The first step of the pair, counted from the start of the block.
  func learn(
    _ range: Range<Int>, records: UnsafePointer<Scalar>, _ population: Population<Scalar>, step: Int
  ) {
    let first = panelBuffer.elements[range.lowerBound].firstRun
    let end =
      range.upperBound < panels.count
      ? panelBuffer.elements[range.upperBound].firstRun : runCount
    let runs = UnsafePointer(runs.elements)
    let places = UnsafePointer(places.elements)
    let words = UnsafePointer(words.elements)
    let weights = storage.vectors
    let surprises = UnsafePointer(population.surprise.vectors)
    let inputs = population.input.vectors + step
    let rateFromVisible = UnsafePointer(population.rateFromVisible.vectors)
    let rateFromLatent = UnsafePointer(population.rateFromLatent.vectors)
    var latest = -1
    for index in first..<end {
      let run = runs[index]
      let panel = run.panel
      let rate = (run.fromVisible ? rateFromVisible : rateFromLatent)[panel]
      let surprise = surprises + (panel &* StepPair.steps)
      Scalar.learn(
        weights + run.start, count: run.count, places: places + run.start, records: records,
        synapses: words + run.firstWord, before: rate * surprise[0], now: rate * surprise[1],
        inputs: inputs + (panel &* StepBlock.steps), isFirst: panel != latest)
      latest = panel
    }
  }

  /// Multiplies the weights of a panel with the delayed rates of a block.
  ///
  /// - Parameters:
  ///   - records: ``StepPair/record`` of each presynaptic neuron for the first pair of steps; those of
  ///     the others follow `stride` apart.
  ///   - input: Receives the dendritic input, shape `[panel, step]`.
  func multiply(
    _ index: Int, records: UnsafePointer<Scalar>, stride: Int, input: UnsafeMutablePointer<Vector>
  ) {
    let panel = panelBuffer.elements[index]
    let places = places.elements
    let weights = storage.vectors
    var sums = BlockSums<Scalar>()
    for vector in panel.start..<panel.start + panel.count {
      sums.add(weights[vector], records + Int(places[vector]), stride: stride)
    }
    sums.store(input + index * StepBlock.steps)
  }

  /// Ranges of neighbouring panels whose weights take about so many bytes.
  func tiles(ofSize bytes: Int) -> [Range<Int>] {
    let width = max(1, bytes / max(1, largestPanel))
    return stride(from: 0, to: panels.count, by: width).map { first in
      first..<min(first + width, panels.count)
    }
  }
}
