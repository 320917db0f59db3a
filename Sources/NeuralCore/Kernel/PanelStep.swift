/// Steps 3 to 5 and 7 of the model for the neurons of a panel, each with constants of its own. The
/// formulas are those of ``SomaticStep``, which has numbers for equal neurons.
struct PanelStep<Scalar: VectorScalar>: BitwiseCopyable {
  typealias Vector = Scalar.Vector

  // The numbers of ``SomaticStep``, one per lane.
  private let somaticLeak: Vector
  private let excitatoryPotential: Vector
  private let inhibitoryPotential: Vector
  private let minusInhibitionRatio: Vector
  private let dendriticDecay: Vector
  private let dendriticLeak: Vector
  private let dendriticGain: Vector
  private let rateOffset: Vector
  private let rateSlope: Vector
  private let predictionOffset: Vector
  private let predictionSlope: Vector

  /// The equations of neighbouring neurons. Lanes without a neuron repeat the last one.
  private init(_ neurons: ArraySlice<SomaticStep<Scalar>>) {
    func vector(_ number: KeyPath<SomaticStep<Scalar>, Scalar>) -> Vector {
      var vector = Vector(repeating: neurons.last![keyPath: number])
      for (lane, neuron) in neurons.enumerated() { vector[lane] = neuron[keyPath: number] }
      return vector
    }
    somaticLeak = vector(\.somaticLeak)
    excitatoryPotential = vector(\.excitatoryPotential)
    inhibitoryPotential = vector(\.inhibitoryPotential)
    minusInhibitionRatio = vector(\.minusInhibitionRatio)
    dendriticDecay = vector(\.dendriticDecay)
    dendriticLeak = vector(\.dendriticLeak)
    dendriticGain = vector(\.dendriticGain)
    rateOffset = vector(\.rateOffset)
    rateSlope = vector(\.rateSlope)
    predictionOffset = vector(\.predictionOffset)
    predictionSlope = vector(\.predictionSlope)
  }

  /// The equations of all panels, from those of all neurons.
  static func panels(_ neurons: [SomaticStep<Scalar>]) -> [PanelStep] {
    let lanes = Vector.scalarCount
    return stride(from: 0, to: neurons.count, by: lanes).map { first in
      PanelStep(neurons[first..<min(first + lanes, neurons.count)])
    }
  }

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
    _ soma: Vector, dendrite: Vector, coupling: Vector, decay: Vector,
    excitation: Vector,
    inhibition: Vector
  ) -> Vector {
    somaticLeak.addingProduct(excitation, excitatoryPotential)
      .addingProduct(inhibition, inhibitoryPotential)
      .addingProduct(
        soma, (decay - excitation).addingProduct(minusInhibitionRatio, inhibition)
      )
      .addingProduct(coupling, dendrite)  // last, because the dendrite is known last
  }

  /// Step 5: the dendritic potentials after one Euler step, from those before it and the input
  /// [mV].
  @inline(__always)
  func dendrite(_ dendrite: Vector, input: Vector) -> Vector {
    dendriticLeak.addingProduct(dendriticDecay, dendrite).addingProduct(
      dendriticGain, input)
  }

  /// Steps 4 and 7: the rates of the new somatic potentials, and the surprise, which is their
  /// difference from the rates that the old dendritic potentials predict.
  @inline(__always)
  func rates(soma: Vector, dendrite: Vector) -> (
    produced: Vector, surprise: Vector
  ) {
    // A rate is 1 / (1 + n/d) = d / (d + n), and both rates share one division. The sign of the
    // second denominator lets their difference be one multiply-add.
    let first = Scalar.powerOfTwo(
      rateOffset.addingProduct(rateSlope, soma))
    let second = Scalar.powerOfTwo(
      predictionOffset.addingProduct(predictionSlope, dendrite))
    let denominator = first.even - first.odd
    let minusDenominator = second.odd - second.even
    let firstSum = first.numerator + denominator
    let secondSum = second.numerator - minusDenominator
    let inverse = Vector(repeating: 1) / (firstSum * secondSum)
    let produced = (denominator * secondSum) * inverse
    return (produced, produced.addingProduct(minusDenominator * firstSum, inverse))
  }
}
