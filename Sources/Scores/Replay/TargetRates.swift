/// The target rates of the visible neurons in one cycle, prepared for comparison.
///
/// `r_v = phi(m_v)`: the rate function of the target potential, sampled like the produced rates.
/// All quantities that depend only on the target are computed once.
public struct TargetRates: Equatable, Sendable {
  /// Number of visible neurons.
  public let neurons: Int

  /// Number of notes per cycle.
  public let notes: Int

  /// Length of a note [steps].
  public let stepsPerNote: Int

  /// Distance between samples [steps]. Samples are the steps of a cycle whose index is a multiple
  /// of it.
  public let every: Int

  /// The target rates, shape `[neuron, sample]`, in [0, 1].
  public let values: [Double]

  /// The middle between the lowest and the highest rate of all neurons. A neuron above it is
  /// active.
  public let halfRange: Double

  /// The quantities of each neuron that a comparison needs.
  let channels: [TargetChannel]

  /// `values` minus the neuron's ``TargetChannel/base``, shape `[neuron, sample]`.
  let offsets: [Double]

  /// Creates a target from its rates.
  ///
  /// - Parameters:
  ///   - values: Target rates, shape `[neuron, sample]`; finite.
  ///   - neurons: Number of visible neurons.
  ///   - notes: Number of notes per cycle.
  ///   - stepsPerNote: Length of a note [steps].
  ///   - every: Distance between samples [steps], from the start of the cycle.
  public init(values: [Double], neurons: Int, notes: Int, stepsPerNote: Int, every: Int = 2) {
    precondition(neurons > 0 && notes > 0 && every > 0)
    precondition(stepsPerNote >= every, "every note needs a sample")
    self.neurons = neurons
    self.notes = notes
    self.stepsPerNote = stepsPerNote
    self.every = every
    self.values = values

    let samples = (notes * stepsPerNote + every - 1) / every
    precondition(values.count == neurons * samples, "values must hold [neuron, sample]")
    precondition(values.allSatisfy(\.isFinite), "a target is finite")
    let channels = (0..<neurons).map {
      TargetChannel(values[$0 * samples..<($0 + 1) * samples])
    }
    self.halfRange = ((values.min() ?? 0) + (values.max() ?? 0)) / 2
    self.channels = channels
    self.offsets = values.indices.map { values[$0] - channels[$0 / samples].base }
  }

  /// Number of samples per cycle.
  public var samples: Int { values.count / neurons }

  /// The samples in the steps of a note.
  ///
  /// If the length of a note is not a multiple of ``every``, the number of samples per note varies
  /// by one.
  public func samples(ofNote note: Int) -> Range<Int> {
    func firstSample(_ step: Int) -> Int { (step + every - 1) / every }
    return firstSample(note * stepsPerNote)..<firstSample((note + 1) * stepsPerNote)
  }
}

/// The target of one neuron: its moments and the samples in which it differs from its base rate.
struct TargetChannel: Equatable, Sendable {
  /// Mean and sum of squares of the rate over the cycle.
  let moments: Moments

  /// The most frequent rate; the smallest one if there are several.
  let base: Double

  /// Sum of `rate - base` over the cycle.
  let offsetSum: Double

  /// The samples in which the rate may differ from ``base``: disjoint ranges in ascending order.
  ///
  /// In a sparse pattern a neuron mostly has exactly one rate, so a sum of products with
  /// `rate - base` needs few samples.
  let spans: [Range<Int>]

  /// Whether the target is constant, so that a correlation with it is undefined.
  var isConstant: Bool { moments.isConstant }

  /// Spans closer than this are joined, because starting a span costs more than a few products with
  /// 0.
  private static let joinedGap = 8

  init(_ rates: ArraySlice<Double>) {
    moments = Moments(of: rates)
    let base = Self.mostFrequent(rates)
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

  /// The most frequent rate, the smallest of several; 0 if there is none.
  private static func mostFrequent(_ rates: ArraySlice<Double>) -> Double {
    // The rate of more than half of the samples is found by votes (Boyer and Moore 1991), much
    // faster than by counting all of them; most neurons are silent in most notes.
    var candidate = 0.0
    var votes = 0
    for rate in rates {
      if votes == 0 { candidate = rate }
      votes += rate == candidate ? 1 : -1
    }
    if 2 * rates.count(where: { $0 == candidate }) > rates.count { return candidate }

    var occurrences: [Double: Int] = [:]
    for rate in rates { occurrences[rate, default: 0] += 1 }
    return occurrences.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? 0
  }
}
