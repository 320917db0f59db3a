/// How long a sequence networks of one size store.
public struct CapacityAtSize: Equatable, Sendable {
  /// The size `H`.
  public let size: Double

  /// The tested lengths in ascending order, with their success fractions.
  public let conditions: [CapacityCondition]

  /// The success fraction of each condition, made non-increasing in length.
  public let isotonicFractions: [Double]

  /// Where the isotonic fractions cross one half: what this size says by itself.
  public let isotonicCapacity: CensoredLength

  /// `L*`: the length at which the logistic fit over all sizes is one half.
  ///
  /// Never extrapolated. It is censored
  /// - above, if the isotonic fraction at the longest tested length is still above one half;
  /// - below, if that at the shortest tested length is already below one half;
  /// - else on the side where the logistic fit leaves the tested lengths of this size, if it does.
  public let capacity: CensoredLength?

  /// The 95 % bootstrap interval of ``capacity``, each end censored to the tested lengths.
  ///
  /// Missing for fewer than two seeds and where more than one resample in forty has no frontier.
  public let interval: CensoredInterval?

  /// Why ``capacity`` is missing; nil where it is not.
  public let missing: CapacityMissing?

  /// Between which lengths ``capacity`` may lie where the trials of every condition agree; see
  /// ``IsotonicFrontier/gap``.
  let gap: ClosedRange<Double>?

  /// Reads the frontier at one size.
  ///
  /// - Parameters:
  ///   - conditions: At least one condition, all of one size, in ascending order of length.
  ///   - model: The fit over all sizes; missing where all trials agree.
  ///   - resampled: The frontier of each resample at this size, as ``CapacityBootstrap`` has it.
  ///   - seeds: How many seeds were resampled.
  init(
    conditions: [CapacityCondition], model: LogisticFrontier?, resampled: [Double], seeds: Int
  ) {
    let size = conditions[0].size
    let tested = conditions[0].length...conditions[conditions.count - 1].length
    let isotonic = IsotonicFrontier(conditions)
    self.size = size
    self.conditions = conditions
    isotonicFractions = isotonic.fractions
    isotonicCapacity = isotonic.capacity
    gap = isotonic.gap

    let fitted = size > 0 ? model?.capacity(size: size) : nil
    let capacity =
      isotonic.capacity.isCensored
      ? isotonic.capacity : fitted.map { CensoredLength($0, tested: tested) }
    self.capacity = capacity
    missing = capacity == nil ? (size > 0 ? .levelOrRising : .sizeZero) : nil

    guard let capacity, let ends = CapacityBootstrap.interval(of: resampled, seeds: seeds) else {
      interval = nil
      return
    }
    // An interval holds its own estimate, and all of a gap of which the seeds know nothing.
    let estimate = capacity.unbounded
    let gap = isotonic.gap ?? estimate...estimate
    interval = CensoredInterval(
      lower: CensoredLength(min(ends.lowerBound, estimate, gap.lowerBound), tested: tested),
      upper: CensoredLength(max(ends.upperBound, estimate, gap.upperBound), tested: tested))
  }
}
