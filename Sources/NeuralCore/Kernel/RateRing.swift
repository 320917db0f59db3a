/// The rates of the last steps, kept neuron by neuron so that a block of delayed rates of one neuron
/// lies in one piece.
final class RateRing<Scalar: VectorScalar> {
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
  init(neurons: Int, longestDelay: Int, history: NumberArray, restingRate: Double) {
    self.neurons = neurons
    // A block is written whole, even if only some of its steps are taken. With whole blocks in the ring
    // it stays within a cache line.
    depth = StepBlock.count(steps: longestDelay + StepBlock.steps) * StepBlock.steps
    // Behind the ring its first slots are repeated, so that no block is torn.
    rowLength = VectorBuffer<Scalar>.rowLength(atLeast: depth + StepBlock.steps)
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

  /// Where blocks of delayed rates begin, seen from the next step.
  var blocks: DelayedBlocks<Scalar> {
    DelayedBlocks(
      rates: UnsafePointer(storage.scalars), rowLength: rowLength, depth: depth, next: next)
  }

  /// Adds the first `count` steps of a block of rates, in rows.
  func append(_ rates: UnsafePointer<Scalar>, count: Int) {
    let block = StepBlock.steps
    let next = next
    for first in stride(from: 0, to: neurons, by: block) {
      StepTile(
        rates + StepBlock.place(ofNeuron: first, Scalar.self), stride: Scalar.Vector.scalarCount
      ).transposed.store(storage.scalars + first * rowLength + next, stride: rowLength)
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
    self.next = (next + count) % depth
  }

  /// The last `count` steps, oldest first, shape `[step, neuron]`: those with some indices.
  func history(_ count: Int, _ range: Range<Int>) -> [Scalar] {
    let latest = blocks
    // No `map`: where this is not specialised, optimised code of Swift 6.3 got another array back.
    var past: [Scalar] = []
    past.reserveCapacity(range.count)
    for index in range {
      past.append(latest.block(index % neurons, delay: count - index / neurons)[0])
    }
    // Its pointers alone would not keep the ring alive.
    withExtendedLifetime(self) {}
    return past
  }
}

/// The places of delayed rates for blocks of steps.
struct DelayedBlocks<Scalar: VectorScalar> {
  fileprivate let rates: UnsafePointer<Scalar>
  fileprivate let rowLength: Int
  fileprivate let depth: Int
  fileprivate let next: Int

  /// Rates `r(t - delay)` of a neuron for 8 steps t.
  ///
  /// Rates that are not there yet, because t reaches `delay` or more beyond the next step, are older
  /// ones instead.
  ///
  /// - Parameter offset: How many steps after the next one the block begins.
  @inline(__always)
  func block(_ neuron: Int, delay: Int, offset: Int = 0) -> UnsafePointer<Scalar> {
    let slot = next &+ offset &- delay
    return rates + (neuron &* rowLength &+ (slot < 0 ? slot &+ depth : slot))
  }

  /// The rates of 8 neighbouring neurons, a row for each, and a delay for each.
  @inline(__always)
  func tile(_ first: Int, delays: UnsafePointer<Int>, offset: Int) -> StepTile<Scalar> {
    @inline(__always)
    func row(_ index: Int) -> SIMD8<Scalar> {
      StepTile.load(block(first &+ index, delay: delays[index], offset: offset))
    }
    return StepTile(row(0), row(1), row(2), row(3), row(4), row(5), row(6), row(7))
  }
}
