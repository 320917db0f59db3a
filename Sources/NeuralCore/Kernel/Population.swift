/// The state of all neurons, and what one pair of steps computes for them.
final class Population<Scalar: VectorScalar> {
  typealias Vector = Scalar.Vector

  private let neurons: Int
  let panels: Int
  let mixedPanels: Int  // those with a visible neuron; they come first
  let equations: SomaticStep<Scalar>
  private let timeStep: Double

  // Shape [panel].
  let states: FixedBuffer<PanelState<Scalar>>

  /// Dendritic input [mV], shape `[panel, step of the block]`.
  let input: VectorBuffer<Scalar>

  // Shape [step of the window, panel] [mV].
  private lazy var noise = VectorBuffer<Scalar>(scalars: windowLength * panels * Vector.scalarCount)
  private let windowLength: Int
  private var draws: RandomStream?
  private var deviation = 0.0

  private var holds: [SomaticHold] = []

  /// Whether somata are noisy or held in this cycle.
  private(set) var isDisturbed = false

  init(
    _ network: Network, _ learning: LearningRule, _ constants: ModelConstants, windowLength: Int,
    panels: Int
  ) {
    neurons = network.neurons
    self.panels = panels
    let lanes = Vector.scalarCount
    mixedPanels = (network.visible + lanes - 1) / lanes
    equations = SomaticStep(constants)
    timeStep = constants.timeStep
    /// A panel's vector of some quantity; lanes without a neuron have `padding`.
    func vector(_ panel: Int, padding: Double = 0, _ value: (_ neuron: Int) -> Double) -> Vector {
      var vector = Vector(repeating: Scalar(padding))
      for neuron in panel * lanes..<min((panel + 1) * lanes, network.neurons) {
        vector[neuron % lanes] = Scalar(value(neuron))
      }
      return vector
    }
    func coupling(_ neuron: Int) -> Double {
      neuron < network.visible || learning.latentHasDendrite
        ? constants.timeStep * constants.dendriteConductance : 0
    }
    func rate(_ post: Int, fromVisible: Bool) -> Double {
      learning.rate(isPostVisible: post < network.visible, isPreVisible: fromVisible)
    }
    let leakDecay = 1 - constants.timeStep * constants.leakConductance
    let rest = constants.leakPotential
    states = FixedBuffer(
      (0..<panels).map { panel in
        PanelState(
          soma: vector(panel, padding: rest) { network.state.somaticPotential[$0] },
          dendrite: vector(panel, padding: rest) { network.state.dendriticPotential[$0] },
          coupling: vector(panel) { coupling($0) },
          decay: vector(panel, padding: leakDecay) { leakDecay - coupling($0) },
          rateFromVisible: vector(panel) { rate($0, fromVisible: true) },
          rateFromLatent: vector(panel) { rate($0, fromVisible: false) })
      })
    input = VectorBuffer(scalars: panels * StepBlock.steps * lanes)
    self.windowLength = windowLength
  }

  /// Begins a cycle.
  func begin(_ drive: CycleDrive) {
    draws = drive.membraneNoise?.stream
    deviation = (drive.membraneNoise?.strength ?? 0) * timeStep.squareRoot()
    isDisturbed = draws != nil || !drive.holds.isEmpty
    holds = drive.holds
  }

  /// What acts on the somata of a panel besides conductances: noise, then holds.
  ///
  /// - Parameters:
  ///   - step: Counted from the start of the window; `cycleStep` from that of the cycle.
  func disturb(_ panel: Int, step: Int, cycleStep: Int) {
    let state = states.elements + panel
    if draws != nil { state.pointee.soma += noise.vectors[step * panels + panel] }
    let lanes = Vector.scalarCount
    for hold in holds where hold.steps.contains(cycleStep) {
      for neuron in hold.neurons where neuron / lanes == panel {
        state.pointee.soma[neuron % lanes] = Scalar(hold.potential)
      }
    }
  }

  /// Where the dendritic input of a panel in a step of the window stands, and in those behind it.
  @inline(__always)
  func input(_ panel: Int, step: Int) -> UnsafeMutablePointer<Vector> {
    input.vectors + (panel &* StepBlock.steps &+ step & (StepBlock.steps - 1))
  }

  /// Draws the noise of a window, whose order does not depend on tiles.
  func drawNoise(_ count: Int) {
    guard draws != nil else { return }
    for step in 0..<count {
      let row = noise.scalars + step * panels * Vector.scalarCount
      for neuron in 0..<neurons { row[neuron] = Scalar(deviation * draws!.normal()) }
    }
  }

  /// Forgets the updates that are due, once the weights hold them.
  func forgetUpdates() {
    for panel in 0..<panels {
      states.elements[panel].surpriseBefore = Vector()
      states.elements[panel].surpriseNow = Vector()
    }
  }

  /// Some quantity of all neurons, shape `[neuron]`.
  func values(_ quantity: KeyPath<PanelState<Scalar>, Vector>) -> [Double] {
    let lanes = Vector.scalarCount
    return (0..<neurons).map {
      Double(states.elements[$0 / lanes][keyPath: quantity][$0 % lanes])
    }
  }

  /// Whether all potentials, and the surprise of updates that are due, are finite. A weight that is
  /// not reaches its neuron's dendrite with the next step.
  var isFinite: Bool {
    let zero = Vector()
    var sum = zero  // of what is zero times a finite number, and no number otherwise
    for panel in 0..<panels {
      let state = states.elements[panel]
      sum.addProduct(zero, state.soma)
      sum.addProduct(zero, state.dendrite)
      sum.addProduct(zero, state.surpriseBefore)
      sum.addProduct(zero, state.surpriseNow)
    }
    return (0..<Vector.scalarCount).allSatisfy { sum[$0] == 0 }
  }
}

/// The state of the neurons of one panel, in the order in which memory brings them.
public struct PanelState<Scalar: VectorScalar>: BitwiseCopyable {
  typealias Vector = Scalar.Vector

  /// Somatic and dendritic potentials [mV].
  var soma: Vector
  var dendrite: Vector

  /// Conductance between dendrite and soma, times the time step.
  var coupling: Vector

  /// What a step leaves of the somatic potential, without synaptic conductances.
  var decay: Vector

  /// Surprise `r - r*` whose updates the weights do not hold yet: that of the step before a pair, and
  /// that of its first step; zero where none is due.
  var surpriseBefore = Vector()
  var surpriseNow = Vector()

  /// Learning rates, by the presynaptic neuron.
  var rateFromVisible: Vector
  var rateFromLatent: Vector
}
