extension ShiftCurves {
  /// Compares at every shift, as the equations say it.
  ///
  /// - Parameter shifts: The shifts wanted; all of them where none are named.
  /// - Complexity: O(neurons × samples²). ``fast(_:_:)`` gives the same curves.
  /// - SeeAlso: The shared page on scores, *Replay quality*.
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
