import NeuralCore

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

/// How well one cycle matches the target in step with the teacher's clock.
///
/// The score of a free test during training, where the next cycle is nudged again and a lag is an
/// error like any other.
public struct UnshiftedMatch: Equatable, Sendable {
  /// Mean over neurons of the correlation with the target.
  ///
  /// A neuron whose produced rate is constant counts 0; one whose target is constant is left out.
  /// Missing if none is left or a rate is not finite.
  public let correlation: Double?

  /// Mean over neurons and samples of the squared distance from the target.
  ///
  /// Missing if a rate is not finite.
  public let meanSquaredError: Double?

  /// Compares one cycle with the target.
  ///
  /// - Parameter cycle: One cycle; neurons beyond the target's are not read.
  /// - Complexity: O(neurons × samples).
  public init(_ cycle: RateRecord, _ target: TargetRates) {
    let produced = ProducedRates(cycle: cycle, next: cycle, neurons: target.neurons)
    // For one shift the plain form is as quick as any.
    self.init(ShiftCurves.reference(produced, target, shifts: 0..<1))
  }

  /// Reads the score at shift 0.
  init(_ curves: ShiftCurves) {
    correlation = curves.correlation?.first
    meanSquaredError = curves.meanSquaredError?.first
  }
}
