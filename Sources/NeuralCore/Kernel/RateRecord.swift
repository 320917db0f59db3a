/// Rates of a group of neurons at evenly spaced steps, oldest first.
///
/// A kernel appends to it while it runs; scores only read it.
public struct RateRecord: Equatable, Sendable {
  /// How many neurons each sample holds. Neurons count from the first visible one.
  public let neurons: Int

  /// A sample is taken at every step whose index within its cycle is a multiple of this.
  public let every: Int

  /// The rates, shape `[sample, neuron]`, in [0, 1].
  public private(set) var values: [Double] = []

  /// Creates an empty record.
  ///
  /// - Parameters:
  ///   - neurons: How many neurons, from the first visible one on, are recorded.
  ///   - every: Steps from one sample to the next.
  public init(neurons: Int, every: Int = 1) {
    precondition(neurons > 0 && every > 0)
    self.neurons = neurons
    self.every = every
  }

  /// How many samples have been taken.
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

  /// Forgets the samples and keeps the storage for the next cycle.
  public mutating func removeAll() {
    values.removeAll(keepingCapacity: true)
  }
}
