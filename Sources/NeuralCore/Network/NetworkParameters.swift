/// The parameters of a new network.
public struct NetworkParameters: Equatable, Sendable {
  /// Number of visible neurons.
  public var visible: Int

  /// Number of latent neurons, at least 2.
  public var latent: Int

  /// Probabilities of scaffold growth; nil for a network without a scaffold.
  public var growth: ScaffoldGrowth? = ScaffoldGrowth()

  /// Which dendritic synapses exist.
  public var connectivity = DendriticConnectivity()

  /// Range of the dendritic and scaffold delays [steps], both ends included.
  public var delay = 50...150

  /// Delay of the inhibitory pathway relative to the excitatory one [steps].
  public var interneuronDelay = 250

  /// Mean of the initial weights [mV].
  public var weightMean = 0.0

  /// Standard deviation of the initial weights [mV].
  public var weightDeviation = 0.5

  /// Creates the paper's parameters for given populations.
  public init(visible: Int, latent: Int) {
    self.visible = visible
    self.latent = latent
  }
}

extension Network {
  /// Draws a new network at rest.
  ///
  /// - Parameters:
  ///   - parameters: The parameters of the network.
  ///   - seed: The seed of all draws; each purpose has its own stream.
  ///   - constants: Determine the resting state.
  ///   - kernel: Determines the precision of the weights.
  /// - Throws: ``NetworkError/scaffoldCannotGrow(latent:acceptance:)``, or
  ///   ``NetworkError/outOfRange(of:index:found:allowed:)`` for parameters that are not allowed.
  public init(
    _ parameters: NetworkParameters, seed: UInt64, constants: ModelConstants = ModelConstants(),
    for kernel: KernelChoice = .windowedDouble
  ) throws(NetworkError) {
    let neurons = parameters.visible + parameters.latent
    var scaffold = Scaffold()
    if let growth = parameters.growth {
      var random = RandomStream(seed: seed, purpose: .scaffold)
      scaffold = try Scaffold.grown(
        visible: parameters.visible, latent: parameters.latent, growth: growth, random: &random)
    }

    func delays(_ purpose: RandomStream.Purpose) -> [Int] {
      var random = RandomStream(seed: seed, purpose: purpose)
      return (0..<neurons).map { _ in
        parameters.delay.lowerBound + random.integer(below: parameters.delay.count)
      }
    }
    let scaffoldDelay = delays(.scaffoldDelays)

    // Every pair of neurons draws a weight, with or without a synapse, so that networks of one seed
    // but different density share the weights of their common synapses.
    let synapse = parameters.connectivity.synapses(
      visible: parameters.visible, latent: parameters.latent, scaffold: scaffold, seed: seed)
    var random = RandomStream(seed: seed, purpose: .dendriticWeights)
    let weight = NumberArray(count: synapse.count, for: kernel) { index in
      let weight = parameters.weightMean + parameters.weightDeviation * random.normal()
      return synapse[index] ? weight : 0
    }

    try self.init(
      visible: parameters.visible, latent: parameters.latent, scaffold: scaffold,
      dendriticDelay: delays(.dendriticDelays), scaffoldDelay: scaffoldDelay,
      interneuronDelay: scaffoldDelay.map { $0 + parameters.interneuronDelay },
      dendriticSynapse: synapse, dendriticWeight: weight,
      state: NetworkState(neurons: neurons, constants: constants))
  }
}
