/// Whether one trial of a sweep recalled its sequence.
public struct CapacityObservation: Hashable, Sendable {
  /// Size of the network: latent neurons, plastic synapses or any other measure, not negative.
  public let size: Double

  /// Notes of the sequence, positive.
  public let length: Double

  /// The trial's seed: trials that share one start from the same draws and are no independent
  /// evidence, so the seed is the unit that is resampled.
  public let seed: Int

  /// Whether the trial recalled the sequence.
  public let success: Bool

  /// Creates an observation.
  public init(size: Double, length: Double, seed: Int, success: Bool) {
    precondition(size >= 0 && size.isFinite, "a size is not negative")
    precondition(length > 0 && length.isFinite, "a length is positive")
    self.size = size
    self.length = length
    self.seed = seed
    self.success = success
  }
}

/// The trials of one size and one length.
public struct CapacityCell: Equatable, Sendable {
  /// Size of the network.
  public let size: Double

  /// Notes of the sequence.
  public let length: Double

  /// How many trials recalled the sequence.
  public let successes: Int

  /// How many trials there are, at least one.
  public let trials: Int

  /// The fraction of trials that recalled the sequence.
  public var fraction: Double { Double(successes) / Double(trials) }

  /// The fraction's 95 % interval. It takes trials for independent, as they are if each has
  /// another seed.
  public var interval: WilsonInterval? { WilsonInterval(successes: successes, trials: trials) }
}
