/// The dendritic weights in the order in which the fast kernel walks through them.
///
/// Postsynaptic neurons lie along a vector; one such group is a *panel*, and a panel holds a vector
/// for one presynaptic neuron after another, in contiguous memory. Where synapses are missing, a
/// panel leaves out the presynaptic neurons without a synapse onto any of its neurons, and knows of
/// the others which lanes have one.
final class WeightPanels<Scalar: VectorScalar> {
  typealias Vector = Scalar.Vector

  /// The weights onto the neurons of one vector.
  struct Panel {
    /// First vector in the storage.
    var start: Int

    /// Number of vectors from visible presynaptic neurons, which come first; 0 where these do not
    /// differ, because no neuron of the panel is visible.
    var fromVisible: Int

    /// Number of all vectors.
    var count: Int

    /// Whether a synapse of it can learn.
    var learns: Bool
  }

  let neurons: Int

  /// Whether a synapse is missing that would learn if it were there.
  let isSparse: Bool

  let panels: [Panel]
  private let storage: VectorBuffer<Scalar>

  // Where the presynaptic neuron's record of a quad begins, and which lanes have a synapse; shape
  // [vector], empty where no synapse is missing.
  private let places: [Int32]
  private let lanes: [UInt16]

  /// Number of neurons, filled up to whole panels.
  var paddedNeurons: Int { panels.count * Vector.scalarCount }

  /// Size of the weights of the largest panel [bytes].
  var largestPanel: Int { (panels.map(\.count).max() ?? 0) * MemoryLayout<Vector>.stride }

  /// Takes the weights of a network.
  init(_ network: Network, _ learning: LearningRule) {
    let neurons = network.neurons
    let width = Vector.scalarCount
    self.neurons = neurons
    let isSparse = Self.isSparse(network, learning)
    self.isSparse = isSparse
    var start = 0
    var panels: [Panel] = []
    var places: [Int32] = []
    var lanes: [UInt16] = []
    for first in stride(from: 0, to: neurons, by: width) {
      let posts = first..<min(first + width, neurons)
      let bits = (0..<neurons).map { pre in
        posts.reduce(into: UInt16(0)) { bits, post in
          if network.dendriticSynapse[post * neurons + pre] { bits |= 1 << UInt16(post - first) }
        }
      }
      let learns = posts.contains { post in
        (0..<neurons).contains { pre in
          network.dendriticSynapse[post * neurons + pre]
            && learning.rate(
              isPostVisible: post < network.visible, isPreVisible: pre < network.visible) != 0
        }
      }
      let isEmpty = bits.allSatisfy { $0 == 0 }
      let present = (0..<neurons).filter { isSparse ? bits[$0] != 0 : !isEmpty }
      panels.append(
        Panel(
          start: start,
          fromVisible: first < network.visible ? present.count { $0 < network.visible } : 0,
          count: present.count, learns: learns))
      start += present.count
      guard isSparse else { continue }
      places += present.map { Int32($0 * StepQuad.record) }
      lanes += present.map { bits[$0] }
    }
    self.panels = panels
    self.places = places
    self.lanes = lanes
    storage = VectorBuffer(scalars: start * width)
    forEachWeight { place, post, pre in
      storage.scalars[place] = Scalar(network.dendriticWeight[post * neurons + pre])
    }
  }

  private static func isSparse(_ network: Network, _ learning: LearningRule) -> Bool {
    let neurons = network.neurons
    return (0..<neurons).contains { post in
      (0..<neurons).contains { pre in
        post != pre && !network.dendriticSynapse[post * neurons + pre]
          && learning.rate(
            isPostVisible: post < network.visible, isPreVisible: pre < network.visible) != 0
      }
    }
  }

  /// Calls `body` for each weight that is kept: its place and the two neurons.
  private func forEachWeight(_ body: (_ place: Int, _ post: Int, _ pre: Int) -> Void) {
    let width = Vector.scalarCount
    for (index, panel) in panels.enumerated() {
      for vector in 0..<panel.count {
        let place = panel.start + vector
        let pre = isSparse ? Int(places[place]) / StepQuad.record : vector
        for lane in 0..<min(width, neurons - index * width) {
          body(place * width + lane, index * width + lane, pre)
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

  /// The vectors of a panel.
  @inline(__always)
  func vectors(_ panel: Panel) -> UnsafeMutablePointer<Vector> { storage.vectors + panel.start }

  /// The vectors of a panel where synapses are missing.
  @inline(__always)
  func withSynapses(_ panel: Panel, _ body: (PanelSynapses<Scalar>) -> Void) {
    places.withUnsafeBufferPointer { places in
      lanes.withUnsafeBufferPointer { lanes in
        guard let first = places.baseAddress, let bits = lanes.baseAddress else { return }
        body(
          PanelSynapses(
            count: panel.count, weights: vectors(panel), places: first + panel.start,
            lanes: bits + panel.start))
      }
    }
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
