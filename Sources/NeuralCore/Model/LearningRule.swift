/// The variants of the model: which compartments and which plastic synapses latent neurons have.
public enum ModelVariant: String, CaseIterable, Sendable {
  /// The full model: every dendritic synapse learns.
  case elise
  /// A fixed recurrent network with a learned readout: dendritic synapses onto latent neurons stay
  /// as they were drawn.
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

  /// Creates a rule; the defaults are the paper's.
  public init(visible: Double = 1e-4, latent: Double = 1e-3, variant: ModelVariant = .elise) {
    self.visible = visible
    self.latent = latent
    self.variant = variant
  }

  /// Learning rate of a synapse; 0 where it is fixed.
  ///
  /// - Parameters:
  ///   - isPostVisible: Whether the postsynaptic neuron is visible.
  ///   - isPreVisible: Whether the presynaptic neuron is.
  public func rate(isPostVisible: Bool, isPreVisible: Bool) -> Double {
    if !isPostVisible && variant != .elise { return 0 }
    return isPostVisible && isPreVisible ? visible : latent
  }

  /// Whether dendritic synapses onto latent neurons learn.
  public var latentLearns: Bool { variant == .elise }

  /// Whether latent neurons have a dendrite.
  public var latentHasDendrite: Bool { variant != .somaOnly }
}
