extension ShiftCurves {
  /// Compares at every shift, quickly.
  ///
  /// Goals, in this order:
  /// 1. The same curves as ``reference(_:_:)``, to 1e-12, on every processor the same bits.
  /// 2. Far less time for a replay's 100 cycles than the replay itself takes.
  /// 3. No dependency.
  ///
  /// The covariance needs `sum y(t + s) (r(t) - base)` only, and a sparse pattern's rate leaves
  /// its `base` in few spans; over those, blocks of shifts are summed in registers. Everything
  /// else is a linear pass over the shifts, and the squared error follows from the same sums:
  /// `sum (y - r)² = Syy + Srr - 2 Syr + T (mean y - mean r)²`.
  ///
  /// - Complexity: O(active samples × samples) multiply-adds.
  static func fast(_ produced: ProducedRates, _ target: TargetRates) -> ShiftCurves {
    precondition(produced.neurons == target.neurons && produced.samples == target.samples)
    guard produced.isFinite else { return .missing }

    let samples = target.samples
    var moments = WindowMoments(samples: samples)
    var centred = [Double](repeating: 0, count: 2 * samples + ShiftedProducts.padding)
    var products = [Double](repeating: 0, count: samples + ShiftedProducts.padding)
    var correlation = [Double](repeating: 0, count: samples)
    var squaredError = correlation
    var counted = 0

    for neuron in 0..<target.neurons {
      let channel = target.channels[neuron]
      // Neither score minds a common offset, and without it less is rounded away.
      let rates = produced.channel(neuron)
      let centre = rates.reduce(0, +) / Double(rates.count)
      for (index, rate) in rates.enumerated() { centred[index] = rate - centre }

      centred.withUnsafeBufferPointer { moments.update($0) }
      ShiftedProducts.sum(
        centred, target.offsets[neuron * samples..<(neuron + 1) * samples],
        spans: channel.spans, into: &products)
      for shift in 0..<samples {
        products[shift] -= moments.mean[shift] * channel.offsetSum
      }

      let unexplained = centre - channel.moments.mean
      for shift in 0..<samples {
        let apart = moments.mean[shift] + unexplained
        squaredError[shift] +=
          moments.sumOfSquares[shift] + channel.moments.sumOfSquares - 2 * products[shift]
          + Double(samples) * apart * apart
      }

      if channel.isConstant { continue }
      counted += 1
      let constant = Moments.constantSumOfSquares(count: samples)
      for shift in 0..<samples where moments.sumOfSquares[shift] >= constant {
        correlation[shift] +=
          products[shift]
          / (moments.sumOfSquares[shift] * channel.moments.sumOfSquares).squareRoot()
      }
    }
    return ShiftCurves(
      correlation: counted == 0 ? nil : correlation.map { $0 / Double(counted) },
      meanSquaredError: squaredError.map { max(0, $0) / Double(target.neurons * samples) })
  }
}
