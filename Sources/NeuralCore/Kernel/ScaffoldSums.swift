/// Sums of delayed rates over the scaffold edges of each neuron, and those of steps before.
final class ScaffoldSums<Scalar: VectorScalar> {
  typealias Vector = Scalar.Vector

  /// An edge, seen from the postsynaptic neuron.
  private struct Edge {
    var pre: Int
    var post: Int
    var delay: Int  // [steps]

    /// What of the sum of the edge before counts: 1 where it leads to the same neuron, else 0.
    var kept: Scalar
  }

  // Sorted by the postsynaptic neuron.
  private let edges: [Edge]

  /// First neurons of the groups of 8 that have an edge.
  private let groups: [Int]

  private let factor: Scalar
  private let restingRate: Scalar

  // Shape [neuron, step of the block].
  private let columns: VectorBuffer<Scalar>

  // A ring of rows, shape [slot, panel]; behind it there is room for a block that begins in its last
  // slot.
  private let ring: VectorBuffer<Scalar>
  private let panels: Int
  private let depth: Int

  /// The slot of the window's first step.
  private var next = 0

  /// Prepares sums, and computes those of the past.
  ///
  /// - Parameters:
  ///   - delays: Of the edges that leave a neuron [steps], shape `[neuron]`.
  ///   - factor: What every rate counts; never less than the resting rate times this.
  ///   - reach: How many steps before a window are kept.
  ///   - windowLength: The longest window [steps].
  ///   - rates: The rates of the past.
  init(
    _ network: Network, delays: [Int], factor: Double, restingRate: Double, reach: Int,
    windowLength: Int, panels: Int, from rates: RateRing<Scalar>
  ) {
    let group = StepBlock.steps
    let padded = panels * Vector.scalarCount
    var incoming = [[Edge]](repeating: [], count: padded)
    for edge in network.scaffold.edges {
      incoming[edge.post].append(
        Edge(
          pre: edge.pre, post: edge.post, delay: delays[edge.pre],
          kept: incoming[edge.post].isEmpty ? 0 : 1))
    }
    edges = incoming.flatMap { $0 }
    groups = stride(from: 0, to: padded, by: group).filter { first in
      !incoming[first..<first + group].allSatisfy(\.isEmpty)
    }
    self.factor = Scalar(factor)
    self.restingRate = Scalar(restingRate)
    columns = VectorBuffer(scalars: padded * group)
    depth = reach + StepBlock.count(steps: windowLength) * group
    ring = VectorBuffer(scalars: (depth + group) * padded)
    self.panels = panels
    for offset in stride(from: -reach, to: 0, by: group) { write(offset: offset, from: rates) }
  }

  /// The sums of a step of the window, or of a step before it, which is negative, times the factor,
  /// shape `[panel]`.
  @inline(__always)
  func row(_ step: Int) -> UnsafePointer<Vector> {
    UnsafePointer(ring.vectors + slot(step) &* panels)
  }

  @inline(__always)
  private func slot(_ step: Int) -> Int {
    let slot = next &+ step
    return slot < 0 ? slot &+ depth : slot < depth ? slot : slot &- depth
  }

  /// Computes the sums of 8 steps.
  ///
  /// They are taken neuron by neuron, where steps lie side by side, and turned over at the end.
  ///
  /// - Parameter offset: The first step, counted from the start of the window.
  func write(offset: Int, from rates: RateRing<Scalar>) {
    typealias Steps = SIMD8<Scalar>
    let steps = StepBlock.steps
    let delayed = rates.blocks(offset: offset)
    let factor = Steps(repeating: factor)
    let columns = columns.scalars
    var sum = Steps()
    // Which edges share a neuron has no rule that a processor could foresee. So there is no branch:
    // every edge writes its sum, and that of a neuron's last edge stays.
    edges.withUnsafeBufferPointer { edges in
      for index in 0..<edges.count {
        let edge = edges[index]
        let rate = Scalar.maximum(
          StepTile.load(delayed.block(edge.pre, delay: edge.delay)), restingRate)
        sum = (factor * rate).addingProduct(sum, Steps(repeating: edge.kept))
        StepTile.store(sum, to: columns + edge.post &* steps)
      }
    }
    let stride = panels * Vector.scalarCount
    let slot = slot(offset)
    let rows = ring.scalars + slot * stride
    for first in groups {
      StepTile(columns + first * steps, stride: steps).transposed.store(
        rows + first, stride: stride)
    }
    // What stands behind the ring belongs to its first slots.
    for row in 0..<max(0, slot + steps - depth) {
      (ring.vectors + row * panels).update(
        from: ring.vectors + (depth + row) * panels, count: panels)
    }
  }

  /// Ends a window of so many steps.
  func advance(_ count: Int) { next = slot(count) }
}
