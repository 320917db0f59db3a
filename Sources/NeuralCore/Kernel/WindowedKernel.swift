/// The fast kernel: many steps in one pass over the weights.
///
/// Goals, in this order:
/// 1. the same equations as ``ReferenceKernel`` up to the order of summation;
/// 2. results that depend on nothing but the network and the drive: blocks are counted from the start
///    of a cycle, so that a network saved between cycles continues with the same bits;
/// 3. the speed of two matrix products: a weight that is loaded serves the update of one *block* of 8
///    steps and the dendritic input of the next block;
/// 4. weights that are loaded into a cache once per *window* of several blocks: a *tile* of
///    postsynaptic neurons runs through the whole window before the next one does;
/// 5. nothing allocated while it runs.
///
/// All rests on the delays. Within a window shorter than the shortest of them neurons do not act on
/// each other, so that delayed rates, traces and scaffold conductances of the window are known when
/// it begins. Only the weights change within it, and only a neuron's own surprise changes them; see
/// ``Interactions``.
public final class WindowedKernel<Scalar: VectorScalar>: Kernel {
  typealias Vector = Scalar.Vector

  private let template: Network
  private let targets: [Target]
  private let windowLength: Int
  private let tiles: [Range<Int>]
  private let scaffold: ScaffoldInput<Scalar>
  private let teacher: TeacherInput<Scalar>
  private let interactions: Interactions<Scalar>
  private let ring: RateRing<Scalar>
  private let activity: DelayedActivity<Scalar>
  private let weights: WeightPanels<Scalar>
  private let population: Population<Scalar>

  /// First step of the last quad that was taken before the window.
  private var latestQuad = 0

  /// Of each step of the window.
  private var somatic: [SomaticInput<Scalar>]

  // Shape [block, panel, step of the block].
  private let rates: VectorBuffer<Scalar>

  /// The longest window [steps].
  private static var longestWindow: Int { 48 }

  /// What the weights of a tile may take of the second-level cache [bytes].
  private static var tileSize: Int { 256 << 10 }

  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  public init(
    network: Network, targets: [Target], learning: LearningRule, constants: ModelConstants
  ) {
    // Weights and history live on in other places. The network is not used once these have them, so
    // that its weights make room for all else.
    let weights = WeightPanels<Scalar>(network, learning)
    let ring = RateRing<Scalar>(
      neurons: network.neurons, longestDelay: network.longestDelay,
      history: network.state.rateHistory, restingRate: constants.restingRate)
    var template = network
    template.dendriticWeight = []
    template.state.rateHistory = []
    self.template = template
    self.weights = weights
    self.ring = ring
    self.targets = targets
    let padded = weights.paddedNeurons
    tiles = weights.tiles(ofSize: Self.tileSize)
    windowLength = Self.windowLength(template, isTiled: tiles.count > 1)
    let blocks = StepBlock.count(steps: windowLength)
    scaffold = ScaffoldInput(
      template, constants: constants, windowLength: windowLength, panels: weights.panels.count,
      from: ring)
    teacher = TeacherInput(
      targets, visible: template.visible, constants: constants, windowLength: windowLength)
    interactions = Interactions(template, blocks: blocks)
    activity = DelayedActivity(
      template, constants: constants, blocks: blocks, paddedNeurons: padded,
      isSparse: weights.isSparse)
    population = Population(
      template, learning, constants, windowLength: windowLength, paddedNeurons: padded)
    somatic = (0..<windowLength).map { [scaffold] step in
      SomaticInput(scaffold: scaffold.conductances(step), asked: nil)
    }
    rates = VectorBuffer(scalars: blocks * StepBlock.steps * padded)
  }

  /// Length of a window [steps]: whole blocks, unless the shortest delay allows less than one. One
  /// block is enough where all weights stay in the cache anyway.
  private static func windowLength(_ network: Network, isTiled: Bool) -> Int {
    let shortestDelay = min(
      network.dendriticDelay.min()! - 1, network.scaffoldDelay.min()!,
      network.interneuronDelay.min()!)
    let block = StepBlock.steps
    if shortestDelay < block { return shortestDelay }
    return isTiled ? min(longestWindow, shortestDelay) / block * block : block
  }

  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  public func runCycle(_ drive: CycleDrive, recordingInto record: inout RateRecord?) {
    if !drive.plastic { settleWeights() }
    population.begin(drive)
    let steps = targets[drive.target].steps
    for start in stride(from: 0, to: steps, by: windowLength) {
      let window = start..<min(start + windowLength, steps)
      prepare(window, drive)
      for tile in tiles {
        forEachBlock(window) { block, count in
          advance(tile, block: block, count: count, from: start, drive)
        }
      }
      finish(window, &record)
    }
  }

  /// Calls `body` with the number of each block of a window and the number of its steps.
  @inline(__always)
  private func forEachBlock(_ window: Range<Int>, _ body: (_ block: Int, _ count: Int) -> Void) {
    for block in 0..<StepBlock.count(steps: window.count) {
      body(block, min(StepBlock.steps, window.count - block * StepBlock.steps))
    }
  }

