import Glibc
import NeuralCore

/// The frontier refitted to resampled seeds.
///
/// A seed is one unit: its trials at every size and length share their random draws, so all of
/// them are taken together or not at all.
struct CapacityBootstrap: Sendable {
  /// The frontier at each size for each resample, shape `[size][resample]`: 0 where all trials
  /// failed, infinite where all succeeded, NaN where success does not fall with length and at
  /// size 0.
  private(set) var capacities: [[Double]]

  /// The exponent of each resample; NaN where success does not fall with length.
  private(set) var exponents: [Double] = []

  /// Resamples from a fixed stream, so that the same trials give the same interval everywhere.
  ///
  /// Each refit starts from that of all seeds, from which it is seldom far.
  ///
  /// - Complexity: O(resamples × conditions) for each of some five Newton steps.
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
  /// - Returns: Missing for fewer than two seeds, and where more than one value in forty is
  ///   undefined: an end of the interval could then be anything.
  static func interval(of values: [Double], seeds: Int) -> ClosedRange<Double>? {
    let defined = values.filter { !$0.isNaN }
    guard seeds >= 2, !defined.isEmpty, 40 * (values.count - defined.count) <= values.count
    else { return nil }
    return BootstrapInterval.percentile(of: defined, units: seeds)
  }
}

/// How far the exponent may be off because nothing was tested between two lengths.
///
/// Where the trials of every condition agree, resampling seeds finds no error at all, though the
/// capacity may lie anywhere in a gap of the grid (``CapacityAtSize/gap``). With capacities `L_i`
/// moving within their gaps, the least-squares slope of log L over log H,
///
///     Σ w_i log L_i,   w_i = (log H_i − m) / Σ (log H_j − m)²,   m the mean of log H,
///
/// moves by at most the sum of what each gap allows. Sizes with mixed conditions add nothing.
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
