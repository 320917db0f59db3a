/// Somatic conductances that the scaffold gives to latent neurons.
///
/// Where the interneuron delays all neurons by the same, which is so in every network that this
/// program grows, inhibition is what excitation was before, but for a factor. Small networks keep it.
final class ScaffoldInput<Scalar: VectorScalar> {
  typealias Vector = Scalar.Vector

  private let excitatory: ScaffoldSums<Scalar>

  /// Of larger networks the inhibitory sums are taken anew: it takes little of their time, and to keep them
  /// a third of the memory of the weights of a thousand neurons.
  private static var mostKept: Int { 256 }

  /// How much later inhibition comes than excitation [steps]; nil where both are summed.
  private let lag: Int?

  /// The sums of the inhibitory pathway where they are taken.
  private let inhibitory: ScaffoldSums<Scalar>?

  init(
    _ network: Network, constants: ModelConstants, windowLength: Int, panels: Int,
    from rates: RateRing<Scalar>
  ) {
    let lags = Set(
      network.scaffold.edges.map {
        network.interneuronDelay[$0.pre] - network.scaffoldDelay[$0.pre]
      })
    let common = lags.isEmpty ? 0 : lags.count == 1 ? lags.first : nil
    let lag = common.flatMap { $0 < 0 || network.neurons > Self.mostKept ? nil : $0 }
    self.lag = lag
    func sums(_ delays: [Int], reach: Int) -> ScaffoldSums<Scalar> {
      ScaffoldSums(
        network, delays: delays, factor: constants.timeStep * constants.excitatoryScale,
        restingRate: constants.restingRate, reach: reach, windowLength: windowLength,
        panels: panels, from: rates)
    }
    excitatory = sums(network.scaffoldDelay, reach: lag ?? 0)
    inhibitory = lag == nil ? sums(network.interneuronDelay, reach: 0) : nil
  }

  /// Computes what is needed in a window of so many steps.
  func prepare(steps: Int, from rates: RateRing<Scalar>) {
    let blocks = StepBlock.count(steps: steps)
    excitatory.write(blocks, from: rates)
    inhibitory?.write(blocks, from: rates)
  }

  /// The conductances of a step of the window.
  @inline(__always)
  func conductances(_ step: Int) -> SomaticConductances<Scalar> {
    let excitation = excitatory.row(step)
    if let lag {
      return SomaticConductances(excitation: excitation, inhibition: excitatory.row(step - lag))
    }
    return SomaticConductances(excitation: excitation, inhibition: inhibitory!.row(step))
  }

  /// Ends a window of so many steps.
  func advance(_ count: Int) {
    excitatory.advance(count)
    inhibitory?.advance(count)
  }
}

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
    let delayed = rates.blocks
    let restingRate = SIMD8(repeating: restingRate)
    let edges = edges.elements
    let columns = columns.scalars
    let steps = StepBlock.steps
    var edge = 0
    for group in groups {
      for lane in 0..<steps {
        @inline(__always)
        func forEachBlock(_ body: (_ block: Int, _ sum: UnsafeMutablePointer<Scalar>) -> Void) {
          for block in 0..<blocks { body(block, columns + (block &* steps &+ lane) &* steps) }
        }
        let end = group.ends[lane]
        if edge == end { forEachBlock { _, sum in StepTile.store(SIMD8(), to: sum) } }
        let first = edge
        while edge < end {
          let (pre, delay) = (edges[edge].pre, edges[edge].delay)
          @inline(__always)
          func rates(_ block: Int) -> SIMD8<Scalar> {
            let rates = delayed.block(pre, delay: delay, offset: offset &+ block &* steps)
            return Scalar.maximum(StepTile.load(rates), restingRate)
          }
          if edge == first {
            forEachBlock { block, sum in StepTile.store(rates(block), to: sum) }
          } else {
            forEachBlock { block, sum in
              StepTile.store(StepTile.load(sum) + rates(block), to: sum)
            }
          }
          edge += 1
        }
      }
      turnOver(blocks, offset: offset, first: group.firstPost)
    }
    for block in 0..<blocks { repeatBehind(slot(offset + block * steps)) }
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
