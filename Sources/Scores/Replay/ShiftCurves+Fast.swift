import Glibc  // Where the processor has none, a fused multiply-add is a call to libm.

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

/// Sums of products of a signal with a target moved along it.
enum ShiftedProducts {
  /// Eight neighbouring shifts.
  private typealias Lane = SIMD8<Double>

  /// Shifts summed together. Six lanes of eight are the most that, with a factor and a load
  /// beside them, fit the sixteen vector registers of AVX2.
  private static let block = 6 * Lane.scalarCount

  /// How many values beyond the last shift the kernel may touch.
  static let padding = block

  /// Writes `sum over t in spans of signal(t + s) offsets(t)` for each shift `s`.
  ///
  /// - Parameters:
  ///   - signal: Two cycles of rates and ``padding`` more values.
  ///   - offsets: One cycle of the target; only what lies in `spans` is read.
  ///   - spans: Where the target's offset is not zero.
  ///   - result: One cycle of sums and ``padding`` values of no meaning.
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

  /// Writes the sums for the ``block`` shifts from `first` on.
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
