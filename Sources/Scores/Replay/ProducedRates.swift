import NeuralCore

/// The rates of the visible neurons during one cycle and the next one.
///
/// A lagging replay is compared at `y_v(t + s)`, which extends into the next cycle. A cycle can
/// therefore be scored only when the next one is known, and only two cycles are stored.
public struct ProducedRates: Equatable, Sendable {
  /// Number of visible neurons.
  public let neurons: Int

  /// Number of samples per cycle.
  public let samples: Int

  /// The rates of both cycles, shape `[neuron, 2 * samples]`.
  public private(set) var values: [Double]

  /// Creates the rates of two cycles.
  ///
  /// - Parameter values: Rates, shape `[neuron, 2 * samples]`.
  public init(values: [Double], neurons: Int) {
    precondition(neurons > 0 && !values.isEmpty && values.count.isMultiple(of: 2 * neurons))
    self.neurons = neurons
    self.samples = values.count / (2 * neurons)
    self.values = values
  }

  /// Creates the rates of a cycle and the next one from their records.
  public init(cycle: RateRecord, next: RateRecord, neurons: Int) {
    self.init(neurons: neurons, samples: cycle.samples)
    append(cycle)
    append(next)
  }

  /// Creates the rates of two perfect replays of a target.
  public init(repeating target: TargetRates) {
    let samples = target.samples
    self.init(
      values: (0..<target.neurons).flatMap { neuron in
        let cycle = target.values[neuron * samples..<(neuron + 1) * samples]
        return cycle + cycle
      }, neurons: target.neurons)
  }

  /// Creates two cycles with rates of 0, which ``append(_:)`` replaces.
  init(neurons: Int, samples: Int) {
    self.init(values: [Double](repeating: 0, count: neurons * 2 * samples), neurons: neurons)
  }

  /// Whether every rate of both cycles is finite.
  public var isFinite: Bool { values.allSatisfy(\.isFinite) }

  /// The rates of one neuron in both cycles.
  func channel(_ neuron: Int) -> ArraySlice<Double> {
    values[neuron * 2 * samples..<(neuron + 1) * 2 * samples]
  }

  /// Adds a cycle and removes the older of the two.
  ///
  /// - Parameter cycle: The rates of one cycle; only its first ``neurons`` neurons are read.
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
