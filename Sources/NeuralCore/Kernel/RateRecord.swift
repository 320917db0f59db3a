/// Rates of the first neurons of a network at evenly spaced steps, oldest first.
///
/// A learner appends to it while it runs; scores only read it.
public struct RateRecord: Equatable, Sendable {
  /// Number of recorded neurons, from the first visible one.
  public let neurons: Int

  /// Distance between samples [steps]. Samples are the steps of a cycle whose index is a multiple
  /// of it.
  public let every: Int

  /// The rates, shape `[sample, neuron]`, in [0, 1].
  public private(set) var values: [Double] = []

  /// Creates an empty record.
  ///
  /// - Parameters:
  ///   - neurons: Number of recorded neurons, from the first visible one.
  ///   - every: Distance between samples [steps].
  public init(neurons: Int, every: Int = 1) {
    precondition(neurons > 0 && every > 0)
    self.neurons = neurons
    self.every = every
  }

  /// Number of samples.
  public var samples: Int { values.count / neurons }

  /// The rate of one neuron in one sample.
  public subscript(sample sample: Int, neuron neuron: Int) -> Double {
    values[sample * neurons + neuron]
  }

  /// Adds one sample: the first ``neurons`` values of `rates`.
  public mutating func append(_ rates: some Collection<Double>) {
    precondition(rates.count >= neurons)
    values.append(contentsOf: rates.prefix(neurons))
  }

  /// Removes the samples and keeps the storage for the next cycle.
  public mutating func removeAll() {
    values.removeAll(keepingCapacity: true)
  }
}
