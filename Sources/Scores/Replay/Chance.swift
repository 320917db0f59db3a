/// The chance level: the correlation of the target with its own notes in a random order.
///
/// Even an unrelated replay correlates at *some* shift; scores are compared with this level. For
/// Für Elise the mean is about 0.16 and the 95th percentile about 0.24.
///
/// - SeeAlso: docs/scores.md, *Chance: `chance`, `chance_95`*.
public struct Chance: Equatable, Sendable {
  /// Number of permuted targets.
  public static let permutations = 200

  /// Mean of the shift-maximised correlation over the permuted targets.
  public let mean: Double

  /// Its 95th percentile, with linear interpolation between order statistics.
  public let percentile95: Double

  /// Number of permuted targets with a correlation.
  public let count: Int

  /// Compares a perfect replay of a target with targets whose notes have another order.
  ///
  /// - Parameters:
  ///   - target: The target, which is repeated cyclically as the produced rates.
  ///   - permuted: Targets of the same shape with permuted notes, read one at a time.
  /// - Returns: nil if no comparison has a correlation.
  public init?(of target: TargetRates, against permuted: some Sequence<TargetRates>) {
    let produced = ProducedRates(repeating: target)
    self.init(permuted.compactMap { CycleMatch(produced, $0).correlation?.value })
  }

  /// Summarises correlations; nil if there are none.
  init?(_ correlations: [Double]) {
    guard let percentile95 = quantile(0.95, of: correlations) else { return nil }
    self.mean = Moments(of: correlations).mean
    self.percentile95 = percentile95
    self.count = correlations.count
  }
}
