/// The length of the sequences that networks of one size store.
public struct CapacityAtSize: Equatable, Sendable {
  /// The size `H`.
  public let size: Double

  /// The trials at each tested length, in ascending order of length.
  public let conditions: [CapacityCondition]

  /// The success fraction at each length, made non-increasing in length.
  public let isotonicFractions: [Double]

  /// The length at which the isotonic fractions cross one half [notes]. It uses only trials of this
  /// size.
  public let isotonicCapacity: CensoredLength

  /// `L*`: the length at which the logistic fit over all sizes is one half [notes].
  ///
  /// It is never extrapolated. It is censored
  /// - above, if the isotonic fraction at the longest tested length is above one half;
  /// - below, if the isotonic fraction at the shortest tested length is below one half;
  /// - otherwise, on the side on which the logistic fit lies outside the tested lengths of this
  ///   size.
  public let capacity: CensoredLength?

  /// The 95 % bootstrap interval of ``capacity``; each end is censored to the tested lengths.
  ///
  /// nil for fewer than two seeds, and if more than one resample in forty has no frontier.
  public let interval: CensoredInterval?

  /// Whether ``capacity`` and ``isotonicCapacity`` differ by more than half, because success does not
  /// fall steadily with length. Then neither describes the sequences that are recalled.
  public var isUnsteady: Bool {
    guard let logistic = capacity?.length, let isotonic = isotonicCapacity.length else {
      return false
    }
    return max(logistic, isotonic) > 1.5 * min(logistic, isotonic)
  }

  /// Why ``capacity`` is missing; nil if it is not.
  public let missing: CapacityMissing?

  /// The range of lengths in which ``capacity`` may lie if all trials at each length agree; see
  /// ``IsotonicFrontier/gap``.
  let gap: ClosedRange<Double>?

  /// Computes the frontier at one size.
  ///
  /// - Parameters:
  ///   - conditions: The trials at each length, at least one length, in ascending order, all of one
  ///     size.
  ///   - model: The fit over all sizes; nil if all trials agree.
  ///   - resampled: The frontier of each resample at this size, as in ``CapacityBootstrap``.
  ///   - seeds: Number of resampled seeds.
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
    // The interval includes its estimate and the gap, about which resampled seeds say nothing.
    let estimate = capacity.unbounded
    let gap = isotonic.gap ?? estimate...estimate
    interval = CensoredInterval(
      lower: CensoredLength(min(ends.lowerBound, estimate, gap.lowerBound), tested: tested),
      upper: CensoredLength(max(ends.upperBound, estimate, gap.upperBound), tested: tested))
  }
}
