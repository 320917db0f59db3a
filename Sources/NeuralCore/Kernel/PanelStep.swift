import Glibc

/// The factors of steps 3 to 5 and 7 of the model: numbers for equal neurons, and vectors for neighbouring
/// neurons of their own.
struct SomaticFactors<Number> {
  let somaticLeak: Number
  let excitatoryPotential: Number
  let inhibitoryPotential: Number  // times the ratio
  let minusInhibitionRatio: Number
  let dendriticDecay: Number
  let dendriticLeak: Number
  let dendriticGain: Number

  // The rate function of a potential u is 1 / (1 + 2^(offset + slope u)).
  let rateOffset: Number
  let rateSlope: Number

  // The same for the somatic potential that a dendritic potential v predicts.
  let predictionOffset: Number
  let predictionSlope: Number
}

extension SomaticFactors where Number: VectorScalar {
  init(_ constants: ModelConstants) {
    let timeStep = constants.timeStep
    let leak = constants.leakConductance
    let coupling = constants.dendriteConductance
    let leakPotential = constants.leakPotential
    somaticLeak = Number(timeStep * leak * leakPotential)
    excitatoryPotential = Number(constants.excitatoryPotential)
    inhibitoryPotential = Number(constants.inhibitionRatio * constants.inhibitoryPotential)
    minusInhibitionRatio = Number(-constants.inhibitionRatio)
    dendriticDecay = Number(1 - leak * timeStep)
    dendriticLeak = Number(leak * timeStep * leakPotential)
    dendriticGain = Number(leak * timeStep)
    let slope = -constants.rateSlope / log(2)
    let offset = -slope * constants.rateThreshold
    rateOffset = Number(offset)
    rateSlope = Number(slope)
    predictionOffset = Number(offset + slope * leak * leakPotential / (leak + coupling))
    predictionSlope = Number(slope * coupling / (leak + coupling))
  }
}

extension SomaticFactors: BitwiseCopyable where Number: BitwiseCopyable {}

extension SomaticFactors {
  /// The factors of neighbouring neurons, one per lane. Lanes without a neuron repeat the last one.
  init<Scalar: VectorScalar>(_ neurons: ArraySlice<SomaticFactors<Scalar>>)
  where Number == Scalar.Vector {
    func vector(_ factor: KeyPath<SomaticFactors<Scalar>, Scalar>) -> Number {
      var vector = Number(repeating: neurons.last![keyPath: factor])
      for (lane, neuron) in neurons.enumerated() { vector[lane] = neuron[keyPath: factor] }
      return vector
    }
    self.init(
      somaticLeak: vector(\.somaticLeak),
      excitatoryPotential: vector(\.excitatoryPotential),
      inhibitoryPotential: vector(\.inhibitoryPotential),
      minusInhibitionRatio: vector(\.minusInhibitionRatio),
      dendriticDecay: vector(\.dendriticDecay),
      dendriticLeak: vector(\.dendriticLeak),
      dendriticGain: vector(\.dendriticGain),
      rateOffset: vector(\.rateOffset),
      rateSlope: vector(\.rateSlope),
      predictionOffset: vector(\.predictionOffset),
      predictionSlope: vector(\.predictionSlope))
  }
}

/// Steps 3 to 5 and 7 of the model for the neurons of a panel, each with constants of its own. The
/// formulas are those of ``SomaticStep``, which has numbers for equal neurons.
struct PanelStep<Scalar: VectorScalar>: BitwiseCopyable {
  let factors: SomaticFactors<Scalar.Vector>

  /// The equations of all panels, from the factors of all neurons.
  static func panels(_ neurons: [SomaticFactors<Scalar>]) -> [PanelStep] {
    let lanes = Scalar.Vector.scalarCount
    return stride(from: 0, to: neurons.count, by: lanes).map { first in
      PanelStep(factors: SomaticFactors(neurons[first..<min(first + lanes, neurons.count)]))
    }
  }
}

extension PanelStep {
  /// Step 3: the somatic potentials after one Euler step [mV].
  ///
  /// - Parameters:
  ///   - soma: Somatic potentials before the step [mV].
  ///   - dendrite: Dendritic potentials before the step [mV].
  ///   - coupling: Conductance between dendrite and soma times the time step; 0 without a dendrite.
  ///   - decay: `1 - dt g_l - coupling`.
  ///   - excitation: Excitatory conductance as in ``SomaticConductances``.
  ///   - inhibition: Inhibitory conductance as in ``SomaticConductances``.
  @inline(__always)
  func soma(
    _ soma: Scalar.Vector, dendrite: Scalar.Vector, coupling: Scalar.Vector, decay: Scalar.Vector,
    excitation: Scalar.Vector,
    inhibition: Scalar.Vector
  ) -> Scalar.Vector {
    factors.somaticLeak.addingProduct(excitation, factors.excitatoryPotential)
      .addingProduct(inhibition, factors.inhibitoryPotential)
      .addingProduct(
        soma, (decay - excitation).addingProduct(factors.minusInhibitionRatio, inhibition)
      )
      .addingProduct(coupling, dendrite)  // last, because the dendrite is known last
  }

  /// Step 5: the dendritic potentials after one Euler step, from those before it and the input
  /// [mV].
  @inline(__always)
  func dendrite(_ dendrite: Scalar.Vector, input: Scalar.Vector) -> Scalar.Vector {
    factors.dendriticLeak.addingProduct(factors.dendriticDecay, dendrite).addingProduct(
      factors.dendriticGain, input)
  }

  /// Steps 4 and 7: the rates of the new somatic potentials, and the surprise, which is their
  /// difference from the rates that the old dendritic potentials predict.
  @inline(__always)
  func rates(soma: Scalar.Vector, dendrite: Scalar.Vector) -> (
    produced: Scalar.Vector, surprise: Scalar.Vector
  ) {
    // A rate is 1 / (1 + n/d) = d / (d + n), and both rates share one division. The sign of the
    // second denominator lets their difference be one multiply-add.
    let first = Scalar.powerOfTwo(
      factors.rateOffset.addingProduct(factors.rateSlope, soma))
    let second = Scalar.powerOfTwo(
      factors.predictionOffset.addingProduct(factors.predictionSlope, dendrite))
    let denominator = first.even - first.odd
    let minusDenominator = second.odd - second.even
    let firstSum = first.numerator + denominator
    let secondSum = second.numerator - minusDenominator
    let inverse = Scalar.Vector(repeating: 1) / (firstSum * secondSum)
    let produced = (denominator * secondSum) * inverse
    return (produced, produced.addingProduct(minusDenominator * firstSum, inverse))
  }
}
