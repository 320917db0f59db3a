#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How far the exponent may be off because nothing was tested between two lengths.
///
/// Where the trials of every cell agree, resampling seeds finds no error at all, though the
/// capacity may lie anywhere in a gap of the grid (``CapacityAtSize/gap``). With capacities `L_i`
/// moving within their gaps, the least-squares slope of log L over log H,
///
///     Σ w_i log L_i,   w_i = (log H_i − m) / Σ (log H_j − m)²,   m the mean of log H,
///
/// moves by at most the sum of what each gap allows. Sizes with mixed cells add nothing.
struct GridError: Equatable, Sendable {
  /// By how much the exponent may be lower.
  let below: Double

  /// By how much the exponent may be higher.
  let above: Double

  /// Adds up the gaps of sizes whose capacity is not censored.
  init(of sizes: [CapacityAtSize]) {
    let found = sizes.filter { $0.capacity?.length != nil }
    let moments = Moments(of: found.map { log($0.size) })
    var (below, above) = (0.0, 0.0)
    for size in found where moments.sumOfSquares > 0 {
      guard let gap = size.gap, let length = size.capacity?.length else { continue }
      let weight = (log(size.size) - moments.mean) / moments.sumOfSquares
      let ends = [weight * log(gap.lowerBound / length), weight * log(gap.upperBound / length)]
      below -= min(ends[0], ends[1], 0)
      above += max(ends[0], ends[1], 0)
    }
    (self.below, self.above) = (below, above)
  }

  /// An interval that also holds what the gaps allow, and the estimate itself.
  func widening(_ interval: ClosedRange<Double>, around estimate: Double) -> ClosedRange<Double> {
    min(interval.lowerBound, estimate - below)...max(interval.upperBound, estimate + above)
  }
}
