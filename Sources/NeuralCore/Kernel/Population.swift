/// The state of all neurons, and what one block of steps computes for them.
final class Population<Scalar: VectorScalar> {
  typealias Vector = Scalar.Vector

  private let neurons: Int
  let vectors: Int
  let mixedVectors: Int  // those with a visible neuron; they come first
  let equations: SomaticStep<Scalar>
  private let timeStep: Double

  // Shape [paddedNeuron].
  let soma: VectorBuffer<Scalar>
  let dendrite: VectorBuffer<Scalar>
  let coupling: VectorBuffer<Scalar>  // dendrite to soma, times the time step
  let decay: VectorBuffer<Scalar>  // of the soma, without synaptic conductances
  let rateFromVisible: VectorBuffer<Scalar>  // learning rates
  let rateFromLatent: VectorBuffer<Scalar>
  let rateFromSelf: VectorBuffer<Scalar>

  /// What the weights from neurons to themselves would be if they existed, since the block began.
  let own: VectorBuffer<Scalar>

  /// What the update of the first step of a pair adds to the input of the second, per surprise.
  let visibleInteraction: VectorBuffer<Scalar>
  let latentInteraction: VectorBuffer<Scalar>

  /// Dendritic input [mV], shape `[step of the block, paddedNeuron]`.
  let input: VectorBuffer<Scalar>

  /// Learning rate times surprise of the latest steps, which the weights do not hold yet, for
  /// visible presynaptic neurons, shape `[step of the block, paddedNeuron]`; zero where none is due.
  let fromVisible: VectorBuffer<Scalar>

  /// The same for latent presynaptic neurons.
  let fromLatent: VectorBuffer<Scalar>

  // Shape [step of the window, paddedNeuron] [mV].
  let noise: VectorBuffer<Scalar>
  private(set) var draws: RandomStream?
  private var deviation = 0.0

  init(
    _ network: Network, _ learning: LearningRule, _ constants: ModelConstants, windowLength: Int,
    paddedNeurons padded: Int
  ) {
    neurons = network.neurons
    vectors = padded / Vector.scalarCount
    mixedVectors = (network.visible + Vector.scalarCount - 1) / Vector.scalarCount
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
    func rates(isPreVisible: (_ post: Int) -> Bool) -> VectorBuffer<Scalar> {
      VectorBuffer(
        (0..<network.neurons).map {
          learning.rate(isPostVisible: $0 < network.visible, isPreVisible: isPreVisible($0))
        }, toAtLeast: padded)
    }
    rateFromVisible = rates { _ in true }
    rateFromLatent = rates { _ in false }
    rateFromSelf = rates { $0 < network.visible }
    own = VectorBuffer(scalars: padded)
    visibleInteraction = VectorBuffer(scalars: padded)
    latentInteraction = VectorBuffer(scalars: padded)
    input = VectorBuffer(scalars: StepBlock.steps * padded)
    fromVisible = VectorBuffer(scalars: StepBlock.steps * padded)
    fromLatent = VectorBuffer(scalars: StepBlock.steps * padded)
    noise = VectorBuffer(scalars: windowLength * padded)
  }

  /// Begins a cycle.
  func begin(_ drive: CycleDrive) {
    draws = drive.membraneNoise?.stream
    deviation = (drive.membraneNoise?.strength ?? 0) * timeStep.squareRoot()
  }

  /// Draws the noise of a window, whose order does not depend on tiles.
  func drawNoise(_ count: Int) {
    guard draws != nil else { return }
    for step in 0..<count {
      let row = noise.scalars + step * vectors * Vector.scalarCount
      for neuron in 0..<neurons { row[neuron] = Scalar(deviation * draws!.normal()) }
    }
  }

  /// Ends a block of which `count` steps were taken: the others update nothing.
  func endBlock(_ range: Range<Int>, count: Int) {
    for step in count..<StepBlock.steps {
      for index in range {
        fromVisible.vectors[step * vectors + index] = Vector()
        fromLatent.vectors[step * vectors + index] = Vector()
      }
    }
  }

  /// Forgets the updates that are due, once the weights hold them.
  func forgetUpdates() {
    for index in 0..<fromVisible.vectorCount {
      fromVisible.vectors[index] = Vector()
      fromLatent.vectors[index] = Vector()
    }
  }

  /// Whether all potentials, and updates that are due, are finite. A weight that is not reaches its
  /// neuron's dendrite with the next step.
  var isFinite: Bool {
    [soma, dendrite, fromVisible, fromLatent].allSatisfy { buffer in
      (0..<buffer.scalarCount).allSatisfy { buffer.scalars[$0].isFinite }
    }
  }
}
