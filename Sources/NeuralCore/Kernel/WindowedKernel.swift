/// The fast kernel: one pass over the weights serves several steps.
///
/// Goals, in this order:
/// 1. The same equations as ``ReferenceKernel``, up to the order of summation.
/// 2. Results that depend only on the network and the drive. Pairs and blocks of steps are counted
///    from the start of a cycle, so that a network saved between cycles continues with the same
///    bits.
/// 3. The speed of two matrix products: each load of a weight serves two updates and two dendritic
///    inputs (``StepPair``).
/// 4. Each weight enters the cache once per *window* of several blocks: a *tile* of postsynaptic
///    neurons runs through the whole window before the next tile does.
/// 5. No allocation while it runs.
/// 6. Threads that have nothing else to do help (``WindowTeam``), with the same bits.
///
/// The delays make this possible. Neurons do not act on each other within a window that is no
/// longer than the shortest delay, so the delayed rates, traces and scaffold conductances of the
/// window are known when it begins. Only the weights change within it, and only through the
/// surprise of their own neuron.
///
/// - SeeAlso: docs/model.md, *How the fast kernel works*.
public final class WindowedKernel<Scalar: VectorScalar>: Kernel, TeamWork {
  typealias Vector = Scalar.Vector

  private let template: Network
  private let targets: [Target]
  /// The length of a window [steps].
  let windowLength: Int
  /// The panels of a tile.
  private let tileWidth: Int
  /// The current window.
  private var shared = SharedWindow()
  private let scaffold: ScaffoldInput<Scalar>
  private let teacher: TeacherInput<Scalar>
  private let ring: RateRing<Scalar>
  private let activity: DelayedActivity<Scalar>
  private let weights: WeightPanels<Scalar>
  private let population: Population<Scalar>

  /// One element per step of the window.
  private let somatic: FixedBuffer<SomaticInput<Scalar>>

  // Shape [block, panel, step of the block], with gaps (StepBlock).
  private let rates: VectorBuffer<Scalar>

  /// The longest window [steps]. In large networks a step takes so long that shorter windows cost
  /// no speed, and they halve the memory of a window.
  private static func longestWindow(_ neurons: Int) -> Int { neurons <= 512 ? 48 : 24 }

  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  public init(
    network: Network, targets: [Target], learning: LearningRule, constants: ModelConstants
  ) {
    // Weights and history are moved elsewhere; the copies are freed before anything else is
    // allocated.
    var template = network
    let weights = WeightPanels<Scalar>(template, learning)
    template.dendriticWeight = []
    let windowLength = Self.windowLength(
      template.neurons, shortestDelay: Self.shortestDelay(template))
    self.windowLength = windowLength
    let ring = RateRing<Scalar>(
      neurons: template.neurons, longestDelay: template.longestDelay, windowLength: windowLength,
      history: template.state.rateHistory, restingRate: constants.restingRate)
    template.state.rateHistory = []
    self.template = template
    self.weights = weights
    self.ring = ring
    self.targets = targets
    let padded = weights.paddedNeurons
    tileWidth = weights.tiles[0].count
    let blocks = StepBlock.count(steps: windowLength)
    scaffold = ScaffoldInput(
      template, constants: constants, windowLength: windowLength, panels: weights.panels.count,
      from: ring)
    teacher = TeacherInput(
      targets, visible: template.visible, constants: constants, windowLength: windowLength)
    activity = DelayedActivity(template, constants: constants, blocks: blocks)
    population = Population(
      template, learning, constants, windowLength: windowLength, panels: weights.panels.count)
    somatic = FixedBuffer(
      (0..<windowLength).map { [scaffold] step in
        SomaticInput(scaffold: scaffold.conductances(step), asked: nil)
      })
    rates = VectorBuffer(scalars: blocks * StepBlock.panelStride * padded)
  }

  /// The number of steps in which no neuron acts on another.
  private static func shortestDelay(_ network: Network) -> Int {
    min(
      network.dendriticDelay.min()! - 1, network.scaffoldDelay.min()!,
      network.interneuronDelay.min()!)
  }

