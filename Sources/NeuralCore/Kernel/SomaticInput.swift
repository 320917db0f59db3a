/// Conductances of somata in one step, times the time step, shape `[panel]`.
struct SomaticConductances<Scalar: VectorScalar> {
  var excitation: UnsafePointer<Scalar.Vector>

  /// Divided by ``ModelConstants/inhibitionRatio``, so that what the scaffold gives is the same kind of
  /// sum in both pathways.
  var inhibition: UnsafePointer<Scalar.Vector>
}

/// What acts on the somata in one step.
struct SomaticInput<Scalar: VectorScalar> {
  /// What the scaffold gives.
  var scaffold: SomaticConductances<Scalar>

  /// The potentials that the teacher asks for [mV], of the panels with a visible neuron; nil where it
  /// is off.
  var asked: UnsafePointer<Scalar.Vector>?
}

extension ModelConstants {
  /// How much stronger the inhibitory pathway of the scaffold is than the excitatory one.
  var inhibitionRatio: Double { inhibitoryScale / excitatoryScale }
}
