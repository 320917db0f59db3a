/// An implementation of the model: advances one network through cycles of its targets.
///
/// Every kernel computes the same equations, in the same order of operations per step; they differ
/// in speed, in precision, and in the order in which sums are taken.
///
/// - SeeAlso: Kriener et al. (2024), arXiv:2402.16763, equations 1 to 9 and Methods.
public protocol Kernel: AnyObject {
  /// Prepares a network for simulation.
  ///
  /// - Parameter targets: What a cycle may follow; each asks something of every visible neuron.
  init(network: Network, targets: [Target], learning: LearningRule, constants: ModelConstants)

  /// Advances the network by one cycle of the target that the drive names.
  ///
  /// - Parameters:
  ///   - drive: What acts on the network from outside.
  ///   - record: Where given, takes the rates of the steps that it asks for.
  func runCycle(_ drive: CycleDrive, recordingInto record: inout RateRecord?)

  /// The network as it stands: weights and full state, enough to continue bit for bit.
  ///
  /// - Parameter cycle: The training cycle that the network runs next.
  func network(beforeCycle cycle: Int) -> Network

  /// Whether all potentials and weights are finite numbers.
  var isFinite: Bool { get }
}
