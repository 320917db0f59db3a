/// How the length of the sequence that a network stores grows with the network.
///
/// `L*(H)` is the length at which trials of size `H` succeed with probability one half, and `γ` its
/// growth, `L* ~ H^γ`, both from one logistic fit in log length and log size
/// (``LogisticFrontier``). An isotonic fit per size, which knows of no power law, stands beside it
/// and decides where the tested lengths do not bracket one half.
///
/// The intervals are bootstrap intervals over seeds, from a fixed stream: the same observations
/// give the same fit, bit for bit, in whatever order they come.
public struct CapacityFit: Equatable, Sendable {
  /// How many resamples an interval is taken from.
  public static let resamples = 2000

  /// The number of seeds below which the tool warns.
  public static let recommendedSeeds = 20

  /// The capacity at each tested size, in ascending order.
  public let sizes: [CapacityAtSize]

  /// The logistic fit; missing unless there are both successes and failures.
  public let model: LogisticFrontier?

  /// `γ`; missing where fewer than two sizes have an uncensored capacity.
  public let exponent: Double?

  /// The 95 % bootstrap interval of ``exponent``.
  ///
  /// Missing for fewer than two seeds and where more than one resample in forty has no frontier.
  public let exponentInterval: ClosedRange<Double>?

  /// Why ``exponent`` is missing; nil where it is not.
  public let missing: CapacityMissing?

  /// How many distinct seeds were observed.
  public let seeds: Int

  /// Whether there are too few seeds for the intervals to be trusted.
  public var isBelowRecommendedSeeds: Bool { seeds < Self.recommendedSeeds }

  /// Fits a sweep.
  ///
  /// - Parameters:
  ///   - observations: Every trial that ran to its end, in any order. Sizes of 0 are counted but
  ///     take no part in the logistic fit.
  ///   - resamples: How many resamples an interval is taken from.
  public init(_ observations: [CapacityObservation], resamples: Int = Self.resamples) {
    let tallies = CapacityTallies(observations)
    let modelled = CapacityTallies(observations.filter { $0.size > 0 })
    let design = LogisticDesign(modelled.conditions)
    let everySeed = [Int](repeating: 1, count: modelled.seeds.count)
    let model = design.fit(modelled.counts(copies: everySeed))

    let groups = Self.groupedBySize(tallies.conditions)
    let bootstrap = CapacityBootstrap(
      modelled, design: design, model: model, sizes: groups.map { $0[0].size },
      resamples: resamples)
    let sizes = zip(groups, bootstrap.capacities).map { conditions, resampled in
      CapacityAtSize(
        conditions: conditions, model: model, resampled: resampled, seeds: modelled.seeds.count)
    }
    seeds = Set(observations.map(\.seed)).count
    self.sizes = sizes
    self.model = model

    let interval = CapacityBootstrap.interval(
      of: bootstrap.exponents, seeds: modelled.seeds.count)
    let gridError = GridError(of: sizes)
    let missing = Self.reason(sizes, model)
    let exponent = missing == nil ? model?.exponent : nil
    self.missing = missing
    self.exponent = exponent
    exponentInterval = exponent.flatMap { exponent in
      interval.map { gridError.widening($0, around: exponent) }
    }
  }

  /// Why there is no exponent; nil if there is one.
  private static func reason(
    _ sizes: [CapacityAtSize], _ model: LogisticFrontier?
  ) -> CapacityMissing? {
    guard !sizes.isEmpty else { return .noTrials }
    guard let model else { return .oneOutcome }
    guard model.falls else { return .levelOrRising }
    let uncensored = sizes.count { $0.capacity?.length != nil }
    return uncensored < 2 ? .tooFewSizes(uncensored: uncensored) : nil
  }

  /// Splits sorted conditions where the size changes.
  private static func groupedBySize(_ conditions: [CapacityCondition]) -> [[CapacityCondition]] {
    var groups: [[CapacityCondition]] = []
    for condition in conditions {
      if groups.last?.last?.size == condition.size {
        groups[groups.count - 1].append(condition)
      } else {
        groups.append([condition])
      }
    }
    return groups
  }
}

/// Why a capacity or its exponent is missing.
public enum CapacityMissing: Equatable, Sendable {
  /// There is no trial.
  case noTrials
  /// All trials succeeded, or all failed.
  case oneOutcome
  /// The logistic fit does not fall with length, as where one length was tested.
  case levelOrRising
  /// The power law says nothing about networks of size 0.
  case sizeZero
  /// A slope over sizes needs two of them at which the capacity is not censored.
  case tooFewSizes(uncensored: Int)
}

extension CapacityMissing: CustomStringConvertible {
  /// The reason in words.
  public var description: String {
    switch self {
    case .noTrials:
      "there are no trials"
    case .oneOutcome:
      "every trial has the same outcome: no frontier lies among the tested sizes and lengths"
    case .levelOrRising:
      "success does not fall with length: no frontier can be fitted"
    case .sizeZero:
      "a power law does not reach size 0"
    case .tooFewSizes(let uncensored):
      "the tested lengths bracket the capacity at \(uncensored) size\(uncensored == 1 ? "" : "s"), "
        + "an exponent needs 2"
    }
  }
}
