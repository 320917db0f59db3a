/// Everything about a network that changes from step to step, apart from its weights.
public struct NetworkState: Equatable, Sendable {
  /// Somatic potentials `u` [mV], shape `[neuron]`.
  public var somaticPotential: [Double]

  /// Dendritic potentials `v` [mV], shape `[neuron]`.
  public var dendriticPotential: [Double]

  /// Low-pass filtered, delayed presynaptic rates `rbar`, shape `[neuron]`.
  public var trace: [Double]

  /// The rates of the last steps, oldest first, shape `[step, neuron]`. May be shorter than the
  /// longest delay: what came before it is at rest.
  public var rateHistory: NumberArray

  /// The state before step 0: potentials at the leak, empty traces, a past at rest.
  public init(neurons: Int, constants: ModelConstants = ModelConstants()) {
    somaticPotential = Array(repeating: constants.leakPotential, count: neurons)
    dendriticPotential = somaticPotential
    trace = Array(repeating: 0, count: neurons)
    rateHistory = []
  }

  /// Creates a state from its parts.
  public init(
    somaticPotential: [Double], dendriticPotential: [Double], trace: [Double],
    rateHistory: NumberArray
  ) {
    self.somaticPotential = somaticPotential
    self.dendriticPotential = dendriticPotential
    self.trace = trace
    self.rateHistory = rateHistory
  }
}
