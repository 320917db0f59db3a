/// Steps 3 to 5 and 7 of the model for neighbouring neurons of a network, vector by vector.
struct SomaticStep<Scalar: VectorScalar> {
  typealias Vector = Scalar.Vector

  private let somaticLeak: Vector
  private let excitatoryPotential: Vector
  private let inhibitoryPotential: Vector
  private let dendriticDecay: Vector
  private let dendriticLeak: Vector
  private let dendriticGain: Vector

  // The rate of a potential u is 1 / (1 + 2^(offset + slope u)).
  private let rateOffset: Vector
  private let rateSlope: Vector

  // The same of the somatic potential that a dendritic potential predicts.
  private let predictionOffset: Vector
  private let predictionSlope: Vector

  init(_ constants: ModelConstants) {
    func all(_ value: Double) -> Vector { Vector(repeating: Scalar(value)) }
    let timeStep = constants.timeStep
    let leak = constants.leakConductance
    let coupling = constants.dendriteConductance
    let leakPotential = constants.leakPotential
    somaticLeak = all(timeStep * leak * leakPotential)
    excitatoryPotential = all(constants.excitatoryPotential)
    inhibitoryPotential = all(constants.inhibitoryPotential)
    dendriticDecay = all(1 - leak * timeStep)
    dendriticLeak = all(leak * timeStep * leakPotential)
    dendriticGain = all(leak * timeStep)
    let slope = -constants.rateSlope / naturalLogarithm(2)
    let offset = -slope * constants.rateThreshold
    rateOffset = all(offset)
    rateSlope = all(slope)
    predictionOffset = all(offset + slope * leak * leakPotential / (leak + coupling))
    predictionSlope = all(slope * coupling / (leak + coupling))
  }

  /// Step 3: the somatic potentials.
  ///
  /// - Parameters:
  ///   - vectors: The vectors that hold the neurons.
  ///   - coupling: Conductance between dendrite and soma times the time step; 0 without a dendrite.
  ///   - decay: `1 - dt g_l - coupling`.
  ///   - excitation: Excitatory somatic conductance times the time step; `inhibition` likewise.
  func advanceSomata(
    _ vectors: Range<Int>, soma: UnsafeMutablePointer<Vector>, dendrite: UnsafePointer<Vector>,
    coupling: UnsafePointer<Vector>, decay: UnsafePointer<Vector>,
    excitation: UnsafePointer<Vector>, inhibition: UnsafePointer<Vector>
  ) {
    for index in vectors {
      soma[index] = somaticLeak.addingProduct(coupling[index], dendrite[index])
        .addingProduct(excitation[index], excitatoryPotential)
        .addingProduct(inhibition[index], inhibitoryPotential)
        .addingProduct(soma[index], decay[index] - excitation[index] - inhibition[index])
    }
  }

  /// Steps 4, 5 and 7: the dendrites, the rates, and the surprise `r - rstar` of each neuron, its
  /// rate minus the one that its dendrite predicts.
  ///
  /// - Parameters:
  ///   - vectors: The vectors that hold the neurons.
  ///   - soma: The new somatic potentials.
  ///   - input: Dendritic input [mV].
  func advanceDendrites(
    _ vectors: Range<Int>, soma: UnsafePointer<Vector>, dendrite: UnsafeMutablePointer<Vector>,
    input: UnsafePointer<Vector>, rate: UnsafeMutablePointer<Vector>,
    surprise: UnsafeMutablePointer<Vector>
  ) {
    let one = Vector(repeating: 1)
    for index in vectors {
      let old = dendrite[index]
      dendrite[index] = dendriticLeak.addingProduct(dendriticDecay, old)
        .addingProduct(dendriticGain, input[index])

      // Both rates share one division: 1/(1+a) and 1/(1+b) from 1/((1+a)(1+b)).
      let first = one + Scalar.powerOfTwo(rateOffset.addingProduct(rateSlope, soma[index]))
      let second = one + Scalar.powerOfTwo(predictionOffset.addingProduct(predictionSlope, old))
      let inverse = one / (first * second)
      rate[index] = second * inverse
      surprise[index] = rate[index] - first * inverse
    }
  }
}
