/// What reaches the neurons in one block of steps, apart from the dendritic input.
struct BlockInput<Scalar: VectorScalar> {
  /// The block's first step, counted from the start of the window and of the cycle.
  var firstOfWindow: Int
  var firstOfCycle: Int

  /// What acts on the somata in each step of the window.
  var somatic: UnsafePointer<SomaticInput<Scalar>>

  /// Turns what it asks for into conductances.
  var teacher: TeacherConductances<Scalar>
}
