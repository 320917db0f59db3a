/// Somatic conductances that the teacher gives to visible neurons.
///
/// Both are linear in the target potential: their common reversal potential is the target.
final class TeacherInput<Scalar: VectorScalar> {
  typealias Vector = Scalar.Vector

  private let visible: Int
  let vectors: Int  // of one step

  // Times the time step; shape [paddedVisible], zero in the padding.
  private let excitatoryOffset: VectorBuffer<Scalar>
  private let excitatorySlope: VectorBuffer<Scalar>
  private let inhibitoryOffset: VectorBuffer<Scalar>
  private let inhibitorySlope: VectorBuffer<Scalar>

  // Potentials that each target asks for [mV], shape [step of the cycle, paddedVisible].
  private let targets: [VectorBuffer<Scalar>]

  // What a cycle asks for instead of its target, shape [step of the window, paddedVisible].
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

  /// Takes in the potentials that some steps of the cycle ask for, if it is not the target's.
  ///
  /// - Parameter start: The step at which the window begins.
  func prepare(_ steps: Range<Int>, windowStart start: Int, _ drive: CycleDrive) {
    guard let potential = drive.potential else { return }
    for step in steps {
      let row = other.scalars + (step - start) * vectors * Vector.scalarCount
      for neuron in 0..<visible { row[neuron] = Scalar(potential[step * visible + neuron]) }
    }
  }

  /// The potentials that a step of the cycle asks for [mV], shape `[panel]`.
  func potentials(_ step: Int, windowStart start: Int, _ drive: CycleDrive) -> UnsafePointer<Vector>
  {
    drive.potential == nil
      ? UnsafePointer(targets[drive.target].vectors + step &* vectors)
      : UnsafePointer(other.vectors + (step &- start) &* vectors)
  }

  /// What turns potentials into conductances.
  var conductances: TeacherConductances<Scalar> {
    TeacherConductances(
      excitatoryOffset: UnsafePointer(excitatoryOffset.vectors),
      excitatorySlope: UnsafePointer(excitatorySlope.vectors),
      inhibitoryOffset: UnsafePointer(inhibitoryOffset.vectors),
      inhibitorySlope: UnsafePointer(inhibitorySlope.vectors))
  }
}

/// The two conductances as functions of the potential that the teacher asks for, shape `[panel]`.
struct TeacherConductances<Scalar: VectorScalar> {
  typealias Vector = Scalar.Vector

  fileprivate let excitatoryOffset: UnsafePointer<Vector>
  fileprivate let excitatorySlope: UnsafePointer<Vector>
  fileprivate let inhibitoryOffset: UnsafePointer<Vector>
  fileprivate let inhibitorySlope: UnsafePointer<Vector>

  /// Adds the conductances of a panel to those that the scaffold gives.
  ///
  /// - Parameter potential: What the step asks for [mV].
  @inline(__always)
  func add(
    _ panel: Int, potential: Vector, excitation: inout Vector, inhibition: inout Vector
  ) {
    excitation += excitatoryOffset[panel].addingProduct(excitatorySlope[panel], potential)
    inhibition += inhibitoryOffset[panel].addingProduct(inhibitorySlope[panel], potential)
  }
}
