import Glibc

/// Steps 3 to 5 and 7 of the model for neighbouring neurons of a network, vector by vector.
struct SomaticStep<Scalar: VectorScalar> {
  typealias Vector = Scalar.Vector

  // Numbers instead of vectors, because a vector may occupy several registers.
  let somaticLeak: Scalar
  let excitatoryPotential: Scalar
  let inhibitoryPotential: Scalar  // times the ratio
  let minusInhibitionRatio: Scalar
  let dendriticDecay: Scalar
  let dendriticLeak: Scalar
  let dendriticGain: Scalar

  // The rate function of a potential u is 1 / (1 + 2^(offset + slope u)).
  let rateOffset: Scalar
  let rateSlope: Scalar

  // The same for the somatic potential that a dendritic potential v predicts.
  let predictionOffset: Scalar
  let predictionSlope: Scalar

  init(_ constants: ModelConstants) {
    let timeStep = constants.timeStep
    let leak = constants.leakConductance
    let coupling = constants.dendriteConductance
    let leakPotential = constants.leakPotential
    somaticLeak = Scalar(timeStep * leak * leakPotential)
    excitatoryPotential = Scalar(constants.excitatoryPotential)
    inhibitoryPotential = Scalar(constants.inhibitionRatio * constants.inhibitoryPotential)
    minusInhibitionRatio = Scalar(-constants.inhibitionRatio)
    dendriticDecay = Scalar(1 - leak * timeStep)
    dendriticLeak = Scalar(leak * timeStep * leakPotential)
    dendriticGain = Scalar(leak * timeStep)
    let slope = -constants.rateSlope / log(2)
    let offset = -slope * constants.rateThreshold
    rateOffset = Scalar(offset)
    rateSlope = Scalar(slope)
    predictionOffset = Scalar(offset + slope * leak * leakPotential / (leak + coupling))
    predictionSlope = Scalar(slope * coupling / (leak + coupling))
  }

  @inline(__always)
  private func all(_ number: Scalar) -> Vector { Vector(repeating: number) }

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
    _ soma: Vector, dendrite: Vector, coupling: Vector, decay: Vector, excitation: Vector,
    inhibition: Vector
  ) -> Vector {
    all(somaticLeak).addingProduct(excitation, all(excitatoryPotential))
      .addingProduct(inhibition, all(inhibitoryPotential))
      .addingProduct(
        soma, (decay - excitation).addingProduct(all(minusInhibitionRatio), inhibition)
      )
      .addingProduct(coupling, dendrite)  // last, because the dendrite is known last
  }

  /// Step 5: the dendritic potentials after one Euler step, from those before it and the input
  /// [mV].
  @inline(__always)
  func dendrite(_ dendrite: Vector, input: Vector) -> Vector {
    all(dendriticLeak).addingProduct(all(dendriticDecay), dendrite).addingProduct(
      all(dendriticGain), input)
  }

  /// Steps 4 and 7: the rates of the new somatic potentials, and the surprise, which is their
  /// difference from the rates that the old dendritic potentials predict.
  @inline(__always)
  func rates(soma: Vector, dendrite: Vector) -> (produced: Vector, surprise: Vector) {
    // A rate is 1 / (1 + n/d) = d / (d + n), and both rates share one division. The sign of the
    // second denominator lets their difference be one multiply-add.
    let first = Scalar.powerOfTwo(all(rateOffset).addingProduct(all(rateSlope), soma))
    let second = Scalar.powerOfTwo(
      all(predictionOffset).addingProduct(all(predictionSlope), dendrite))
    let denominator = first.even - first.odd
    let minusDenominator = second.odd - second.even
    let firstSum = first.numerator + denominator
    let secondSum = second.numerator - minusDenominator
    let inverse = all(1) / (firstSum * secondSum)
    let produced = (denominator * secondSum) * inverse
    return (produced, produced.addingProduct(minusDenominator * firstSum, inverse))
  }
}

/// Synaptic conductances of somata in one step, times the time step, shape `[panel]`; the
/// distance between panels is ``ScaffoldInput/panelStride``.
struct SomaticConductances<Scalar: VectorScalar> {
  var excitation: UnsafePointer<Scalar.Vector>

  /// Inhibition divided by ``ModelConstants/inhibitionRatio``, so that both pathways of the
  /// scaffold are sums with the same factor.
  var inhibition: UnsafePointer<Scalar.Vector>
}

/// The input of all somata in one step.
struct SomaticInput<Scalar: VectorScalar> {
  /// The conductances of the scaffold.
  var scaffold: SomaticConductances<Scalar>

  /// Target potentials [mV] of the panels with a visible neuron; nil while the teacher is off.
  var asked: UnsafePointer<Scalar.Vector>?
}

extension ModelConstants {
  /// Ratio of the inhibitory to the excitatory conductance of a scaffold edge.
  var inhibitionRatio: Double { inhibitoryScale / excitatoryScale }
}
