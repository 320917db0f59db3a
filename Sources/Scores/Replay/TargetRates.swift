/// The rates that the visible neurons should produce in one cycle, prepared for comparison.
///
/// `r_v = phi(m_v)`: the rate function applied to the target potential, sampled as the produced
/// rates are. Everything that a comparison needs from the target alone is worked out here, once.
public struct TargetRates: Equatable, Sendable {
  /// How many visible neurons the target has.
  public let neurons: Int

  /// How many notes one cycle holds.
  public let notes: Int

  /// Steps that one note lasts.
  public let stepsPerNote: Int

  /// A sample is taken at every step whose index within the cycle is a multiple of this.
  public let every: Int

  /// The target rates, shape `[neuron, sample]`, in [0, 1].
  public let values: [Double]

  /// Halfway between the lowest and the highest rate of all neurons: above it, a note sounds.
  public let halfRange: Double

  /// What a comparison needs to know about each neuron.
  let channels: [TargetChannel]

  /// `values` less each neuron's ``TargetChannel/base``, shape `[neuron, sample]`.
  let offsets: [Double]

  /// Creates a target from its rates.
  ///
  /// - Parameters:
  ///   - values: Target rates, shape `[neuron, sample]`; finite.
  ///   - neurons: How many visible neurons there are.
  ///   - notes: How many notes one cycle holds.
  ///   - stepsPerNote: Steps that one note lasts.
  ///   - every: Steps from one sample to the next, counted from the start of the cycle.
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

  /// How many samples one cycle holds.
  public var samples: Int { values.count / neurons }

  /// The samples that fall into a note.
  ///
  /// A note whose length is no multiple of ``every`` takes the samples at its own steps, so that
  /// its neighbours may hold one sample more or fewer.
  public func samples(ofNote note: Int) -> Range<Int> {
    func firstSample(_ step: Int) -> Int { (step + every - 1) / every }
    return firstSample(note * stepsPerNote)..<firstSample((note + 1) * stepsPerNote)
  }
}

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
