/// What drives a network through one cycle of the pattern.
public struct CycleDrive: Sendable {
  /// Whether the teacher nudges the visible somata towards the target.
  public var nudged: Bool

  /// Creates a drive.
  public init(nudged: Bool) {
    self.nudged = nudged
  }
}

/// An implementation of the model: advances one network through cycles of one target.
///
/// Every kernel computes the same equations, in the same order of operations per step; they differ
/// in speed, in precision, and in the order in which sums are taken.
///
/// - SeeAlso: Kriener et al. (2024), arXiv:2402.16763, equations 1 to 9 and Methods.
public protocol Kernel: AnyObject {
  /// Prepares a network for simulation.
  init(network: Network, target: Target, learning: LearningRates, constants: ModelConstants)

  /// Advances the network by one cycle of the target.
  ///
  /// - Parameters:
  ///   - drive: Teacher on or off.
  ///   - record: Where given, takes the rates of the steps that it asks for.
  func runCycle(_ drive: CycleDrive, recordingInto record: inout RateRecord?)

  /// The network as it stands: weights and full state, enough to continue bit for bit.
  ///
  /// - Parameter cycle: The training cycle that the network runs next.
  func network(beforeCycle cycle: Int) -> Network

  /// Whether all potentials and weights are finite numbers.
  var isFinite: Bool { get }
}

/// Learning rates of the dendritic synapses, per step.
public struct LearningRates: Equatable, Sendable {
  /// `eta_v`: synapses from visible to visible neurons.
  public var visible = 1e-4

  /// `eta_h`: all other synapses.
  public var latent = 1e-3

  /// The paper's learning rates.
  public init() {}

  /// Creates learning rates.
  public init(visible: Double, latent: Double) {
    self.visible = visible
    self.latent = latent
  }
}
