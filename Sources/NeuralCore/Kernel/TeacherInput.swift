/// Somatic conductances that the teacher gives to visible neurons.
///
/// Both are linear in the target potential: their common reversal potential is the target.
final class TeacherInput<Scalar: VectorScalar> {
  typealias Vector = Scalar.Vector

  private let visible: Int
  private let vectors: Int

  // Times the time step; shape [paddedVisible], zero in the padding.
  private let excitatoryOffset: VectorBuffer<Scalar>
  private let excitatorySlope: VectorBuffer<Scalar>
  private let inhibitoryOffset: VectorBuffer<Scalar>
  private let inhibitorySlope: VectorBuffer<Scalar>

  // Potentials that each target asks for [mV], shape [step of the cycle, paddedVisible].
  private let targets: [VectorBuffer<Scalar>]
  private let asked: VectorBuffer<Scalar>

  init(_ targets: [Target], visible: Int, constants: ModelConstants) {
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
    inhibitoryOffset = everywhere(-scale * constants.excitatoryPotential)
    inhibitorySlope = everywhere(scale)
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
    asked = VectorBuffer(scalars: vectors * lanes)
  }

  /// Adds the conductances of a step times the time step.
  func add(
    _ drive: CycleDrive, step: Int, excitation: UnsafeMutablePointer<Vector>,
    inhibition: UnsafeMutablePointer<Vector>
  ) {
    var potential = targets[drive.target].vectors + step * vectors
    if let other = drive.potential {
      for neuron in 0..<visible {
        asked.scalars[neuron] = Scalar(other[step * visible + neuron])
      }
      potential = asked.vectors
    }
    for index in 0..<vectors {
      excitation[index] += excitatoryOffset.vectors[index]
        .addingProduct(excitatorySlope.vectors[index], potential[index])
      inhibition[index] += inhibitoryOffset.vectors[index]
        .addingProduct(inhibitorySlope.vectors[index], potential[index])
    }
  }
}
