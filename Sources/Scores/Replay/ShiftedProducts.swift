import Glibc  // Where the processor has none, a fused multiply-add is a call to libm.

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
