/// Steps 3 to 5 and 7 of the model for one vector of neurons.
struct SomaticStep<Scalar: VectorScalar> {
  typealias Vector = Scalar.Vector

  private let somaticDecay: Vector
  private let somaticLeak: Vector
  private let somaticCoupling: Vector
  private let excitatoryPotential: Vector
  private let inhibitoryPotential: Vector
  private let predictionLeak: Vector
  private let predictionCoupling: Vector
  private let dendriticDecay: Vector
  private let dendriticLeak: Vector
  private let dendriticGain: Vector
  private let slope: Vector
  private let threshold: Vector

  init(_ constants: ModelConstants) {
    func all(_ value: Double) -> Vector { Vector(repeating: Scalar(value)) }
    let timeStep = constants.timeStep
    let leak = constants.leakConductance
    let coupling = constants.dendriteConductance
    let leakPotential = constants.leakPotential
    somaticDecay = all(1 - timeStep * (leak + coupling))
    somaticLeak = all(timeStep * leak * leakPotential)
    somaticCoupling = all(timeStep * coupling)
    excitatoryPotential = all(constants.excitatoryPotential)
    inhibitoryPotential = all(constants.inhibitoryPotential)
    predictionLeak = all(leak * leakPotential / (leak + coupling))
    predictionCoupling = all(coupling / (leak + coupling))
    dendriticDecay = all(1 - leak * timeStep)
    dendriticLeak = all(leak * timeStep * leakPotential)
    dendriticGain = all(leak * timeStep)
    slope = all(-constants.rateSlope)
    threshold = all(constants.rateSlope * constants.rateThreshold)
  }

  /// Advances somata and dendrites by one step.
  ///
  /// - Parameters:
  ///   - excitation: Excitatory somatic conductance times the time step; `inhibition` likewise.
  ///   - input: Dendritic input [mV].
  ///   - rate: Receives the new rates.
  /// - Returns: The surprise `r - rstar`: new rate minus the one that the dendrite predicts.
  @inline(__always)
  func advance(
    soma: inout Vector, dendrite: inout Vector, rate: inout Vector, input: Vector,
    excitation: Vector, inhibition: Vector
  ) -> Vector {
    let old = dendrite
    let drive = somaticLeak.addingProduct(somaticCoupling, old)
      .addingProduct(excitation, excitatoryPotential)
      .addingProduct(inhibition, inhibitoryPotential)
    let potential = drive.addingProduct(soma, somaticDecay - excitation - inhibition)
    let prediction = predictionLeak.addingProduct(predictionCoupling, old)
    soma = potential
    dendrite = dendriticLeak.addingProduct(dendriticDecay, old)
      .addingProduct(dendriticGain, input)

    // Both rates share one division: 1/(1+a) and 1/(1+b) from 1/((1+a)(1+b)).
    let one = Vector(repeating: 1)
    let first = one + Scalar.exponential(threshold.addingProduct(slope, potential))
    let second = one + Scalar.exponential(threshold.addingProduct(slope, prediction))
    let inverse = one / (first * second)
    rate = second * inverse
    return rate - first * inverse
  }
}
