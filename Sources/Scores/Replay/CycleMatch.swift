import NeuralCore

/// The match of one replay cycle with the target, at the best shift and unshifted.
///
/// - SeeAlso: docs/scores.md, *Scores of one cycle*.
public struct CycleMatch: Equatable, Sendable {
  /// Mean over neurons of the correlation with the target, at the shift where this mean is highest.
  ///
  /// The paper's authors report the sum over neurons. nil if the target of every neuron is constant
  /// or a produced rate is not finite.
  public let correlation: BestShift?

  /// Mean over neurons and samples of the squared difference from the target, at the shift where it
  /// is lowest. This shift may differ from that of the correlation. nil if a produced rate is not
  /// finite.
  public let meanSquaredError: BestShift?

  /// Both scores without a shift.
  public let unshifted: UnshiftedMatch

  /// Searches for the shifts at which a produced cycle matches the target best.
  ///
  /// - Complexity: O(active target samples × samples) multiply-adds.
  public init(_ produced: ProducedRates, _ target: TargetRates) {
    self.init(ShiftCurves.fast(produced, target))
  }

  /// Finds the best shifts of curves.
  init(_ curves: ShiftCurves) {
    correlation = curves.correlation.flatMap(BestShift.highest)
    meanSquaredError = curves.meanSquaredError.flatMap(BestShift.lowest)
    unshifted = UnshiftedMatch(curves)
  }
}

/// The match of one cycle with the target without a shift.
///
/// This is the score of a free test during training: the next cycle is nudged again, so a lag
/// counts as an error.
public struct UnshiftedMatch: Equatable, Sendable {
  /// Mean over neurons of the correlation with the target.
  ///
  /// A neuron whose produced rate is constant counts 0; a neuron whose target is constant is left
  /// out. nil if no neuron remains or a rate is not finite.
  public let correlation: Double?

  /// Mean over neurons and samples of the squared difference from the target.
  ///
  /// nil if a rate is not finite.
  public let meanSquaredError: Double?

  /// Compares one cycle with the target.
  ///
  /// - Parameters:
  ///   - cycle: The rates of one cycle; neurons beyond those of the target are ignored.
  ///   - target: The target.
  /// - Complexity: O(neurons × samples).
  public init(_ cycle: RateRecord, _ target: TargetRates) {
    let produced = ProducedRates(cycle: cycle, next: cycle, neurons: target.neurons)
    // For one shift the reference implementation is as fast as the other one.
    self.init(ShiftCurves.reference(produced, target, shifts: 0..<1))
  }

  /// Reads the scores at shift 0.
  init(_ curves: ShiftCurves) {
    correlation = curves.correlation?.first
    meanSquaredError = curves.meanSquaredError?.first
  }
}
