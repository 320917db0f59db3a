/// Somatic conductances that latent neurons receive through the scaffold (step 2 of the model).
///
/// If the interneuron delay exceeds the scaffold delay by the same number of steps for all neurons,
/// as in every network that this program grows, then inhibition equals earlier excitation times a
/// constant. Small networks therefore keep the earlier excitation.
final class ScaffoldInput<Scalar: VectorScalar> {
  typealias Vector = Scalar.Vector

  private let excitatory: ScaffoldSums<Scalar>

  /// The largest number of neurons for which earlier excitation is kept. Larger networks compute
  /// the inhibitory sums again: this takes little of their time, while the kept sums would take a
  /// third of the memory of the weights of a thousand neurons.
  private static var mostKept: Int { 256 }

  /// Delay of inhibition relative to excitation [steps]; nil if both are summed.
  private let lag: Int?

  /// The sums of the inhibitory pathway; nil if they are read from earlier excitation.
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

  /// Computes the sums of some panels for a window of `steps` steps.
  ///
  /// - Parameter member: The member of the team that computes them.
  func prepare(_ panels: Range<Int>, _ member: Int, steps: Int, from rates: RateRing<Scalar>) {
    let blocks = StepBlock.count(steps: steps)
    excitatory.write(panels, member, blocks, from: rates)
    inhibitory?.write(panels, member, blocks, from: rates)
  }

  /// Distance between panels in the conductances [vectors].
  var panelStride: Int { excitatory.panelStride }

  /// The conductances of a step of the window.
  @inline(__always)
  func conductances(_ step: Int) -> SomaticConductances<Scalar> {
    let excitation = excitatory.row(step)
    if let lag {
      return SomaticConductances(excitation: excitation, inhibition: excitatory.row(step - lag))
    }
    return SomaticConductances(excitation: excitation, inhibition: inhibitory!.row(step))
  }

  /// Ends a window of `count` steps.
  func advance(_ count: Int) {
    excitatory.advance(count)
    inhibitory?.advance(count)
  }
}

/// Sums of delayed rates over the scaffold edges of each neuron, for the current window and some
/// steps before it.
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

    /// The index of the first edge.
    var firstEdge: Int

    /// For each neuron the index after its last edge; its edges begin where those of the neuron
    /// before end.
    var ends: SIMD8<Int>
  }

  // Sorted by the postsynaptic neuron.
  private let edges: FixedBuffer<Edge>
  private let groups: [Group]
  /// The index of the first group of each panel, and after the last panel the number of groups.
  private let firstGroup: [Int]

  private let factor: Scalar
  private let restingRate: Scalar

  // Of one group, shape [member, block, neuron, step of the block], with gaps between members.
  private let columns: VectorBuffer<Scalar>
  private let columnsPerMember: Int

  // A ring of sums, shape [panel, slot], with room for a block that begins in the last slot.
  private let ring: VectorBuffer<Scalar>
  private let depth: Int
  /// Distance between panels [vectors].
  let panelStride: Int

  /// The slot of the window's first step.
  private var next = 0

  /// Computes the sums of the last `reach` steps.
  ///
  /// - Parameters:
  ///   - delays: Delay of the edges that leave a neuron [steps], shape `[neuron]`.
  ///   - factor: Multiplies all sums.
  ///   - restingRate: Lower bound of the rate of each edge.
  ///   - reach: Number of steps before a window that are kept.
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
    let groups = stride(from: 0, to: padded, by: group).compactMap { first -> Group? in
      let firstEdge = end
      let ends = SIMD8(
        incoming[first..<first + group].map { edges in
          end += edges.count
          return end
        })
      let isEmpty = incoming[first..<first + group].allSatisfy(\.isEmpty)
      return isEmpty ? nil : Group(firstPost: first, firstEdge: firstEdge, ends: ends)
    }
    self.groups = groups
    firstGroup = (0...panels).map { panel in
      groups.count { $0.firstPost < panel * Vector.scalarCount }
    }
    self.factor = Scalar(factor)
    self.restingRate = Scalar(restingRate)
    let blocks = StepBlock.count(steps: windowLength)
    columnsPerMember = blocks * group * group + PanelGap.vectors * Vector.scalarCount
    columns = VectorBuffer(scalars: Part.most * columnsPerMember)
    depth = reach + blocks * group
    panelStride = PanelGap.stride(depth + group)
    ring = VectorBuffer(scalars: panelStride * padded)
    for offset in stride(from: -reach, to: 0, by: group) {
      write(0..<panels, 0, 1, offset: offset, from: rates)
    }
  }

  /// The sums of a step times the factor, of the first panel. Steps before the window are negative.
  @inline(__always)
  func row(_ step: Int) -> UnsafePointer<Vector> {
    UnsafePointer(ring.vectors + slot(step))
  }

  @inline(__always)
  private func slot(_ step: Int) -> Int {
    let slot = next &+ step
    return slot < 0 ? slot &+ depth : slot < depth ? slot : slot &- depth
  }

  /// Computes the sums of some blocks of steps.
  ///
  /// The sums are computed neuron by neuron, with the steps side by side, and transposed at the
  /// end. Each edge goes through all blocks while its rates are in the cache.
  ///
  /// - Parameters:
  ///   - panels: The neurons; panels do not depend on each other.
  ///   - member: The member of the team that computes them.
  ///   - offset: The first step, counted from the start of the window.
  func write(
    _ panels: Range<Int>, _ member: Int, _ blocks: Int, offset: Int = 0,
    from rates: RateRing<Scalar>
  ) {
    let delayed = rates.blocks
    let restingRate = SIMD8(repeating: restingRate)
    let edges = edges.elements
    let columns = columns.scalars + member &* columnsPerMember
    let steps = StepBlock.steps
    for group in groups[firstGroup[panels.lowerBound]..<firstGroup[panels.upperBound]] {
      var edge = group.firstEdge
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
      turnOver(columns, blocks, offset: offset, first: group.firstPost)
    }
  }

  /// Writes the sums of a group of neurons, times the factor, into the rows of their steps. Rows
  /// beyond the last slot are repeated in the first slots of the ring.
  private func turnOver(
    _ columns: UnsafePointer<Scalar>, _ blocks: Int, offset: Int, first: Int
  ) {
    let stride = Vector.scalarCount
    let start = ring.scalars + (first / stride * panelStride * stride + first % stride)
    let steps = StepBlock.steps
    for block in 0..<blocks {
      let slot = slot(offset + block * steps)
      var row = start + slot * stride
      StepTile(columns + block * steps * steps, stride: steps).transposed.forEachRow { sums in
        StepTile.store(factor * sums, to: row)
        row += stride
      }
      for slot in 0..<max(0, slot + steps - depth) {
        StepTile.store(
          StepTile<Scalar>.load(start + (depth + slot) * stride), to: start + slot * stride)
      }
    }
  }

  /// Ends a window of `count` steps.
  func advance(_ count: Int) { next = slot(count) }
}
