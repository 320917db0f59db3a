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
  private let windowLength: Int
  private let tiles: [Range<Int>]
  /// The window that a team computes.
  private var shared = SharedWindow()
  private let scaffold: ScaffoldInput<Scalar>
  private let teacher: TeacherInput<Scalar>
  private let ring: RateRing<Scalar>
  private let activity: DelayedActivity<Scalar>
  private let weights: WeightPanels<Scalar>
  private let population: Population<Scalar>

  /// One element per step of the window.
  private let somatic: FixedBuffer<SomaticInput<Scalar>>

  // Shape [block, panel, step of the block].
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
    let ring = RateRing<Scalar>(
      neurons: template.neurons, longestDelay: template.longestDelay,
      history: template.state.rateHistory, restingRate: constants.restingRate)
    template.state.rateHistory = []
    self.template = template
    self.weights = weights
    self.ring = ring
    self.targets = targets
    let padded = weights.paddedNeurons
    tiles = weights.tiles
    windowLength = Self.windowLength(template)
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
    rates = VectorBuffer(scalars: blocks * StepBlock.steps * padded)
  }

  /// Length of a window [steps]: whole blocks, unless the shortest delay is shorter than a block.
  private static func windowLength(_ network: Network) -> Int {
    let shortestDelay = min(
      network.dendriticDelay.min()! - 1, network.scaffoldDelay.min()!,
      network.interneuronDelay.min()!)
    let block = StepBlock.steps
    if shortestDelay < block { return shortestDelay }
    return min(longestWindow(network.neurons), shortestDelay) / block * block
  }

  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  public func runCycle(_ drive: CycleDrive, recordingInto record: inout RateRecord?) throws {
    if !drive.plastic { settleWeights() }
    population.begin(drive)
    let steps = targets[drive.target].steps
    let team = drive.control.team
    team?.room = Self.mostHelpers(template.neurons)
    // A large network is always faster with helpers, and its cycles take long.
    let isTested = template.neurons <= Self.mostTested && (team?.isTested ?? false)
    let isHelped = !isTested || team?.gain.isNextHelped ?? false
    let begin = ContinuousClock.now
    let helpers = team?.helpers ?? 0
    for start in stride(from: 0, to: steps, by: windowLength) {
      let window = start..<min(start + windowLength, steps)
      if let team, isHelped, team.helpers > 0 {
        compute(window, drive, team)
      } else {
        prepare(Part.all, steps: window.count)
        endPreparation(window, drive)
        for tile in tiles { advance(tile, through: window, isPlastic: drive.plastic) }
        store(0..<weights.panels.count, steps: window.count)
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

  /// Computes delayed rates, traces and scaffold conductances, which are known when a window begins.
  private func prepare(_ part: Part, steps: Int) {
    activity.prepare(part.range(of: activity.groups), steps: steps, from: ring)
    scaffold.prepare(part, steps: steps, from: ring)
  }

  /// Computes everything else that is known when a window begins.
  private func endPreparation(_ window: Range<Int>, _ drive: CycleDrive) {
    activity.endPreparation(steps: window.count)
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

  /// Stores the rates of some panels in a window of `steps` steps in the ring.
  private func store(_ panels: Range<Int>, steps: Int) {
    let lanes = Vector.scalarCount
    let neurons = panels.lowerBound * lanes..<min(panels.upperBound * lanes, template.neurons)
    for first in stride(from: 0, to: steps, by: StepBlock.steps) {
      ring.append(rates.scalars + first * weights.paddedNeurons, of: neurons, at: first)
    }
  }

  /// Ends a window, and stores its rates in the record.
  private func finish(_ window: Range<Int>, _ record: inout RateRecord?) {
    ring.advance(window.count)
    scaffold.advance(window.count)
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

  /// Position of a step of the window in rows: the first vector of its block, and its index in the
  /// block.
  private func place(of step: Int) -> (block: Int, row: Int) {
    let block = step / StepBlock.steps * StepBlock.steps
    return (block * weights.panels.count, step - block)
  }

  /// Advances the neurons of a tile through a window.
  private func advance(_ tile: Range<Int>, through steps: Range<Int>, isPlastic: Bool) {
    let window = PopulationWindow(
      steps: steps, somatic: UnsafePointer(somatic.elements), teacher: teacher.conductances,
      rates: rates.vectors)
    for step in stride(from: 0, to: steps.count, by: StepPair.steps) {
      let arriving = activity.rows(from: step)
      population.takeFirst(tile, step: step, window)
      if step % StepBlock.steps == 0 {
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
    }
    population.end(tile, window)
  }

  /// Computes a window together with the helpers of a team.
  private func compute(_ window: Range<Int>, _ drive: CycleDrive, _ team: WindowTeam) {
    shared.steps = window
    shared.isPlastic = drive.plastic
    team.perform(.prepare, each: 1, self) { shared.parts = $0 }
    endPreparation(window, drive)
    let panels = weights.panels.count
    let each = panels / ((1 + team.helpers) * Self.leastPanels)
    team.perform(.advance, each: min(max(1, each), Self.mostParts), self) { shared.parts = $0 }
  }

  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  func work(on piece: Int, of job: WindowTeam.Job) {
    let part = Part(index: piece, count: shared.parts)
    switch job {
    case .prepare: prepare(part, steps: shared.steps.count)
    case .advance:
      let panels = part.range(of: weights.panels.count)
      let width = tiles[0].count
      for first in stride(from: panels.lowerBound, to: panels.upperBound, by: width) {
        advance(
          first..<min(first + width, panels.upperBound), through: shared.steps,
          isPlastic: shared.isPlastic)
      }
      store(panels, steps: shared.steps.count)
    }
  }

  /// The least number of panels for each member of a team: with fewer, the processor cannot overlap
  /// the operations of different panels.
  private static var leastPanels: Int { 4 }
  /// The most threads that can help a network of this many neurons.
  package static func mostHelpers(_ neurons: Int) -> Int {
    max(0, (neurons + Vector.scalarCount - 1) / Vector.scalarCount / leastPanels - 1)
  }
  /// The most parts of a window for each member. If one is late, others do some of its parts.
  private static var mostParts: Int { 4 }

  /// Applies the pending weight updates, without any other effect.
  private func settleWeights() {
    activity.prepareSettling()
    for tile in tiles {
      weights.learn(
        tile, activity.rows(from: 0), UnsafePointer(population.states.elements),
        input: population.input(0, step: 0))
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

/// A window that a team computes. It holds no references: threads that count them together would
/// wait for each other.
private struct SharedWindow {
  /// The steps, counted from the start of the cycle.
  var steps = 0..<0
  var isPlastic = false
  /// The number of parts of the current job.
  var parts = 1
}
