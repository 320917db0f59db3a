/// What reaches the neurons in one block of steps, apart from the dendritic input.
struct BlockInput<Scalar: VectorScalar> {
  typealias Vector = Scalar.Vector

  /// The block's first step, counted from the start of the window and of the cycle.
  var firstOfWindow: Int
  var firstOfCycle: Int

  /// Excitatory somatic conductance times the time step, shape `[step, paddedNeuron]`; `inhibition`
  /// likewise.
  var excitation: UnsafePointer<Vector>
  var inhibition: UnsafePointer<Vector>

  /// How the steps of the block learn from each other.
  var learning: BlockLearning<Scalar>
}

/// How the steps of a block learn from each other.
enum BlockLearning<Scalar: VectorScalar> {
  /// No synapse learns.
  case none
  /// All synapses exist, and the dendritic input was taken for the whole block.
  case together(BlockInteractions<Scalar>)
  /// Synapses are missing, and the dendritic input is taken for pairs of steps.
  case pairs
}

/// What is needed to add the updates of the earlier steps of a block to the input of the later ones.
struct BlockInteractions<Scalar: VectorScalar> {
  /// ``Interactions`` of visible, latent and any presynaptic neurons, shape `[k, t]`.
  var ofVisible: UnsafePointer<Scalar>
  var ofLatent: UnsafePointer<Scalar>
  var ofAny: UnsafePointer<Scalar>

  /// Delayed rates and traces, shape `[step, paddedNeuron]`.
  var rates: UnsafePointer<Scalar.Vector>
  var traces: UnsafePointer<Scalar.Vector>
}
