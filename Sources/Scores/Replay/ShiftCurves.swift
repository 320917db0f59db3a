/// How well a produced cycle matches the target at each shift in `[0, samples)`.
///
/// At shift `s`, the target's sample `t` is compared with the produced sample `t + s`, with one
/// shift for all neurons. The search looks forward only, as the authors' does: a replay that runs
/// early shows as a shift of nearly a whole cycle. By the same token, a single wrong cycle before a
/// right one is matched by that one; a sequence that is lost for good is not.
struct ShiftCurves: Equatable, Sendable {
  /// Mean over neurons of the correlation with the target, shape `[shift]`.
  ///
  /// A neuron whose produced rate is constant counts 0; one whose target is constant is left out.
  /// Missing if none is left or a rate is not finite.
  var correlation: [Double]?

  /// Squared distance from the target, averaged over neurons and samples, shape `[shift]`.
  ///
  /// Missing if a rate is not finite.
  var meanSquaredError: [Double]?

  /// What there is to say about rates that are not finite: nothing.
  static let missing = ShiftCurves(correlation: nil, meanSquaredError: nil)
}

/// A score at the shift where it is best.
public struct BestShift: Equatable, Sendable {
  /// The score.
  public let value: Double

  /// How far the produced rates lag behind the target, in samples, in `[0, samples)`.
  public let shift: Int

  /// Creates a score found at a shift.
  public init(value: Double, shift: Int) {
    self.value = value
    self.shift = shift
  }

  /// The highest value, at the earliest shift that reaches it.
  static func highest(_ curve: [Double]) -> BestShift? {
    guard let best = curve.max() else { return nil }
    let threshold = best - ReplayThresholds.shiftTolerance
    return curve.firstIndex { $0 >= threshold }.map { BestShift(value: curve[$0], shift: $0) }
  }

  /// The lowest value, at the earliest shift that reaches it.
  static func lowest(_ curve: [Double]) -> BestShift? {
    guard let best = curve.min() else { return nil }
    let threshold = best + ReplayThresholds.shiftTolerance
    return curve.firstIndex { $0 <= threshold }.map { BestShift(value: curve[$0], shift: $0) }
  }
}
