import NeuralCore

/// What the visible neurons did during one cycle and the cycle after it.
///
/// A replay that lags is compared at `y_v(t + s)`, which runs on into the following cycle; so a
/// cycle can be scored only once its successor is known, and two cycles are all that is held.
public struct ProducedRates: Equatable, Sendable {
  /// How many visible neurons there are.
  public let neurons: Int

  /// How many samples one cycle holds.
  public let samples: Int

  /// The rates of both cycles, shape `[neuron, 2 * samples]`.
  public private(set) var values: [Double]

  /// Creates rates from both cycles at once.
  ///
  /// - Parameter values: Rates, shape `[neuron, 2 * samples]`.
  public init(values: [Double], neurons: Int) {
    precondition(neurons > 0 && !values.isEmpty && values.count.isMultiple(of: 2 * neurons))
    self.neurons = neurons
    self.samples = values.count / (2 * neurons)
    self.values = values
  }

  /// Creates the rates of a cycle and its successor from their recordings.
  public init(cycle: RateRecord, next: RateRecord, neurons: Int) {
    self.init(neurons: neurons, samples: cycle.samples)
    append(cycle)
    append(next)
  }

  /// Creates the rates of a network that produces a target perfectly, again and again.
  public init(repeating target: TargetRates) {
    let samples = target.samples
    self.init(
      values: (0..<target.neurons).flatMap { neuron in
        let cycle = target.values[neuron * samples..<(neuron + 1) * samples]
        return cycle + cycle
      }, neurons: target.neurons)
  }

  /// Creates two cycles of silence, to be pushed out by ``append(_:)``.
  init(neurons: Int, samples: Int) {
    self.init(values: [Double](repeating: 0, count: neurons * 2 * samples), neurons: neurons)
  }

  /// Whether every rate of both cycles is finite.
  public var isFinite: Bool { values.allSatisfy(\.isFinite) }

  /// The rates of one neuron, both cycles in turn.
  func channel(_ neuron: Int) -> ArraySlice<Double> {
    values[neuron * 2 * samples..<(neuron + 1) * 2 * samples]
  }

  /// Adds a cycle and lets go of the older of the two.
  ///
  /// - Parameter cycle: One cycle; only its first ``neurons`` neurons are read.
  mutating func append(_ cycle: RateRecord) {
    precondition(cycle.neurons >= neurons, "the recording must hold every visible neuron")
    precondition(cycle.samples == samples, "the recording must hold one whole cycle")
    for neuron in 0..<neurons {
      let start = neuron * 2 * samples
      for sample in 0..<samples {
        values[start + sample] = values[start + samples + sample]
        values[start + samples + sample] = cycle[sample: sample, neuron: neuron]
      }
    }
  }
}
