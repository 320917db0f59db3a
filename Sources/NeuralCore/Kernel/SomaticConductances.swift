/// Conductances of somata in one step, times the time step, shape `[panel]`.
struct SomaticConductances<Scalar: VectorScalar> {
  var excitation: UnsafePointer<Scalar.Vector>

  /// Divided by ``ModelConstants/inhibitionRatio``, so that what the scaffold gives is the same kind of
  /// sum in both pathways.
  var inhibition: UnsafePointer<Scalar.Vector>
}

/// The conductances that hold in one step.
struct StepConductances<Scalar: VectorScalar> {
  /// Of panels with a visible neuron.
  var mixed: SomaticConductances<Scalar>

  /// Of all others.
  var latent: SomaticConductances<Scalar>
}

extension ModelConstants {
  /// How much stronger the inhibitory pathway of the scaffold is than the excitatory one.
  var inhibitionRatio: Double { inhibitoryScale / excitatoryScale }
}
