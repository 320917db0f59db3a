/// An implementation of the model: advances one network through cycles of its targets.
///
/// Every kernel computes the same equations, in the same order of operations per step; they differ
/// in speed, in precision, and in the order in which sums are taken.
///
/// - SeeAlso: Kriener et al. (2024), arXiv:2402.16763, equations 1 to 9 and Methods.
public protocol Kernel: AnyObject {
  /// Prepares a network for simulation.
  ///
  /// - Parameters:
  ///   - network: A weight counts only where there is a synapse.
  ///   - targets: What a cycle may follow; each asks something of every visible neuron.
  init(network: Network, targets: [Target], learning: LearningRule, constants: ModelConstants)

  /// Advances the network by one cycle of the target that the drive names.
  ///
  /// - Parameters:
  ///   - drive: What acts on the network from outside.
  ///   - record: Where given, takes the rates of the steps that it asks for.
  func runCycle(_ drive: CycleDrive, recordingInto record: inout RateRecord?)

  /// The network as it stands, without its weights and past rates.
  ///
  /// - Parameter cycle: The training cycle that the network runs next.
  func outline(beforeCycle cycle: Int) -> Network

  /// The weights after ``outline(beforeCycle:)``, as in ``Network/dendriticWeight``.
  var dendriticWeight: NumberSource { get }

  /// The rates of the longest delay's steps, as in ``NetworkState/rateHistory``.
  var rateHistory: NumberSource { get }

  /// Multiplies the weights of a network that has not run yet.
  ///
  /// - Parameter factor: Called once for each element of ``Network/dendriticWeight``, in their order.
  func scaleWeights(by factor: () -> Double)

  /// Whether all potentials and weights are finite numbers.
  var isFinite: Bool { get }
}

extension Kernel {
  /// The network as it stands: weights and full state, enough to continue bit for bit.
  ///
  /// - Parameter cycle: The training cycle that the network runs next.
  public func network(beforeCycle cycle: Int) -> Network {
    var network = outline(beforeCycle: cycle)
    network.dendriticWeight = dendriticWeight.array
    network.state.rateHistory = rateHistory.array
    return network
  }

  /// Multiplies every weight of a network that has not run yet by `1 + deviation · xi`.
  func addWeightNoise(_ deviation: Double, seed: UInt64) {
    var random = RandomStream(seed: seed, purpose: .weightNoise)
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
