import Glibc  // Without a fused multiply-add of the processor, Swift calls that of libm.

extension ShiftCurves {
  /// Computes the scores at every shift: the fast implementation.
  ///
  /// Goals, in this order:
  /// 1. The same curves as ``reference(_:_:shifts:)`` within 1e-12, with the same bits on every
  ///    processor.
  /// 2. Far less time for the 100 cycles of a replay than the replay itself.
  /// 3. No dependency.
  ///
  /// The covariance needs only `sum y(t + s) (r(t) - base)`. In a sparse pattern the target rate
  /// differs from its `base` only in a few spans; over these, blocks of shifts are summed in
  /// registers. All other work is linear in the number of shifts, and the squared error follows
  /// from the same sums: `sum (y - r)² = Syy + Srr - 2 Syr + T (mean y - mean r)²`.
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
      // An offset cancels in both scores; removing it reduces rounding errors.
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

/// Sums of products of a signal and a shifted target.
enum ShiftedProducts {
  /// Eight neighbouring shifts.
  private typealias Lane = SIMD8<Double>

  /// Number of shifts that are summed together. Six lanes of eight, a factor and a load are the
  /// most that fit into the sixteen vector registers of AVX2.
  private static let block = 6 * Lane.scalarCount

  /// Number of values after the last shift that the function may access.
  static let padding = block

  /// Writes `sum over t in spans of signal(t + s) offsets(t)` for each shift `s`.
  ///
  /// - Parameters:
  ///   - signal: Two cycles of rates, followed by ``padding`` values.
  ///   - offsets: One cycle of the target; only the samples in `spans` are read.
  ///   - spans: The samples in which the offset of the target is not 0.
  ///   - result: Receives one cycle of sums, followed by ``padding`` undefined values.
  /// - Complexity: O(shifts × samples in spans), no allocation.
  static func sum(
    _ signal: [Double], _ offsets: ArraySlice<Double>, spans: [Range<Int>],
    into result: inout [Double]
  ) {
    let samples = offsets.count
    precondition(signal.count >= 2 * samples + padding)
    precondition(result.count >= samples + padding)
    precondition(spans.allSatisfy { 0 <= $0.lowerBound && $0.upperBound <= samples })
    signal.withUnsafeBytes { signal in
      offsets.withUnsafeBufferPointer { offsets in
        result.withUnsafeMutableBytes { result in
          for first in stride(from: 0, to: samples, by: block) {
            sumBlock(signal, offsets, spans, first: first, result)
          }
        }
      }
    }
  }

  /// Writes the sums for ``block`` shifts from `first`.
  @inline(__always)
  private static func sumBlock(
    _ signal: UnsafeRawBufferPointer, _ offsets: UnsafeBufferPointer<Double>,
    _ spans: [Range<Int>], first: Int, _ result: UnsafeMutableRawBufferPointer
  ) {
    let laneBytes = MemoryLayout<Lane>.size
    let sampleBytes = MemoryLayout<Double>.size
    var sums: (Lane, Lane, Lane, Lane, Lane, Lane) = (.zero, .zero, .zero, .zero, .zero, .zero)
    for span in spans {
      for sample in span {
        let offset = Lane(repeating: offsets[sample])
        let from = (sample + first) * sampleBytes
        func lane(_ index: Int) -> Lane {
          signal.loadUnaligned(fromByteOffset: from + index * laneBytes, as: Lane.self)
        }
        sums.0.addProduct(offset, lane(0))
        sums.1.addProduct(offset, lane(1))
        sums.2.addProduct(offset, lane(2))
        sums.3.addProduct(offset, lane(3))
        sums.4.addProduct(offset, lane(4))
        sums.5.addProduct(offset, lane(5))
      }
    }
    let lanes = [sums.0, sums.1, sums.2, sums.3, sums.4, sums.5]
    for (index, lane) in lanes.enumerated() {
      result.storeBytes(
        of: lane, toByteOffset: first * sampleBytes + index * laneBytes, as: Lane.self)
    }
  }
}