  /// Computes what is known of a window when it begins.
  private func prepare(_ window: Range<Int>, _ drive: CycleDrive) {
    forEachBlock(window) { block, count in
      activity.prepare(block: block, count: count, from: ring)
      if drive.plastic && weights.isSparse {
        activity.prepareRecords(block: block, latest: latestQuad(beforeBlock: block))
      } else if drive.plastic {
        interactions.prepare(block: block, activity)
      }
      scaffold.prepare(block: block, from: ring)
    }
    let nudged = drive.nudgedSteps.clamped(to: window)
    teacher.prepare(nudged, windowStart: window.lowerBound, drive)
    somatic.withUnsafeMutableBufferPointer { somatic in
      for step in window {
        somatic[step - window.lowerBound] = SomaticInput(
          scaffold: scaffold.conductances(step - window.lowerBound),
          asked: nudged.contains(step)
            ? teacher.potentials(step, windowStart: window.lowerBound, drive) : nil)
      }
    }
    population.drawNoise(window.count)
  }

  /// Hands the rates of a window on.
  private func finish(_ window: Range<Int>, _ record: inout RateRecord?) {
    let padded = weights.paddedNeurons
    forEachBlock(window) { block, count in
      ring.append(rates.scalars + block * StepBlock.steps * padded, count: count)
    }
    activity.advance(blocks: StepBlock.count(steps: window.count))
    scaffold.advance(window.count)
    latestQuad = (window.count - 1) % StepBlock.steps / StepQuad.steps * StepQuad.steps
    guard let every = record?.every else { return }
    for step in window where step % every == 0 {
      let (block, row) = place(of: step - window.lowerBound)
      let first = rates.scalars + (block + row) * Vector.scalarCount
      record?.append(
        (0..<template.neurons).lazy.map {
          Double(first[StepBlock.place(ofNeuron: $0, Scalar.self)])
        })
    }
  }

  /// Where a step of the window stands in rows: the first vector of its block, and its number there.
  private func place(of step: Int) -> (block: Int, row: Int) {
    let block = step / StepBlock.steps * StepBlock.steps
    return (block * weights.panels.count, step - block)
  }

  /// First step of the last quad that was taken of the block before.
  private func latestQuad(beforeBlock block: Int) -> Int { block > 0 ? StepQuad.steps : latestQuad }

  /// Runs the neurons of a tile through a block.
  private func advance(
    _ tile: Range<Int>, block: Int, count: Int, from start: Int, _ drive: CycleDrive
  ) {
    let firstStep = block * StepBlock.steps
    var input = BlockInput(
      firstOfWindow: firstStep, firstOfCycle: start + firstStep, somatic: somatic, teacher: teacher,
      learning: .none)
    let rates = rates.vectors + firstStep * weights.panels.count
    if drive.plastic && weights.isSparse {
      input.learning = .quads
      for first in stride(from: 0, to: count, by: StepQuad.steps) {
        receiveQuad(tile, block: block, step: first)
        population.advance(
          tile, steps: first..<min(first + StepQuad.steps, count), drive, input, rates: rates)
      }
    } else {
      receive(tile, block: block, learning: drive.plastic)
      if drive.plastic { input.learning = .together(blockInteractions(block)) }
      population.advance(tile, steps: 0..<count, drive, input, rates: rates)
    }
    if drive.plastic { population.endBlock(tile, count: count) }
  }

  private func blockInteractions(_ block: Int) -> BlockInteractions<Scalar> {
    BlockInteractions(
      ofVisible: interactions.fromVisible(inBlock: block),
      ofAny: interactions.fromAny(inBlock: block),
      rates: activity.rateRows(ofBlock: block), traces: activity.traceRows(ofBlock: block))
  }

  /// Dendritic input of a block, without the updates of the steps within it.
  private func receive(_ tile: Range<Int>, block: Int, learning: Bool) {
    let rates = activity.rates(ofBlock: block)
    let input = population.input.vectors
    for index in tile {
      if learning && weights.panels[index].learns {
        weights.updateAndMultiply(
          index, traces: activity.traces(ofBlock: block - 1), population, rates: rates)
      } else {
        weights.multiply(index, rates: rates, input: input)
      }
    }
  }

  /// Dendritic input of the quad that starts with `step`, without the updates of the steps within it.
  private func receiveQuad(_ tile: Range<Int>, block: Int, step: Int) {
    let latest = step > 0 ? 0 : latestQuad(beforeBlock: block)
    for index in tile {
      if weights.panels[index].learns {
        weights.updateAndMultiplyQuad(
          index, records: activity.records(ofBlock: block, quad: step / StepQuad.steps),
          population, latest: latest, step: step)
      } else if step == 0 {
        weights.multiply(
          index, rates: activity.rates(ofBlock: block), input: population.input.vectors)
      }
    }
  }

  /// Applies the pending update, without any other effect.
  private func settleWeights() {
    if weights.isSparse { activity.prepareRecords(block: 0, latest: latestQuad) }
    for tile in tiles {
      if weights.isSparse {
        receiveQuad(tile, block: 0, step: 0)
      } else {
        receive(tile, block: 0, learning: true)
      }
    }
    population.forgetUpdates()
  }

  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  public func network(beforeCycle cycle: Int) -> Network {
    settleWeights()
    var network = template
    network.dendriticWeight = weights.weights
    network.state = NetworkState(
      somaticPotential: population.soma.doubles(network.neurons),
      dendriticPotential: population.dendrite.doubles(network.neurons),
      trace: activity.latestTrace, rateHistory: ring.history(network.longestDelay))
    network.cycle = cycle
    return network
  }

  public var isFinite: Bool { population.isFinite }
}
