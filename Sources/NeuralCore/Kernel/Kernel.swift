/// An implementation of the model: advances one network through cycles of its targets.
///
/// All kernels compute the same equations in the same order of operations per step. They differ in
/// speed, in precision and in the order of summation.
///
/// - SeeAlso: Kriener et al. (2024), arXiv:2402.16763, equations 1 to 9 and Methods; docs/model.md,
///   *One time step*.
public protocol Kernel: AnyObject {
  /// Prepares a network for simulation.
  ///
  /// - Parameters:
  ///   - network: The network to start from. Weights of missing synapses are ignored.
  ///   - targets: The targets that a cycle can follow; each covers all visible neurons.
  ///   - learning: Which synapses learn, and how fast.
  ///   - constants: The constants of the neuron model.
  init(network: Network, targets: [Target], learning: LearningRule, constants: ModelConstants)

  /// Advances the network by one cycle of the target that the drive names.
  ///
  /// - Parameters:
  ///   - drive: The external influences on the network.
  ///   - record: Receives the rates at every ``RateRecord/every``th step; nil for no recording.
  /// - Throws: Only what ``CycleControl/checkForStop`` of the drive throws.
  func runCycle(_ drive: CycleDrive, recordingInto record: inout RateRecord?) throws

  /// The current network without its weights and past rates.
  ///
  /// - Parameter cycle: The training cycle that the network runs next.
  func outline(beforeCycle cycle: Int) -> Network

  /// The current weights [mV], as in ``Network/dendriticWeight``; complete only after
  /// ``outline(beforeCycle:)``, which applies pending updates.
  var dendriticWeight: NumberSource { get }

  /// The past rates as far back as the longest delay, as in ``NetworkState/rateHistory``.
  var rateHistory: NumberSource { get }

  /// Multiplies the weights of a network that has not run yet.
  ///
  /// - Parameter factor: Called once for each element of ``Network/dendriticWeight``, in order.
  func scaleWeights(by factor: () -> Double)

  /// Whether all potentials and weights are finite.
  var isFinite: Bool { get }
}

extension Kernel {
  /// The current network with weights and full state: enough to continue bit for bit.
  ///
  /// - Parameter cycle: The training cycle that the network runs next.
  public func network(beforeCycle cycle: Int) -> Network {
    var network = outline(beforeCycle: cycle)
    network.dendriticWeight = dendriticWeight.array
    network.state.rateHistory = rateHistory.array
    return network
  }

  /// Multiplies every weight of a network that has not run yet by `1 + deviation · xi`, with a
  /// standard normal `xi`.
  func addWeightNoise(_ deviation: Double, seed: UInt64, draw: Int) {
    var random = RandomStream(seed: seed, purpose: .weightNoise, index: draw)
    scaleWeights { 1 + deviation * random.normal() }
  }
}

extension KernelChoice {
  /// The type that implements the choice.
  public var type: any Kernel.Type {
    switch self {
    case .reference: ReferenceKernel.self
    case .windowedDouble: WindowedKernel<Double>.self
    case .windowedSingle: WindowedKernel<Float>.self
    }
  }
}
