/// The rates of the last steps, from which delayed rates are read.
struct DelayLine {
  private let neurons: Int
  private let depth: Int
  private var ring: [Double]  // [slot, neuron]
  private var newest: Int

  /// Creates a line that reaches `depth` steps back.
  ///
  /// - Parameter history: The last steps, oldest first, shape `[step, neuron]`; what came before is
  ///   at rest.
  init(neurons: Int, depth: Int, history: [Double], restingRate: Double) {
    self.neurons = neurons
    self.depth = depth
    let known = history.suffix(depth * neurons)
    let past = [Double](repeating: restingRate, count: depth * neurons - known.count)
    ring = past + known
    newest = depth - 1
  }

  /// The rate of a neuron; 0 steps back is the newest one.
  func rate(_ neuron: Int, stepsBack: Int) -> Double {
    precondition(stepsBack < depth)
    let slot = newest - stepsBack
    return ring[(slot < 0 ? slot + depth : slot) * neurons + neuron]
  }

  /// The rates of all neurons; 0 steps back are the newest ones.
  func rates(stepsBack: Int) -> [Double] {
    (0..<neurons).map { rate($0, stepsBack: stepsBack) }
  }

  /// Adds the rates of a new step.
  mutating func append(_ rates: [Double]) {
    newest = (newest + 1) % depth
    ring.replaceSubrange(newest * neurons..<(newest + 1) * neurons, with: rates)
  }

  /// All rates, oldest first.
  var history: [Double] {
    (0..<depth).reversed().flatMap { rates(stepsBack: $0) }
  }
}