  /// Length of a window [steps]: whole blocks, unless the shortest delay is shorter than a block.
  private static func windowLength(_ neurons: Int, shortestDelay: Int) -> Int {
    let block = StepBlock.steps
    if shortestDelay < block { return shortestDelay }
    return min(longestWindow(neurons), shortestDelay) / block * block
  }

  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  public func runCycle(_ drive: CycleDrive, recordingInto record: inout RateRecord?) throws {
    if !drive.plastic { settleWeights() }
    population.begin(drive)
    let steps = targets[drive.target].steps
    let team = drive.control.team
    team?.room = mostHelpers
    // A large network is always faster with helpers, and its cycles take long.
    let isTested = template.neurons <= Self.mostTested && (team?.isTested ?? false)
    let isHelped = !isTested || team?.gain.isNextHelped ?? false
    let begin = ContinuousClock.now
    let helpers = team?.helpers ?? 0
    for start in stride(from: 0, to: steps, by: windowLength) {
      let window = start..<min(start + windowLength, steps)
      beginWindow(window, drive)
      if let team, isHelped, team.helpers > 0 {
        let each = weights.panels.count / ((1 + team.helpers) * Self.leastPanels)
        team.perform(each: min(max(1, each), Self.mostParts), self) { shared.parts = $0 }
      } else {
        shared.parts = 1
        compute(0..<weights.panels.count, 0)
      }
      finish(window, &record)
      try drive.control.checkForStop?(window.upperBound, steps)
    }
    if let team, isTested, helpers > 0 {
      team.gain.add((begin.duration(to: .now) / .seconds(1)) / Double(steps))
    }
    if !drive.plastic { population.forgetUpdates() }
  }

  /// The largest network for which ``HelpingGain`` decides.
  private static var mostTested: Int { 512 }

  /// Begins a window: computes what all its parts need, but for ``DelayedActivity``.
  private func beginWindow(_ window: Range<Int>, _ drive: CycleDrive) {
    shared.steps = window
    shared.isPlastic = drive.plastic
    let nudged = drive.nudgedSteps.clamped(to: window)
    teacher.prepare(nudged, windowStart: window.lowerBound, drive)
    let somatic = somatic.elements
    for step in 0..<window.count {
      somatic[step] = SomaticInput(scaffold: scaffold.conductances(step), asked: nil)
    }
    if !nudged.isEmpty {
      var asked = teacher.potentials(
        nudged.lowerBound, windowStart: window.lowerBound, drive)
      for step in nudged {
        somatic[step - window.lowerBound].asked = asked
        asked += teacher.vectors
      }
    }
    population.drawNoise(window.count)
  }

  /// The neurons of some panels.
  private func neurons(of panels: Range<Int>) -> Range<Int> {
    let lanes = Vector.scalarCount
    return panels.lowerBound * lanes..<min(panels.upperBound * lanes, template.neurons)
  }

  /// Ends a window, and stores its rates in the record.
  private func finish(_ window: Range<Int>, _ record: inout RateRecord?) {
    activity.advance(window.count, from: ring)
    ring.advance(window.count)
    scaffold.advance(window.count)
    guard let every = record?.every else { return }
    for step in window where step % every == 0 {
      let first = rates(ofStep: step - window.lowerBound)
      record?.append(
        (0..<template.neurons).lazy.map {
          Double(first[StepBlock.place(ofNeuron: $0, Scalar.self)])
        })
    }
  }

  /// The rates of a step of the window, in rows (``StepBlock``).
  private func rates(ofStep step: Int) -> UnsafeMutablePointer<Scalar> {
    rates.scalars
      + StepBlock.place(ofStep: step, panels: weights.panels.count) * Vector.scalarCount
  }

  /// Computes some panels through a window. Panels do not depend on each other within it.
  ///
  /// - Parameter member: The member of the team that computes them.
  private func compute(_ panels: Range<Int>, _ member: Int) {
    let steps = shared.steps.count
    scaffold.prepare(panels, member, steps: steps, from: ring)
    let arriving = activity.rows(of: member, steps: steps, from: ring)
    for first in stride(from: panels.lowerBound, to: panels.upperBound, by: tileWidth) {
      advance(
        first..<min(first + tileWidth, panels.upperBound), through: shared.steps, arriving,
        isPlastic: shared.isPlastic)
    }
  }

