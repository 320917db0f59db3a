/// What reaches the neurons in one window, apart from the dendritic input, and where their rates go.
struct PopulationWindow<Scalar: VectorScalar> {
  /// The steps, counted from the start of the cycle.
  var steps: Range<Int>

  /// What acts on the somata in each step.
  var somatic: UnsafePointer<SomaticInput<Scalar>>

  /// Turns what the teacher asks for into conductances.
  var teacher: TeacherConductances<Scalar>

  /// Receives the rates, shape `[block, panel, step of the block]`.
  var rates: UnsafeMutablePointer<Scalar.Vector>
}
