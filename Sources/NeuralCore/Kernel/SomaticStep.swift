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

/// Steps 3 to 5 and 7 of the model for neighbouring neurons of a network, vector by vector.
protocol SomaticEquations<Scalar> {
  associatedtype Scalar: VectorScalar
  associatedtype Number
  typealias Vector = Scalar.Vector

  var factors: SomaticFactors<Number> { get }

  /// A factor in every lane.
  func all(_ factor: Number) -> Vector
}

/// The equations of each panel of a network.
protocol EquationsOfPanels<Scalar> {
  associatedtype Scalar
  associatedtype Equations: SomaticEquations<Scalar>

  subscript(panel: Int) -> Equations { get }
}

/// The equations of equal neurons.
struct SomaticStep<Scalar: VectorScalar>: SomaticEquations, EquationsOfPanels {
  // Numbers instead of vectors, because a vector may occupy several registers.
  let factors: SomaticFactors<Scalar>

  @inline(__always)
  func all(_ factor: Scalar) -> Scalar.Vector { Scalar.Vector(repeating: factor) }

  @inline(__always)
  subscript(panel: Int) -> SomaticStep { self }
}

/// The equations of the neurons of a panel, each with constants of its own.
struct PanelStep<Scalar: VectorScalar>: SomaticEquations, BitwiseCopyable {
  let factors: SomaticFactors<Scalar.Vector>

  @inline(__always)
  func all(_ factor: Scalar.Vector) -> Scalar.Vector { factor }

  /// The equations of all panels, from the factors of all neurons.
  static func panels(_ neurons: [SomaticFactors<Scalar>]) -> [PanelStep] {
    let lanes = Scalar.Vector.scalarCount
    return stride(from: 0, to: neurons.count, by: lanes).map { first in
      PanelStep(factors: SomaticFactors(neurons[first..<min(first + lanes, neurons.count)]))
    }
  }
}

/// The equations of panels whose neurons differ.
struct PanelSteps<Scalar: VectorScalar>: EquationsOfPanels {
  private let panels: UnsafePointer<PanelStep<Scalar>>

  init(_ panels: UnsafePointer<PanelStep<Scalar>>) { self.panels = panels }

  @inline(__always)
  subscript(panel: Int) -> PanelStep<Scalar> { panels[panel] }
}

extension SomaticEquations {
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
    all(factors.somaticLeak).addingProduct(excitation, all(factors.excitatoryPotential))
      .addingProduct(inhibition, all(factors.inhibitoryPotential))
      .addingProduct(
        soma, (decay - excitation).addingProduct(all(factors.minusInhibitionRatio), inhibition)
      )
      .addingProduct(coupling, dendrite)  // last, because the dendrite is known last
  }

  /// Step 5: the dendritic potentials after one Euler step, from those before it and the input
  /// [mV].
  @inline(__always)
  func dendrite(_ dendrite: Vector, input: Vector) -> Vector {
    all(factors.dendriticLeak).addingProduct(all(factors.dendriticDecay), dendrite).addingProduct(
      all(factors.dendriticGain), input)
  }

  /// Steps 4 and 7: the rates of the new somatic potentials, and the surprise, which is their
  /// difference from the rates that the old dendritic potentials predict.
  @inline(__always)
  func rates(soma: Vector, dendrite: Vector) -> (produced: Vector, surprise: Vector) {
    // A rate is 1 / (1 + n/d) = d / (d + n), and both rates share one division. The sign of the
    // second denominator lets their difference be one multiply-add.
    let first = Scalar.powerOfTwo(
      all(factors.rateOffset).addingProduct(all(factors.rateSlope), soma))
    let second = Scalar.powerOfTwo(
      all(factors.predictionOffset).addingProduct(all(factors.predictionSlope), dendrite))
    let denominator = first.even - first.odd
    let minusDenominator = second.odd - second.even
    let firstSum = first.numerator + denominator
    let secondSum = second.numerator - minusDenominator
    let inverse = Vector(repeating: 1) / (firstSum * secondSum)
    let produced = (denominator * secondSum) * inverse
    return (produced, produced.addingProduct(minusDenominator * firstSum, inverse))
  }
}

/// Synaptic conductances of somata in one step, times the time step, shape `[panel]`.
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
