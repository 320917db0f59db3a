/// Step 6 of the model for the 8 steps of a block: `x(t) = gain r(t) + decay x(t - 1)`.
///
/// Instead of one step after the other, all take in the trace of 1, 2 and 4 steps before.
public struct TraceFilter<Scalar: VectorScalar> {
  /// What a rate counts.
  let gain: Scalar

  /// What is left of a trace after so many steps; zero in the first steps, which have none so long
  /// before them within the block.
  let one: SIMD8<Scalar>
  let two: SIMD8<Scalar>
  let four: SIMD8<Scalar>

  /// What is left after 1, 2, ... 8 steps.
  let all: SIMD8<Scalar>

  init(_ constants: ModelConstants) {
    let leak = constants.leakConductance
    let coupling = constants.dendriteConductance
    gain = Scalar(constants.timeStep * leak * coupling / (leak + coupling))
    var powers = [1.0]
    for _ in 0..<StepBlock.steps { powers.append(powers.last! * (1 - leak * constants.timeStep)) }
    func left(after steps: Int) -> SIMD8<Scalar> {
      SIMD8((0..<StepBlock.steps).map { $0 < steps ? 0 : Scalar(powers[steps]) })
    }
    one = left(after: 1)
    two = left(after: 2)
    four = left(after: 4)
    all = SIMD8(powers.dropFirst().map { Scalar($0) })
  }
}
