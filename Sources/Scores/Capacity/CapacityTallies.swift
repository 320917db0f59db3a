/// Whether one trial of a sweep recalled its sequence.
public struct CapacityObservation: Hashable, Sendable {
  /// Size of the network, not negative: latent neurons, plastic synapses or another measure.
  public let size: Double

  /// Length of the sequence [notes], positive.
  public let length: Double

  /// The seed of the trial. Trials of one seed share random draws and are not independent, so the
  /// seed is the unit of resampling.
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
public struct CapacityCondition: Equatable, Sendable {
  /// Size of the network.
  public let size: Double

  /// Length of the sequence [notes].
  public let length: Double

  /// Number of trials that recalled the sequence.
  public let successes: Int

  /// Number of trials, at least one.
  public let trials: Int

  /// The fraction of trials that recalled the sequence.
  public var fraction: Double { Double(successes) / Double(trials) }

  /// The 95 % interval of the fraction. It assumes independent trials, as they are if each has its
  /// own seed.
  public var interval: WilsonInterval? { WilsonInterval(successes: successes, trials: trials) }
}

/// Counts of the observations of a sweep, by size and length (a *condition*) and by seed.
///
/// Only counts are kept, in ascending order of size, length and seed, so results do not depend on
/// the order of the observations.
struct CapacityTallies: Sendable {
  /// The contribution of one seed to one condition.
  struct Share: Sendable {
    let condition: Int
    var successes: Double
    var trials: Double
  }

  /// Successes and trials per condition, for all seeds or a resample.
  struct Counts: Sendable {
    var successes: [Double]
    var trials: [Double]
  }

  /// Size and length of a condition.
  private struct Place: Hashable {
    let size: Double
    let length: Double
  }

  /// The conditions in ascending order of size, then of length.
  let conditions: [CapacityCondition]

  /// The shares of each seed, in ascending order of seeds.
  let seeds: [[Share]]

  init(_ observations: [CapacityObservation]) {
    let places = Set(observations.map { Place(size: $0.size, length: $0.length) })
      .sorted { ($0.size, $0.length) < ($1.size, $1.length) }
    let indices = Dictionary(uniqueKeysWithValues: zip(places, places.indices))

    var shares: [Int: [Int: Share]] = [:]
    for observation in observations {
      let place = Place(size: observation.size, length: observation.length)
      let condition = indices[place, default: 0]
      let empty = Share(condition: condition, successes: 0, trials: 0)
      shares[observation.seed, default: [:]][condition, default: empty].trials += 1
      if observation.success {
        shares[observation.seed, default: [:]][condition, default: empty].successes += 1
      }
    }
    let seeds = shares.sorted { $0.key < $1.key }
      .map { $0.value.values.sorted { $0.condition < $1.condition } }
    self.seeds = seeds

    let counts = Self.counts(
      of: seeds, copies: Array(repeating: 1, count: seeds.count), conditions: places.count)
    conditions = places.enumerated().map { index, place in
      CapacityCondition(
        size: place.size, length: place.length, successes: Int(counts.successes[index]),
        trials: Int(counts.trials[index]))
    }
  }

  /// The counts if each seed is taken `copies` times, with all of its trials.
  func counts(copies: [Int]) -> Counts {
    Self.counts(of: seeds, copies: copies, conditions: conditions.count)
  }

  private static func counts(of seeds: [[Share]], copies: [Int], conditions: Int) -> Counts {
    var counts = Counts(
      successes: Array(repeating: 0, count: conditions),
      trials: Array(repeating: 0, count: conditions))
    for (shares, copies) in zip(seeds, copies) where copies > 0 {
      for share in shares {
        counts.successes[share.condition] += Double(copies) * share.successes
        counts.trials[share.condition] += Double(copies) * share.trials
      }
    }
    return counts
  }
}
