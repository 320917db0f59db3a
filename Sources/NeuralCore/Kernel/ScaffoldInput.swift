/// Somatic conductances that the scaffold gives to latent neurons.
///
/// Where the interneuron delays all neurons by the same, which is so in every network that this
/// program grows, inhibition is what excitation was before, but for a factor. Small networks keep it.
final class ScaffoldInput<Scalar: VectorScalar> {
  typealias Vector = Scalar.Vector

  private let excitatory: ScaffoldSums<Scalar>

  /// Of larger networks the inhibitory sums are taken anew: it takes little of their time, and to keep them
  /// a third of the memory of the weights of a thousand neurons.
  private static var mostKept: Int { 256 }

  /// How much later inhibition comes than excitation [steps]; nil where both are summed.
  private let lag: Int?

  /// The sums of the inhibitory pathway where they are taken.
  private let inhibitory: ScaffoldSums<Scalar>?

  init(
    _ network: Network, constants: ModelConstants, windowLength: Int, panels: Int,
    from rates: RateRing<Scalar>
  ) {
    let lags = Set(
      network.scaffold.edges.map {
        network.interneuronDelay[$0.pre] - network.scaffoldDelay[$0.pre]
      })
    let common = lags.isEmpty ? 0 : lags.count == 1 ? lags.first : nil
    let lag = common.flatMap { $0 < 0 || network.neurons > Self.mostKept ? nil : $0 }
    self.lag = lag
    func sums(_ delays: [Int], reach: Int) -> ScaffoldSums<Scalar> {
      ScaffoldSums(
        network, delays: delays, factor: constants.timeStep * constants.excitatoryScale,
        restingRate: constants.restingRate, reach: reach, windowLength: windowLength,
        panels: panels, from: rates)
    }
    excitatory = sums(network.scaffoldDelay, reach: lag ?? 0)
    inhibitory = lag == nil ? sums(network.interneuronDelay, reach: 0) : nil
  }

  /// Computes what is needed in a window of so many steps.
  func prepare(steps: Int, from rates: RateRing<Scalar>) {
    let blocks = StepBlock.count(steps: steps)
    excitatory.write(blocks, from: rates)
    inhibitory?.write(blocks, from: rates)
  }

  /// The conductances of a step of the window.
  @inline(__always)
  func conductances(_ step: Int) -> SomaticConductances<Scalar> {
    let excitation = excitatory.row(step)
    if let lag {
      return SomaticConductances(excitation: excitation, inhibition: excitatory.row(step - lag))
    }
    return SomaticConductances(excitation: excitation, inhibition: inhibitory!.row(step))
  }

  /// Ends a window of so many steps.
  func advance(_ count: Int) {
    excitatory.advance(count)
    inhibitory?.advance(count)
  }
}
