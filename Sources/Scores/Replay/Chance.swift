/// The correlation that the right notes in a random order reach.
///
/// Even an unrelated replay matches at *some* shift; a quality is read against this level. For Für
/// Elise the mean is about .16 and the 95th percentile about .24.
public struct Chance: Equatable, Sendable {
  /// How many permuted targets the shared definition asks for.
  public static let permutations = 200

  /// Mean of the shift-maximised correlation over the permuted targets.
  public let mean: Double

  /// Its 95th percentile, with linear interpolation between order statistics.
  public let percentile95: Double

  /// How many permuted targets had a correlation.
  public let count: Int

  /// Compares a perfect replay of a target with targets whose notes come in another order.
  ///
  /// - Parameters:
  ///   - target: The target, taken as what the network produces, repeated cyclically.
  ///   - permuted: Targets of the same shape with permuted notes; asked for one at a time.
  /// - Returns: Missing if no comparison has a correlation.
  public init?(of target: TargetRates, against permuted: some Sequence<TargetRates>) {
    let produced = ProducedRates(repeating: target)
    self.init(permuted.compactMap { CycleMatch(produced, $0).correlation?.value })
  }

  /// Summarises correlations.
  init?(_ correlations: [Double]) {
    guard let percentile95 = quantile(0.95, of: correlations) else { return nil }
    self.mean = Moments(of: correlations).mean
    self.percentile95 = percentile95
    self.count = correlations.count
  }
}

/// The value below which a fraction of the values lies, by linear interpolation.
///
/// Order statistic `k` of `n`, counted from 0, is the quantile `k / (n - 1)`: type 7 of Hyndman
/// and Fan (1996), the default of R and NumPy.
///
/// - Parameter fraction: In [0, 1]: 0 gives the smallest value, 1 the largest.
/// - Returns: Missing if there are no values.
package func quantile(_ fraction: Double, of values: [Double]) -> Double? {
  precondition((0...1).contains(fraction))
  guard !values.isEmpty else { return nil }
  let sorted = values.sorted()
  let position = fraction * Double(sorted.count - 1)
  let below = Int(position)
  let above = min(below + 1, sorted.count - 1)
  return sorted[below] + (position - Double(below)) * (sorted[above] - sorted[below])
}
