/// The state of all neurons.
final class Population<Scalar: VectorScalar> {
  typealias Vector = Scalar.Vector

  private let neurons: Int
  let panels: Int
  let mixedPanels: Int  // panels with a visible neuron; they come first
  let equations: SomaticStep<Scalar>

  /// The equations of each panel; nil for equal neurons.
  let ownEquations: FixedBuffer<PanelStep<Scalar>>?
  /// Whether there are such equations.
  let isHeterogeneous: Bool

  private let timeStep: Double

  // Shape [panel].
  let states: FixedBuffer<PanelState<Scalar>>

  /// Dendritic input [mV], shape `[panel, step of the block]`, with gaps (``StepBlock``).
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
    let own = constants.ofNeurons(network.neurons)
    isHeterogeneous = constants.heterogeneity != 0
    ownEquations = isHeterogeneous ? FixedBuffer(PanelStep.panels(own.map(SomaticStep.init))) : nil
    timeStep = constants.timeStep
    /// The vector of some quantity for a panel; lanes without a neuron hold `padding`.
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
    func leakDecay(_ constants: ModelConstants) -> Double {
      1 - constants.timeStep * constants.leakConductance
    }
    let rest = constants.leakPotential
    states = FixedBuffer(
      (0..<panels).map { panel in
        PanelState(
          soma: vector(panel, padding: rest) { network.state.somaticPotential[$0] },
          dendrite: vector(panel, padding: rest) { network.state.dendriticPotential[$0] },
          coupling: vector(panel) { coupling($0) },
          decay: vector(panel, padding: leakDecay(constants)) {
            leakDecay(own[$0]) - coupling($0)
          },
          rateFromVisible: vector(panel) { rate($0, fromVisible: true) },
          rateFromLatent: vector(panel) { rate($0, fromVisible: false) })
      })
    input = VectorBuffer(scalars: panels * StepBlock.panelStride * lanes)
    self.windowLength = windowLength
  }

  /// Starts a cycle.
  func begin(_ drive: CycleDrive) {
    draws = drive.membraneNoise?.stream
    deviation = (drive.membraneNoise?.strength ?? 0) * timeStep.squareRoot()
    isDisturbed = draws != nil || !drive.holds.isEmpty
    holds = drive.holds
  }

  /// Applies noise, then holds, to the somata of a panel (step 3 of the model).
  ///
  /// - Parameters:
  ///   - step: The step, counted from the start of the window.
  ///   - cycleStep: The same step, counted from the start of the cycle.
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

  /// The dendritic input of a panel from a step of the window to the end of its block.
  @inline(__always)
  func input(_ panel: Int, step: Int) -> UnsafeMutablePointer<Vector> {
    input.vectors + (panel &* StepBlock.panelStride &+ step & (StepBlock.steps - 1))
  }

  /// Draws the noise of a window of `count` steps, in an order that does not depend on tiles.
  func drawNoise(_ count: Int) {
    guard draws != nil else { return }
    for step in 0..<count {
      let row = noise.scalars + step * panels * Vector.scalarCount
      for neuron in 0..<neurons { row[neuron] = Scalar(deviation * draws!.normal()) }
    }
  }

  /// Clears the pending updates after the weights have received them.
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

  /// Whether all potentials and the surprise of pending updates are finite. A weight that is not
  /// finite reaches the dendrite of its neuron in the next step.
  var isFinite: Bool {
    let zero = Vector()
    var sum = zero  // zero times a finite number is zero; otherwise it is NaN
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

/// The state of the neurons of one panel, in the order in which a step reads it.
public struct PanelState<Scalar: VectorScalar>: BitwiseCopyable {
  typealias Vector = Scalar.Vector

  /// Somatic and dendritic potentials [mV].
  var soma: Vector
  var dendrite: Vector

  /// Conductance between dendrite and soma times the time step; 0 without a dendrite.
  var coupling: Vector

  /// Factor of the somatic potential in a step without synaptic conductances:
  /// `1 - dt g_l - coupling`.
  var decay: Vector

  /// Surprise `r - r*` of pending weight updates: of the step before a pair and of the first step
  /// of the pair; 0 if no update is pending.
  var surpriseBefore = Vector()
  var surpriseNow = Vector()

  /// Learning rates for synapses from visible and from latent neurons.
  var rateFromVisible: Vector
  var rateFromLatent: Vector

  /// Not used, but apart from the next panel; as long as ``PanelGap/vectors``.
  var gap = InlineArray<16, Vector>(repeating: Vector())
}
