import Glibc
import NeuralCore

/// The frontier, refitted to resampled seeds.
///
/// The seed is the unit of resampling: trials of one seed at all sizes and lengths share their
/// random draws, so they are always taken together.
///
/// - SeeAlso: docs/scores.md, *Capacity: `capacity.csv`*.
struct CapacityBootstrap: Sendable {
  /// The frontier at each size for each resample [notes], shape `[size][resample]`: 0 if all trials
  /// failed, infinite if all succeeded, NaN if success does not fall with length and at size 0.
  private(set) var capacities: [[Double]]

  /// The exponent of each resample; NaN if success does not fall with length.
  private(set) var exponents: [Double] = []

  /// Resamples with draws from a fixed stream, so that the same trials give the same interval
  /// everywhere.
  ///
  /// Each refit starts from the fit to all seeds, which is usually close.
  ///
  /// - Complexity: O(resamples × conditions) for each of about five Newton steps.
  init(
    _ tallies: CapacityTallies, design: LogisticDesign, model: LogisticFrontier?,
    sizes: [Double], resamples: Int
  ) {
    capacities = Array(repeating: [], count: sizes.count)
    let seeds = tallies.seeds.count
    guard seeds >= 2 else { return }
    var random = RandomStream(seed: 0, purpose: .bootstrap)
    for _ in 0..<resamples {
      var copies = [Int](repeating: 0, count: seeds)
      for _ in 0..<seeds { copies[random.integer(below: seeds)] += 1 }
      let counts = tallies.counts(copies: copies)
      let refit = design.fit(counts, from: model?.coefficients ?? .zero)
      let unanimous = counts.successes.contains { $0 > 0 } ? Double.infinity : 0
      for (index, size) in sizes.enumerated() {
        let capacity = refit.map { $0.capacity(size: size) ?? .nan } ?? unanimous
        capacities[index].append(size > 0 ? capacity : .nan)
      }
      exponents.append(refit?.exponent ?? .nan)
    }
  }

  /// The 95 % interval of resampled values.
  ///
  /// - Returns: nil for fewer than two seeds, and if more than one value in forty is NaN: an end of
  ///   the interval is then unknown.
  static func interval(of values: [Double], seeds: Int) -> ClosedRange<Double>? {
    let defined = values.filter { !$0.isNaN }
    guard seeds >= 2, !defined.isEmpty, 40 * (values.count - defined.count) <= values.count
    else { return nil }
    return BootstrapInterval.percentile(of: defined, units: seeds)
  }
}

/// The error of the exponent that is due to the distance between tested lengths.
///
/// If all trials at each length agree, resampling seeds gives no error, although the capacity may
/// lie anywhere in a gap of the grid (``CapacityAtSize/gap``). If the capacities `L_i` vary within
/// their gaps, the least-squares slope of log L over log H,
///
///     Σ w_i log L_i,   w_i = (log H_i − m) / Σ (log H_j − m)²,   m the mean of log H,
///
/// changes by at most the sum of the contributions of the gaps. Sizes without a gap contribute
/// nothing.
struct GridError: Equatable, Sendable {
  /// The largest decrease of the exponent.
  let below: Double

  /// The largest increase of the exponent.
  let above: Double

  /// Adds the contributions of the sizes whose capacity is not censored.
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

  /// The interval, widened to include the estimate and its error.
  func widening(_ interval: ClosedRange<Double>, around estimate: Double) -> ClosedRange<Double> {
    min(interval.lowerBound, estimate - below)...max(interval.upperBound, estimate + above)
  }
}
