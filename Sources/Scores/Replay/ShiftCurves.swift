/// The match of a produced cycle with the target at each shift in `0..<samples`.
///
/// At shift `s`, sample `t` of the target is compared with the produced sample `t + s`, with one
/// shift for all neurons. As in the authors' code, shifts are not negative: an early replay has a
/// shift of nearly a whole cycle. For the same reason a single wrong cycle before a right one
/// matches the right one.
struct ShiftCurves: Equatable, Sendable {
  /// Mean over neurons of the correlation with the target, shape `[shift]`.
  ///
  /// A neuron whose produced rate is constant counts 0; a neuron whose target is constant is left
  /// out. nil if no neuron remains or a rate is not finite.
  var correlation: [Double]?

  /// Mean over neurons and samples of the squared difference from the target, shape `[shift]`.
  ///
  /// nil if a rate is not finite.
  var meanSquaredError: [Double]?

  /// The curves of rates that are not finite.
  static let missing = ShiftCurves(correlation: nil, meanSquaredError: nil)
}

/// A score at its best shift.
public struct BestShift: Equatable, Sendable {
  /// The score.
  public let value: Double

  /// Lag of the produced rates behind the target [samples], in `0..<samples`.
  public let shift: Int

  /// The highest value, at the smallest shift that reaches it.
  static func highest(_ curve: [Double]) -> BestShift? {
    guard let best = curve.max() else { return nil }
    let threshold = best - ReplayThresholds.shiftTolerance
    return curve.firstIndex { $0 >= threshold }.map { BestShift(value: curve[$0], shift: $0) }
  }

  /// The lowest value, at the smallest shift that reaches it.
  static func lowest(_ curve: [Double]) -> BestShift? {
    guard let best = curve.min() else { return nil }
    let threshold = best + ReplayThresholds.shiftTolerance
    return curve.firstIndex { $0 <= threshold }.map { BestShift(value: curve[$0], shift: $0) }
  }
}

extension ShiftCurves {
  /// Computes the scores at every shift: a literal implementation of the equations.
  ///
  /// - Parameters:
  ///   - produced: The produced rates.
  ///   - target: The target.
  ///   - shifts: The shifts; nil for all of them.
  /// - Complexity: O(neurons × samples²). ``fast(_:_:)`` gives the same curves.
  /// - SeeAlso: docs/scores.md, *Scores of one cycle*.
  static func reference(_ produced: ProducedRates, _ target: TargetRates, shifts: Range<Int>? = nil)
    -> ShiftCurves
  {
    precondition(produced.neurons == target.neurons && produced.samples == target.samples)
    guard produced.isFinite else { return .missing }

    let shifts = shifts ?? 0..<target.samples
    return ShiftCurves(
      correlation: (0..<target.neurons).allSatisfy { target.channels[$0].isConstant }
        ? nil : shifts.map { correlation(produced, target, shift: $0) },
      meanSquaredError: shifts.map { meanSquaredError(produced, target, shift: $0) })
  }

  /// Mean over the neurons whose target varies of Pearson(y(t + s), r(t)).
  private static func correlation(
    _ produced: ProducedRates, _ target: TargetRates, shift: Int
  ) -> Double {
    var sum = 0.0
    var counted = 0
    for neuron in 0..<target.neurons {
      let (y, r) = window(produced, target, neuron: neuron, shift: shift)
      let (ofY, ofR) = (Moments(of: y), Moments(of: r))
      if ofR.isConstant { continue }
      counted += 1
      if ofY.isConstant { continue }
      let products = zip(y, r).map { ($0 - ofY.mean) * ($1 - ofR.mean) }
      sum += products.reduce(0, +) / (ofY.sumOfSquares * ofR.sumOfSquares).squareRoot()
    }
    return sum / Double(counted)
  }

  /// Mean over neurons and samples of (y(t + s) - r(t))².
  private static func meanSquaredError(
    _ produced: ProducedRates, _ target: TargetRates, shift: Int
  ) -> Double {
    var sum = 0.0
    for neuron in 0..<target.neurons {
      let (y, r) = window(produced, target, neuron: neuron, shift: shift)
      for (produced, wanted) in zip(y, r) { sum += (produced - wanted) * (produced - wanted) }
    }
    return sum / Double(target.neurons * target.samples)
  }

  /// One neuron's produced rates from `shift` on, and its target rates.
  private static func window(
    _ produced: ProducedRates, _ target: TargetRates, neuron: Int, shift: Int
  ) -> (produced: ArraySlice<Double>, target: ArraySlice<Double>) {
    let samples = target.samples
    return (
      produced.channel(neuron).dropFirst(shift).prefix(samples),
      target.values[neuron * samples..<(neuron + 1) * samples]
    )
  }
}
