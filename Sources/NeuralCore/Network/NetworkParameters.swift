/// What a new network is made from.
public struct NetworkParameters: Equatable, Sendable {
  /// Number of visible neurons.
  public var visible: Int

  /// Number of latent neurons, at least 2.
  public var latent: Int

  /// Probabilities of scaffold growth; nil for a network without scaffold.
  public var growth: ScaffoldGrowth? = ScaffoldGrowth()

  /// Which dendritic synapses exist.
  public var connectivity = DendriticConnectivity()

  /// Range of dendritic and of scaffold delays [steps], both ends included.
  public var delay = 50...150

  /// How much later the inhibitory pathway acts than the excitatory one [steps].
  public var interneuronDelay = 250

  /// Mean of the initial weights [mV].
  public var weightMean = 0.0

  /// Standard deviation of the initial weights [mV].
  public var weightDeviation = 0.5

  /// The paper's parameters for given populations.
  public init(visible: Int, latent: Int) {
    self.visible = visible
    self.latent = latent
  }
}

extension Network {
  /// Makes a new network at rest.
  ///
  /// - Parameters:
  ///   - parameters: What it is made from.
  ///   - seed: Drives every draw; each purpose has a stream of its own.
  ///   - constants: Give the resting state.
  ///   - kernel: Gives the precision of the weights.
  /// - Throws: ``NetworkError`` where no scaffold can grow.
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

    // Every pair draws a weight, whether or not it has a synapse: networks of one seed that differ
    // in their density share the weights of the synapses that both have.
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
