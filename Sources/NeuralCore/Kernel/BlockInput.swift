/// What reaches the neurons in one block of steps, apart from the dendritic input.
struct BlockInput<Scalar: VectorScalar> {
  /// The block's first step, counted from the start of the window and of the cycle.
  var firstOfWindow: Int
  var firstOfCycle: Int

  /// Somatic conductances in each step of the window.
  var conductances: [StepConductances<Scalar>]

  /// How the steps of the block learn from each other.
  var learning: BlockLearning<Scalar>
}

/// How the steps of a block learn from each other.
enum BlockLearning<Scalar: VectorScalar> {
  /// No synapse learns.
  case none
  /// All synapses exist, and the dendritic input was taken for the whole block.
  case together(BlockInteractions<Scalar>)
  /// Synapses are missing, and the dendritic input was taken for a quad of steps.
  case quads
}

/// What is needed to add the updates of the earlier steps of a block to the input of the later ones.
struct BlockInteractions<Scalar: VectorScalar> {
  /// ``Interactions`` of visible and of any presynaptic neurons, shape `[k, t]`.
  var ofVisible: UnsafePointer<Scalar>
  var ofAny: UnsafePointer<Scalar>

  /// Delayed rates and traces, shape `[panel, step]`.
  var rates: UnsafePointer<Scalar.Vector>
  var traces: UnsafePointer<Scalar.Vector>
}
