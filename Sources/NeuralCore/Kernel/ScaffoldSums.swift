/// Sums of delayed rates over the scaffold edges of each neuron, and those of steps before.
final class ScaffoldSums<Scalar: VectorScalar> {
  typealias Vector = Scalar.Vector

  /// An edge, seen from the postsynaptic neuron.
  private struct Edge {
    var pre: Int
    var delay: Int  // [steps]
  }

  /// 8 neighbouring neurons, of which at least one has an edge.
  private struct Group {
    var firstPost: Int

    /// Where the edges of each of them end; they begin where those of the neuron before end.
    var ends: SIMD8<Int>
  }

  // Sorted by the postsynaptic neuron.
  private let edges: FixedBuffer<Edge>
  private let groups: [Group]

  private let factor: Scalar
  private let restingRate: Scalar

  // Of one group, shape [block, neuron, step of the block].
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
      incoming[edge.post].append(Edge(pre: edge.pre, delay: delays[edge.pre]))
    }
    edges = FixedBuffer(incoming.flatMap { $0 })
    var end = 0
    groups = stride(from: 0, to: padded, by: group).compactMap { first in
      let ends = SIMD8(
        incoming[first..<first + group].map { edges in
          end += edges.count
          return end
        })
      let isEmpty = incoming[first..<first + group].allSatisfy(\.isEmpty)
      return isEmpty ? nil : Group(firstPost: first, ends: ends)
    }
    self.factor = Scalar(factor)
    self.restingRate = Scalar(restingRate)
    let blocks = StepBlock.count(steps: windowLength)
    columns = VectorBuffer(scalars: blocks * group * group)
    depth = reach + blocks * group
    ring = VectorBuffer(scalars: (depth + group) * padded)
    self.panels = panels
    for offset in stride(from: -reach, to: 0, by: group) { write(1, offset: offset, from: rates) }
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

  /// Computes the sums of some blocks of steps.
  ///
  /// They are taken neuron by neuron, where steps lie side by side, and turned over at the end. An edge
  /// goes through all blocks before the next one does, while its rates are in the cache.
  ///
  /// - Parameter offset: The first step, counted from the start of the window.
  func write(_ blocks: Int, offset: Int = 0, from rates: RateRing<Scalar>) {
    let restingRate = SIMD8(repeating: restingRate)
    var edge = 0
    for group in groups {
      for lane in 0..<StepBlock.steps {
        let column = columns.scalars + lane * StepBlock.steps
        if edge == group.ends[lane] {
          forEachTile(blocks, column) { _, sum in sum = SIMD8() }
        }
        var isFirst = true
        while edge < group.ends[lane] {
          let (pre, delay) = (edges.elements[edge].pre, edges.elements[edge].delay)
          @inline(__always)
          func rate(_ block: Int) -> SIMD8<Scalar> {
            Scalar.maximum(
              StepTile.load(
                rates.blocks(offset: offset &+ block &* StepBlock.steps).block(pre, delay: delay)),
              restingRate)
          }
          if isFirst {
            forEachTile(blocks, column) { block, sum in sum = rate(block) }
          } else {
            forEachTile(blocks, column) { block, sum in sum += rate(block) }
          }
          isFirst = false
          edge += 1
        }
      }
      turnOver(blocks, offset: offset, first: group.firstPost)
    }
    for block in 0..<blocks { repeatBehind(slot(offset + block * StepBlock.steps)) }
  }

  /// Calls `body` with the sum of one neuron in each block.
  @inline(__always)
  private func forEachTile(
    _ blocks: Int, _ column: UnsafeMutablePointer<Scalar>,
    _ body: (_ block: Int, _ sum: inout SIMD8<Scalar>) -> Void
  ) {
    for block in 0..<blocks {
      let place = column + block &* StepBlock.steps &* StepBlock.steps
      var sum = StepTile.load(place)
      body(block, &sum)
      StepTile.store(sum, to: place)
    }
  }

  /// Writes the sums of a group of neurons into the rows of their steps, times the factor.
  private func turnOver(_ blocks: Int, offset: Int, first: Int) {
    let stride = panels * Vector.scalarCount
    let steps = StepBlock.steps
    for block in 0..<blocks {
      var row = ring.scalars + (slot(offset + block * steps) * stride + first)
      StepTile(columns.scalars + block * steps * steps, stride: steps).transposed.forEachRow {
        sums in
        StepTile.store(factor * sums, to: row)
        row += stride
      }
    }
  }

  /// Repeats behind the ring what a block that begins in a slot wrote into the first slots.
  private func repeatBehind(_ slot: Int) {
    for row in 0..<max(0, slot + StepBlock.steps - depth) {
      (ring.vectors + row * panels).update(
        from: ring.vectors + (depth + row) * panels, count: panels)
    }
  }

  /// Ends a window of so many steps.
  func advance(_ count: Int) { next = slot(count) }
}
