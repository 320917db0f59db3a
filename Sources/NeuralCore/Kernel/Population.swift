/// The state of all neurons, and what one block of steps computes for them.
final class Population<Scalar: VectorScalar> {
  typealias Vector = Scalar.Vector

  private let neurons: Int
  let panels: Int
  let mixedPanels: Int  // those with a visible neuron; they come first
  let equations: SomaticStep<Scalar>
  private let timeStep: Double

  // Shape [paddedNeuron].
  let soma: VectorBuffer<Scalar>
  let dendrite: VectorBuffer<Scalar>
  let coupling: VectorBuffer<Scalar>  // dendrite to soma, times the time step
  let decay: VectorBuffer<Scalar>  // of the soma, without synaptic conductances
  let rateFromVisible: VectorBuffer<Scalar>  // learning rates
  let rateFromLatent: VectorBuffer<Scalar>
  /// Dendritic input [mV], shape `[panel, step of the block]`.
  let input: VectorBuffer<Scalar>

  /// Surprise `r - r*` whose updates the weights do not hold yet: that of the step before a pair, and
  /// that of its first step, shape `[panel, step]`; zero where none is due.
  let surprise: VectorBuffer<Scalar>

  // Shape [step of the window, paddedNeuron] [mV].
  let noise: VectorBuffer<Scalar>
  private var draws: RandomStream?
  private var deviation = 0.0

  private var holds: [SomaticHold] = []

  /// Whether somata are noisy or held in this cycle.
  private(set) var isDisturbed = false

  init(
    _ network: Network, _ learning: LearningRule, _ constants: ModelConstants, windowLength: Int,
    paddedNeurons padded: Int
  ) {
    neurons = network.neurons
    panels = padded / Vector.scalarCount
    mixedPanels = (network.visible + Vector.scalarCount - 1) / Vector.scalarCount
    equations = SomaticStep(constants)
    timeStep = constants.timeStep
    let rest = constants.leakPotential
    soma = VectorBuffer(network.state.somaticPotential, padding: rest, toAtLeast: padded)
    dendrite = VectorBuffer(network.state.dendriticPotential, padding: rest, toAtLeast: padded)
    let couplings = (0..<network.neurons).map { neuron in
      neuron < network.visible || learning.latentHasDendrite
        ? constants.timeStep * constants.dendriteConductance : 0
    }
    coupling = VectorBuffer(couplings, toAtLeast: padded)
    decay = VectorBuffer(
      couplings.map { 1 - constants.timeStep * constants.leakConductance - $0 },
      toAtLeast: padded)
    func rate(_ post: Int, fromVisible: Bool) -> Double {
      learning.rate(isPostVisible: post < network.visible, isPreVisible: fromVisible)
    }
    func buffer(_ value: (_ post: Int) -> Double) -> VectorBuffer<Scalar> {
      VectorBuffer((0..<network.neurons).map(value), toAtLeast: padded)
    }
    rateFromVisible = buffer { rate($0, fromVisible: true) }
    rateFromLatent = buffer { rate($0, fromVisible: false) }
    input = VectorBuffer(scalars: StepBlock.steps * padded)
    surprise = VectorBuffer(scalars: StepPair.steps * padded)
    noise = VectorBuffer(scalars: windowLength * padded)
  }

  /// Begins a cycle.
  func begin(_ drive: CycleDrive) {
    draws = drive.membraneNoise?.stream
    deviation = (drive.membraneNoise?.strength ?? 0) * timeStep.squareRoot()
    isDisturbed = draws != nil || !drive.holds.isEmpty
    holds = drive.holds
  }

  /// What acts on somata besides conductances: noise, then holds.
  ///
  /// - Parameters:
  ///   - step: Counted from the start of the window; `cycleStep` from that of the cycle.
  func disturb(_ range: Range<Int>, step: Int, cycleStep: Int) {
    if draws != nil {
      for panel in range { soma.vectors[panel] += noise.vectors[step * panels + panel] }
    }
    for hold in holds where hold.steps.contains(cycleStep) {
      for neuron in hold.neurons where range.contains(neuron / Vector.scalarCount) {
        soma.scalars[neuron] = Scalar(hold.potential)
      }
    }
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
    for index in 0..<surprise.vectorCount { surprise.vectors[index] = Vector() }
  }

  /// Whether all potentials, and the surprise of updates that are due, are finite. A weight that is not reaches its
  /// neuron's dendrite with the next step.
  var isFinite: Bool {
    [soma, dendrite, surprise].allSatisfy { buffer in
      (0..<buffer.scalarCount).allSatisfy { buffer.scalars[$0].isFinite }
    }
  }
}