  /// Advances the neurons of a tile through a window.
  private func advance(
    _ tile: Range<Int>, through steps: Range<Int>, _ rows: PresynapticRows<Scalar>, isPlastic: Bool
  ) {
    let window = PopulationWindow(
      steps: steps, somatic: UnsafePointer(somatic.elements), scaffoldStride: scaffold.panelStride,
      teacher: teacher.conductances, rates: rates.vectors)
    let neurons = neurons(of: tile)
    for step in stride(from: 0, to: steps.count, by: StepPair.steps) {
      let arriving = rows.from(step)
      population.takeFirst(tile, step: step, window)
      if step % StepBlock.steps == 0 {
        if shared.parts > 1 { ring.prepareAppending(of: neurons, at: step) }
        for panel in tile where !(isPlastic && weights.learns(panel)) {
          weights.multiply(panel, arriving, input: population.input(panel, step: step))
        }
      }
      if isPlastic {
        weights.learn(
          tile, arriving, UnsafePointer(population.states.elements),
          input: population.input(0, step: step))
      }
      population.takeSecond(tile, step: step + 1, window)
      let end = step + StepPair.steps
      if end % StepBlock.steps == 0 || end >= steps.count {
        let block = step / StepBlock.steps * StepBlock.steps
        ring.append(rates(ofStep: block), of: neurons, at: block)
      }
    }
    population.end(tile, window)
  }

  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  func work(on piece: Int, by member: Int) {
    compute(Part(index: piece, count: shared.parts).range(of: weights.panels.count), member)
  }

  /// The least number of panels for each member of a team: with fewer, the processor cannot overlap
  /// the operations of different panels.
  private static var leastPanels: Int { 4 }
  /// The number of panels of this many neurons.
  package static func panels(_ neurons: Int) -> Int {
    (neurons + Vector.scalarCount - 1) / Vector.scalarCount
  }
  /// The most threads that can help a network of this many neurons.
  package static func mostHelpers(_ neurons: Int) -> Int {
    max(0, panels(neurons) / leastPanels - 1)
  }
  /// Whether threads can share windows of a length [steps]. Windows shorter than a block are read
  /// beyond their end, where others write.
  package static func isShareable(windowLength: Int) -> Bool { windowLength >= StepBlock.steps }
  /// The most threads that can help.
  private var mostHelpers: Int {
    Self.isShareable(windowLength: windowLength) ? Self.mostHelpers(template.neurons) : 0
  }
  /// The memory that each thread that has helped adds to a network, until the network is freed, if
  /// windows have their greatest length [bytes].
  package static func bytesPerHelper(_ neurons: Int) -> Int {
    DelayedActivity<Scalar>.bytesPerMember(
      neurons: neurons, blocks: StepBlock.count(steps: longestWindow(neurons)))
  }
  /// The most parts of a window for each member. If one is late, others do some of its parts.
  private static var mostParts: Int { 4 }

  /// Applies the pending weight updates, without any other effect.
  private func settleWeights() {
    let rows = activity.settling()
    for tile in weights.tiles {
      weights.learn(
        tile, rows, UnsafePointer(population.states.elements), input: population.input(0, step: 0))
    }
    population.forgetUpdates()
  }

  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  public func outline(beforeCycle cycle: Int) -> Network {
    settleWeights()
    var network = template
    network.state = NetworkState(
      somaticPotential: population.values(\.soma),
      dendriticPotential: population.values(\.dendrite), trace: activity.latestTrace,
      rateHistory: [])
    network.cycle = cycle
    return network
  }

  public var dendriticWeight: NumberSource {
    @_specialize(where Scalar == Double)
    @_specialize(where Scalar == Float)
    get {
      NumberSource(count: template.neurons * template.neurons) { [weights] in
        Scalar.array(weights.weights($0))
      }
    }
  }

  public var rateHistory: NumberSource {
    @_specialize(where Scalar == Double)
    @_specialize(where Scalar == Float)
    get {
      let depth = template.longestDelay
      return NumberSource(count: depth * template.neurons) { [ring] in
        Scalar.array(ring.history(depth, $0))
      }
    }
  }

  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  public func scaleWeights(by factor: () -> Double) { weights.scale(by: factor) }

  public var isFinite: Bool {
    @_specialize(where Scalar == Double)
    @_specialize(where Scalar == Float)
    get { population.isFinite }
  }
}

/// A window. It holds no references: threads that count them together would wait for each other.
private struct SharedWindow {
  /// The steps, counted from the start of the cycle.
  var steps = 0..<0
  var isPlastic = false
  /// The number of parts that a team computes.
  var parts = 1
}
