import Glibc

/// The constants of the neuron model, with the paper's values as defaults.
///
/// - SeeAlso: Kriener et al. (2024), arXiv:2402.16763, Methods; docs/model.md, *Constants and
///   parameters*.
public struct ModelConstants: Equatable, Sendable {
  /// Length of one Euler step [ms].
  public var timeStep = 0.1

  /// Reversal potential of the leak, `E_l` [mV].
  public var leakPotential = -70.0

  /// Reversal potential of excitatory conductances, `E_e` [mV].
  public var excitatoryPotential = 0.0

  /// Reversal potential of inhibitory conductances, `E_i` [mV].
  public var inhibitoryPotential = -75.0

  /// Leak conductance divided by the capacitance, `g_l` [1/ms].
  public var leakConductance = 0.1

  /// Conductance between dendrite and soma divided by the capacitance, `g_d` [1/ms].
  public var dendriteConductance = 2.0

  /// Excitatory conductance of one scaffold edge at full presynaptic rate, `g_e0` [1/ms].
  public var excitatoryScale = 0.3

  /// Inhibitory conductance of one scaffold edge at full presynaptic rate, `g_i0` [1/ms].
  public var inhibitoryScale = 6.0

  /// Slope of the rate function, `a` [1/mV].
  public var rateSlope = 0.3

  /// Potential at which the rate is one half, `b` [mV].
  public var rateThreshold = -58.0

  /// Potential that a sounding note adds to the leak potential in a target [mV].
  public var targetElevation = 20.0

  /// Strength of the teacher, `lambda`, in [0, 1).
  public var nudging = 0.6

  /// Relative standard deviation of each neuron's slope, distance of the threshold, and leak; 0 for equal
  /// neurons.
  public var heterogeneity = 0.0

  /// Seed of these deviations.
  public var heterogeneitySeed: UInt64 = 0

  /// Creates the paper's constants.
  public init() {}

  /// The rate function `phi(u) = 1 / (1 + exp(a (b - u)))`.
  ///
  /// - Parameter potential: A membrane potential [mV].
  /// - Returns: The rate as a fraction of the maximum rate, in [0, 1].
  public func rate(_ potential: Double) -> Double {
    1 / (1 + exp(rateSlope * (rateThreshold - potential)))
  }

  /// The rate at the leak potential, `r_rest`.
  public var restingRate: Double { rate(leakPotential) }

  /// Total conductance of the teacher onto a visible soma, `k = lambda/(1-lambda) (g_l + g_d)`
  /// [1/ms].
  public var nudgingConductance: Double {
    nudging / (1 - nudging) * (leakConductance + dendriteConductance)
  }

  /// The teacher's excitatory and inhibitory conductances for a target potential [1/ms].
  ///
  /// Their common reversal potential is the target.
  ///
  /// - Parameter target: The target potential of the soma [mV].
  public func teacher(target: Double) -> (excitatory: Double, inhibitory: Double) {
    let span = inhibitoryPotential - excitatoryPotential
    return (
      nudgingConductance * (inhibitoryPotential - target) / span,
      nudgingConductance * (target - excitatoryPotential) / span
    )
  }
}

extension ModelConstants {
  /// The smallest factor of a neuron's slope, distance of the threshold, or leak.
  static let leastFactor = 0.1

  /// The largest factor that can be drawn, for a heterogeneity: a normal number of a ``RandomStream`` is
  /// below 8.6.
  package static func largestFactor(_ heterogeneity: Double) -> Double { 1 + 8.6 * heterogeneity }

  /// The constants of each neuron, in which ``rateSlope``, ``rateThreshold`` and ``leakConductance`` are
  /// its own.
  ///
  /// A factor of a neuron is `1 + heterogeneity xi`, with a standard normal `xi`, and at least
  /// ``leastFactor``. Neurons with a lower index have the same factors in a larger network.
  ///
  /// - Parameter count: The number of neurons.
  /// - SeeAlso: docs/model.md, *Heterogeneous neurons*.
  func ofNeurons(_ count: Int) -> [ModelConstants] {
    guard heterogeneity > 0 else { return Array(repeating: self, count: count) }
    var random = RandomStream(seed: heterogeneitySeed, purpose: .heterogeneity)
    func factor() -> Double { max(Self.leastFactor, 1 + heterogeneity * random.normal()) }
    return (0..<count).map { _ in
      var own = self
      own.rateSlope *= factor()
      own.rateThreshold = leakPotential + (rateThreshold - leakPotential) * factor()
      own.leakConductance *= factor()
      return own
    }
  }
}

/// The variants of the model, which differ in the dendrites and the plastic synapses of latent
/// neurons.
public enum ModelVariant: String, CaseIterable, Sendable {
  /// The full model: every dendritic synapse learns.
  case elise
  /// A fixed recurrent network with a learned read-out: dendritic synapses onto latent neurons keep
  /// their initial weights.
  case reservoir
  /// Latent neurons have no dendrite, only a soma that the scaffold drives.
  case somaOnly = "soma_only"
}

/// Which dendritic synapses learn, and how fast.
public struct LearningRule: Equatable, Sendable {
  /// The variant of the model.
  public var variant: ModelVariant

  /// `eta_v`: learning rate of synapses from visible to visible neurons, per step.
  public var visible: Double

  /// `eta_h`: learning rate of all other plastic synapses, per step.
  public var latent: Double

  /// Creates a rule; the defaults are those of the paper.
  public init(visible: Double = 1e-4, latent: Double = 1e-3, variant: ModelVariant = .elise) {
    self.visible = visible
    self.latent = latent
    self.variant = variant
  }

  /// Learning rate of a synapse; 0 if it is fixed.
  ///
  /// - Parameters:
  ///   - isPostVisible: Whether the postsynaptic neuron is visible.
  ///   - isPreVisible: Whether the presynaptic neuron is visible.
  public func rate(isPostVisible: Bool, isPreVisible: Bool) -> Double {
    if !isPostVisible && variant != .elise { return 0 }
    return isPostVisible && isPreVisible ? visible : latent
  }

  /// Whether dendritic synapses onto latent neurons learn.
  public var latentLearns: Bool { variant == .elise }

  /// Whether latent neurons have a dendrite.
  public var latentHasDendrite: Bool { variant != .somaOnly }
}
