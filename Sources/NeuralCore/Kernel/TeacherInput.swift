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

  // Conductances together with those of the scaffold, shape [step of the window, paddedVisible].
  private let excitation: VectorBuffer<Scalar>
  private let inhibition: VectorBuffer<Scalar>

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
    asked = VectorBuffer(scalars: vectors * lanes)
    excitation = VectorBuffer(scalars: windowLength * vectors * lanes)
    inhibition = VectorBuffer(scalars: windowLength * vectors * lanes)
  }

  /// Computes the conductances of some steps.
  ///
  /// - Parameters:
  ///   - steps: The steps of the cycle.
  ///   - start: The step at which the window begins.
  ///   - scaffold: Gives what the neurons get besides.
  func prepare(
    _ steps: Range<Int>, windowStart start: Int, _ drive: CycleDrive,
    scaffold: ScaffoldInput<Scalar>
  ) {
    guard !steps.isEmpty else { return }
    let vectors = vectors
    let target = targets[drive.target].vectors
    let excitatoryOffset = excitatoryOffset.vectors
    let excitatorySlope = excitatorySlope.vectors
    let inhibitoryOffset = inhibitoryOffset.vectors
    let inhibitorySlope = inhibitorySlope.vectors
    for step in steps {
      let given = scaffold.conductances(step &- start)
      let row = (step &- start) &* vectors
      let excitation = excitation.vectors + row
      let inhibition = inhibition.vectors + row
      var potential = target + step &* vectors
      if let other = drive.potential { potential = ask(other, step) }
      for panel in 0..<vectors {
        excitation[panel] =
          given.excitation[panel]
          + excitatoryOffset[panel].addingProduct(excitatorySlope[panel], potential[panel])
        inhibition[panel] =
          given.inhibition[panel]
          + inhibitoryOffset[panel].addingProduct(inhibitorySlope[panel], potential[panel])
      }
    }
  }

  /// The conductances of a step of the window, for which they were prepared.
  @inline(__always)
  func conductances(_ step: Int) -> SomaticConductances<Scalar> {
    SomaticConductances(
      excitation: UnsafePointer(excitation.vectors + step * vectors),
      inhibition: UnsafePointer(inhibition.vectors + step * vectors))
  }

  /// Takes the potentials of a step from others than the target's.
  private func ask(_ potential: [Double], _ step: Int) -> UnsafeMutablePointer<Vector> {
    for neuron in 0..<visible {
      asked.scalars[neuron] = Scalar(potential[step * visible + neuron])
    }
    return asked.vectors
  }
}
