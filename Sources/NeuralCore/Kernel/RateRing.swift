/// The rates of the last steps, kept neuron by neuron so that a window of delayed rates of one
/// neuron is a short walk through memory.
struct RateRing<Scalar: VectorScalar> {
  private let storage: VectorBuffer<Scalar>
  private let neurons: Int
  private let depth: Int
  private let rowLength: Int

  /// The slot that step 0 of the simulation is written to follows the history.
  private(set) var step: Int

  /// Creates a ring that reaches `depth` steps back from the first step of a window.
  ///
  /// - Parameter history: The last steps, oldest first, shape `[step, neuron]`; what came before is
  ///   at rest.
  init(neurons: Int, depth: Int, history: [Double], restingRate: Double) {
    self.neurons = neurons
    self.depth = depth
    // The padding keeps the rows of different neurons from competing for the same cache sets.
    rowLength = depth + Scalar.Vector.scalarCount + 1
    storage = VectorBuffer(scalars: neurons * rowLength)
    step = depth
    let known = min(depth, history.count / neurons)
    let skipped = history.count / neurons - known
    for neuron in 0..<neurons {
      for slot in 0..<depth {
        let index = slot - (depth - known)
        storage.scalars[neuron * rowLength + slot] =
          index < 0
          ? Scalar(restingRate) : Scalar(history[(skipped + index) * neurons + neuron])
      }
    }
  }

  /// Calls `body` with the rates `r(t - delay)` for `count` steps from the current one on, in at most
  /// two runs that lie in one piece: number of the run's first step, its rates, its length.
  @inline(__always)
  func forEachRun(
    _ neuron: Int, delay: Int, count: Int,
    _ body: (_ offset: Int, _ rates: UnsafePointer<Scalar>, _ length: Int) -> Void
  ) {
    let row = storage.scalars + neuron * rowLength
    let slot = (step - delay) % depth
    let first = min(count, depth - slot)
    body(0, row + slot, first)
    if first < count { body(first, row, count - first) }
  }

  /// Calls `body` with each rate `r(t - delay)` for `count` steps from the current one on.
  @inline(__always)
  func forEachDelayed(
    _ neuron: Int, delay: Int, count: Int, _ body: (_ offset: Int, _ rate: Scalar) -> Void
  ) {
    forEachRun(neuron, delay: delay, count: count) { offset, rates, length in
      for index in 0..<length { body(offset + index, rates[index]) }
    }
  }

  /// Adds the rates of a window, shape `[step, paddedNeuron]`.
  mutating func append(_ rates: UnsafePointer<Scalar>, count: Int, paddedNeurons: Int) {
    for neuron in 0..<neurons {
      let row = storage.scalars + neuron * rowLength
      var slot = step % depth
      for offset in 0..<count {
        row[slot] = rates[offset * paddedNeurons + neuron]
        slot += 1
        if slot == depth { slot = 0 }
      }
    }
    step += count
  }

  /// The last `count` steps, oldest first, shape `[step, neuron]`.
  func history(_ count: Int) -> [Double] {
    (0..<min(count, depth)).reversed().flatMap { back in
      (0..<neurons).map { neuron in
        Double(storage.scalars[neuron * rowLength + (step - 1 - back) % depth])
      }
    }
  }
}
