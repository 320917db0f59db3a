/// The rates of the last steps, kept neuron by neuron so that a block of delayed rates of one neuron
/// lies in one piece.
struct RateRing<Scalar: VectorScalar> {
  private let storage: VectorBuffer<Scalar>
  private let neurons: Int
  private let depth: Int
  private let rowLength: Int

  /// The slot that the next step is written to.
  private var next = 0

  /// Creates a ring that reaches `longestDelay` steps back from the next step.
  ///
  /// - Parameter history: The last steps, oldest first, shape `[step, neuron]`; what came before is
  ///   at rest.
  init(neurons: Int, longestDelay: Int, history: [Double], restingRate: Double) {
    self.neurons = neurons
    // A block is written whole, even if only some of its steps are taken.
    depth = longestDelay + StepBlock.steps
    // Behind the ring its first slots are repeated, so that no block is torn. An odd number of
    // vectors keeps the rows of different neurons from competing for the same cache sets.
    let lanes = Scalar.Vector.scalarCount
    let vectors = (depth + StepBlock.steps + lanes - 1) / lanes
    rowLength = (vectors | 1) * lanes
    let rows = StepBlock.count(steps: neurons) * StepBlock.steps
    storage = VectorBuffer(scalars: rows * rowLength)
    let known = history.count / neurons
    for neuron in 0..<neurons {
      for slot in 0..<rowLength {
        let step = known - depth + slot % depth
        storage.scalars[neuron * rowLength + slot] = Scalar(
          step < 0 ? restingRate : history[step * neurons + neuron])
      }
    }
  }

  /// A block of rates `r(t - delay)`, where t begins `offset` steps after the next step.
  ///
  /// Rates of steps that lie `delay` or more after the next step are not there yet; in their place
  /// are older ones.
  @inline(__always)
  func block(_ neuron: Int, delay: Int, offset: Int) -> UnsafePointer<Scalar> {
    let slot = next + offset - delay
    return UnsafePointer(
      storage.scalars + neuron * rowLength + (slot < 0 ? slot + depth : slot))
  }

  /// Adds the first `count` steps of a block of rates, shape `[step, paddedNeuron]`.
  mutating func append(_ rates: UnsafePointer<Scalar>, count: Int, paddedNeurons: Int) {
    let block = StepBlock.steps
    for first in stride(from: 0, to: neurons, by: block) {
      transpose8(
        rates + first, stride: paddedNeurons,
        to: storage.scalars + first * rowLength + next, stride: rowLength)
    }
    // Keep the slots behind the ring equal to its first ones.
    let overhang = next + block - depth
    if overhang > 0 || next < block {
      for neuron in 0..<neurons {
        let row = storage.scalars + neuron * rowLength
        for slot in 0..<max(0, overhang) { row[slot] = row[depth + slot] }
        for slot in min(next, block)..<block { row[depth + slot] = row[slot] }
      }
    }
    next = (next + count) % depth
  }

  /// The last `count` steps, oldest first, shape `[step, neuron]`.
  func history(_ count: Int) -> [Double] {
    (0..<count).reversed().flatMap { back in
      (0..<neurons).map { neuron in Double(block(neuron, delay: back + 1, offset: 0)[0]) }
    }
  }
}
