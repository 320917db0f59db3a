/// Somatic conductances that visible neurons receive from the teacher (step 2 of the model).
///
/// Both conductances are linear in the target potential, which is their common reversal potential.
final class TeacherInput<Scalar: VectorScalar> {
  typealias Vector = Scalar.Vector

  private let visible: Int
  let vectors: Int  // per step

  // Times the time step; shape [paddedVisible], zero in the padding.
  private let excitatoryOffset: VectorBuffer<Scalar>
  private let excitatorySlope: VectorBuffer<Scalar>
  private let inhibitoryOffset: VectorBuffer<Scalar>
  private let inhibitorySlope: VectorBuffer<Scalar>

  // Potentials of each target [mV], shape [step of the cycle, paddedVisible].
  private let targets: [VectorBuffer<Scalar>]

  // Potentials that replace those of the target [mV], shape [step of the window, paddedVisible].
  private let other: VectorBuffer<Scalar>

  init(_ targets: [Target], visible: Int, constants: ModelConstants, windowLength: Int) {
    self.visible = visible
    let lanes = Vector.scalarCount
    let vectors = (visible + lanes - 1) / lanes
    self.vectors = vectors
    func everywhere(_ value: Double) -> VectorBuffer<Scalar> {
      VectorBuffer([Double](repeating: value, count: visible), toAtLeast: visible)
    }
    let span = constants.inhibitoryPotential - constants.excitatoryPotential
    let scale = constants.timeStep * constants.nudgingConductance / span
    excitatoryOffset = everywhere(scale * constants.inhibitoryPotential)
    excitatorySlope = everywhere(-scale)
    let inhibitoryScale = scale / constants.inhibitionRatio
    inhibitoryOffset = everywhere(-inhibitoryScale * constants.excitatoryPotential)
    inhibitorySlope = everywhere(inhibitoryScale)
    self.targets = targets.map { target in
      let rows = VectorBuffer<Scalar>(scalars: target.steps * vectors * lanes)
      for step in 0..<target.steps {
        for neuron in 0..<visible {
          rows.scalars[step * vectors * lanes + neuron] = Scalar(
            target.potential[step * visible + neuron])
        }
      }
      return rows
    }
    other = VectorBuffer(scalars: windowLength * vectors * lanes)
  }

  /// Copies the potentials of some steps of the cycle if they replace those of the target.
  ///
  /// - Parameter start: The step of the cycle at which the window begins.
  func prepare(_ steps: Range<Int>, windowStart start: Int, _ drive: CycleDrive) {
    guard let potential = drive.potential else { return }
    for step in steps {
      let row = other.scalars + (step - start) * vectors * Vector.scalarCount
      for neuron in 0..<visible { row[neuron] = Scalar(potential[step * visible + neuron]) }
    }
  }

  /// The target potentials of a step of the cycle [mV], shape `[panel]`.
  func potentials(_ step: Int, windowStart start: Int, _ drive: CycleDrive) -> UnsafePointer<Vector>
  {
    drive.potential == nil
      ? UnsafePointer(targets[drive.target].vectors + step &* vectors)
      : UnsafePointer(other.vectors + (step &- start) &* vectors)
  }

  /// The conversion of potentials into conductances.
  var conductances: TeacherConductances<Scalar> {
    TeacherConductances(
      excitatoryOffset: UnsafePointer(excitatoryOffset.vectors),
      excitatorySlope: UnsafePointer(excitatorySlope.vectors),
      inhibitoryOffset: UnsafePointer(inhibitoryOffset.vectors),
      inhibitorySlope: UnsafePointer(inhibitorySlope.vectors))
  }
}

/// Offsets and slopes of the two conductances as functions of the target potential, shape
/// `[panel]`.
struct TeacherConductances<Scalar: VectorScalar> {
  typealias Vector = Scalar.Vector

  fileprivate let excitatoryOffset: UnsafePointer<Vector>
  fileprivate let excitatorySlope: UnsafePointer<Vector>
  fileprivate let inhibitoryOffset: UnsafePointer<Vector>
  fileprivate let inhibitorySlope: UnsafePointer<Vector>

  /// Adds the teacher's conductances of a panel to those of the scaffold.
  ///
  /// - Parameter potential: The target potentials [mV].
  @inline(__always)
  func add(
    _ panel: Int, potential: Vector, excitation: inout Vector, inhibition: inout Vector
  ) {
    excitation += excitatoryOffset[panel].addingProduct(excitatorySlope[panel], potential)
    inhibition += inhibitoryOffset[panel].addingProduct(inhibitorySlope[panel], potential)
  }
}
