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
