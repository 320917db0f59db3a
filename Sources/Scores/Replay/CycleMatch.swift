/// How well one replay cycle matches the target at the best shift, and unshifted.
public struct CycleMatch: Equatable, Sendable {
  /// Correlation with the target, mean over neurons, at the shift where it is highest.
  ///
  /// The authors report the sum over neurons; this is the mean. Missing where the target of every
  /// neuron is constant or a produced rate is not finite.
  public let correlation: BestShift?

  /// Squared distance from the target, mean over neurons and samples, at the shift where it is
  /// lowest, which need not be the correlation's.
  public let meanSquaredError: BestShift?

  /// The same two scores in step with the teacher's clock.
  public let unshifted: UnshiftedMatch

  /// Searches for the shifts at which a produced cycle matches the target best.
  ///
  /// - Complexity: O(active target samples × samples) multiply-adds.
  public init(_ produced: ProducedRates, _ target: TargetRates) {
    self.init(ShiftCurves.fast(produced, target))
  }

  /// Reads the best shifts from finished curves.
  init(_ curves: ShiftCurves) {
    correlation = curves.correlation.flatMap(BestShift.highest)
    meanSquaredError = curves.meanSquaredError.flatMap(BestShift.lowest)
    unshifted = UnshiftedMatch(curves)
  }
}
