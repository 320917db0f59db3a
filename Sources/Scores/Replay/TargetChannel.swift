/// One neuron's part of a target: its moments, and where it does anything at all.
struct TargetChannel: Equatable, Sendable {
  /// Mean and spread of the rate over the cycle.
  let moments: Moments

  /// The rate that occurs most often; the smallest of them where several do.
  let base: Double

  /// Sum over the cycle of the rate less ``base``.
  let offsetSum: Double

  /// Where the rate may differ from ``base``, in ascending order and disjoint.
  ///
  /// A neuron of a sparse pattern rests most of the time, at exactly one rate; a sum of products
  /// with `rate - base` needs these samples only.
  let spans: [Range<Int>]

  /// Whether nothing can correlate with this neuron's target.
  var isConstant: Bool { moments.isConstant }

  /// Spans closer than this are joined: starting anew costs more than a few products with zero.
  private static let joinedGap = 8

  init(_ rates: ArraySlice<Double>) {
    moments = Moments(of: rates)
    var occurrences: [Double: Int] = [:]
    for rate in rates { occurrences[rate, default: 0] += 1 }
    let base =
      occurrences.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? 0
    self.base = base
    offsetSum = rates.reduce(0) { $0 + ($1 - base) }

    var spans: [Range<Int>] = []
    for (sample, rate) in rates.enumerated() where rate != base {
      if let last = spans.last, sample - last.upperBound < Self.joinedGap {
        spans[spans.count - 1] = last.lowerBound..<sample + 1
      } else {
        spans.append(sample..<sample + 1)
      }
    }
    self.spans = spans
  }
}
