/// The growth of the stored sequence length with the size of the network.
///
/// `L*(H)` is the length at which trials of size `H` succeed with probability one half, and `γ` is
/// the exponent of its growth, `L* ~ H^γ`. Both come from one logistic fit in log length and log
/// size (``LogisticFrontier``). An isotonic fit per size, which assumes no power law, decides
/// whether the tested lengths bracket one half.
///
/// The intervals are bootstrap intervals over seeds with draws from a fixed stream: the same
/// observations give the same bits in any order.
///
/// - SeeAlso: docs/scores.md, *Capacity: `capacity.csv`*.
public struct CapacityFit: Equatable, Sendable {
  /// Number of resamples for an interval.
  public static let resamples = 2000

  /// The number of seeds below which the program warns.
  public static let recommendedSeeds = 20

  /// The number of seeds below which ``exponentInterval`` is missing: in simulated sweeps of three seeds,
  /// 75 % of such intervals contained the exponent instead of 95 %.
  public static let fewestSeeds = 5

  /// The capacity at each tested size, in ascending order.
  public let sizes: [CapacityAtSize]

  /// The logistic fit; nil unless there are both successes and failures.
  public let model: LogisticFrontier?

  /// `γ`; nil if fewer than two sizes have an uncensored capacity.
  public let exponent: Double?

  /// The 95 % bootstrap interval of ``exponent``.
  ///
  /// nil for fewer than ``fewestSeeds``, and if more than one resample in forty has no frontier.
  public let exponentInterval: ClosedRange<Double>?

  /// Why ``exponent`` is missing; nil if it is not.
  public let missing: CapacityMissing?

  /// Number of distinct seeds.
  public let seeds: Int

  /// Whether there are too few seeds for an interval of an exponent.
  public var lacksSeedsForInterval: Bool { exponent != nil && seeds < Self.fewestSeeds }

  /// Whether there are too few seeds for reliable intervals.
  public var isBelowRecommendedSeeds: Bool { seeds < Self.recommendedSeeds }

  /// Fits a sweep.
  ///
  /// - Parameters:
  ///   - observations: All finished trials, in any order. Trials of size 0 are counted but are not
  ///     part of the logistic fit.
  ///   - resamples: Number of resamples for an interval.
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

    let interval =
      seeds < Self.fewestSeeds
      ? nil : CapacityBootstrap.interval(of: bootstrap.exponents, seeds: modelled.seeds.count)
    let gridError = GridError(of: sizes)
    let missing = Self.reason(sizes, model)
    let exponent = missing == nil ? model?.exponent : nil
    self.missing = missing
    self.exponent = exponent
    exponentInterval = exponent.flatMap { exponent in
      interval.map { gridError.widening($0, around: exponent) }
    }
  }

  /// Why the exponent is missing; nil if it is not.
  private static func reason(
    _ sizes: [CapacityAtSize], _ model: LogisticFrontier?
  ) -> CapacityMissing? {
    guard !sizes.isEmpty else { return .noTrials }
    guard let model else { return .oneOutcome }
    guard model.falls else { return .levelOrRising }
    let uncensored = sizes.count { $0.capacity?.length != nil }
    return uncensored < 2 ? .tooFewSizes(uncensored: uncensored) : nil
  }

  /// Groups sorted conditions by size.
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
  /// The logistic fit does not fall with length, for example if only one length was tested.
  case levelOrRising
  /// The power law does not apply to networks of size 0.
  case sizeZero
  /// The exponent needs two sizes with an uncensored capacity.
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
