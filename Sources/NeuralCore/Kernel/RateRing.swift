import CVectors

/// The rates of the last steps, stored neuron by neuron so that a block of delayed rates of one
/// neuron is contiguous.
final class RateRing<Scalar: VectorScalar> {
  private let storage: VectorBuffer<Scalar>
  private let neurons: Int
  private let depth: Int
  private let rowLength: Int

  /// The slot for the next step.
  private var next = 0

  /// Creates a ring that reaches `longestDelay` steps back from the next step, also while the rates
  /// of a window are added: the threads of a team do so while others still read the past.
  ///
  /// - Parameters:
  ///   - windowLength: The longest window [steps].
  ///   - history: Rates of the last steps, oldest first, shape `[step, neuron]`.
  ///   - restingRate: The rate of all earlier steps.
  init(
    neurons: Int, longestDelay: Int, windowLength: Int, history: NumberArray, restingRate: Double
  ) {
    self.neurons = neurons
    // Blocks are always written as a whole, even if only some of their steps count. A depth of
    // whole blocks keeps each block within a cache line.
    depth =
      StepBlock.count(steps: longestDelay + windowLength + StepBlock.steps) * StepBlock.steps
    // The first slots are repeated after the last one, so that every block is contiguous.
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

  /// Blocks of delayed rates, relative to the next step.
  var blocks: DelayedBlocks<Scalar> {
    DelayedBlocks(
      rates: UnsafePointer(storage.scalars), rowLength: rowLength, depth: depth, next: next)
  }

  /// Adds a block of rates of some neurons, which is stored in rows (``StepBlock``).
  ///
  /// - Parameters:
  ///   - range: The neurons; their first index is a multiple of 8.
  ///   - offset: The start of the block, in steps after the next step.
  func append(_ rates: UnsafePointer<Scalar>, of range: Range<Int>, at offset: Int) {
    let block = StepBlock.steps
    let next = (next + offset) % depth
    for first in stride(from: range.lowerBound, to: range.upperBound, by: block) {
      StepTile(
        rates + StepBlock.place(ofNeuron: first, Scalar.self), stride: Scalar.Vector.scalarCount
      ).transposed.store(storage.scalars + first * rowLength + next, stride: rowLength)
    }
    // Keep the repeated slots equal to the first ones.
    let overhang = next + block - depth
    if overhang > 0 || next < block {
      for neuron in range {
        let row = storage.scalars + neuron * rowLength
        for slot in 0..<max(0, overhang) { row[slot] = row[depth + slot] }
        for slot in min(next, block)..<block { row[depth + slot] = row[slot] }
      }
    }
  }

  /// Fetches the memory of a block that ``append(_:of:at:)`` will write from the caches of other
  /// cores.
  func prepareAppending(of range: Range<Int>, at offset: Int) {
    let first = storage.scalars + (next + offset) % depth
    for neuron in range { elise_prepare_writing(first + neuron &* rowLength) }
  }

  /// Ends a window of `count` steps.
  func advance(_ count: Int) { next = (next + count) % depth }

  /// A range of the rates of the last `count` steps, oldest first, shape `[step, neuron]`.
  func history(_ count: Int, _ range: Range<Int>) -> [Scalar] {
    let latest = blocks
    // No `map`: without specialisation, optimised code of Swift 6.3 received a wrong array.
    var past: [Scalar] = []
    past.reserveCapacity(range.count)
    for index in range {
      past.append(latest.block(index % neurons, delay: count - index / neurons)[0])
    }
    // The pointers alone do not keep the ring alive.
    withExtendedLifetime(self) {}
    return past
  }
}

/// Access to blocks of delayed rates.
struct DelayedBlocks<Scalar: VectorScalar> {
  fileprivate let rates: UnsafePointer<Scalar>
  fileprivate let rowLength: Int
  fileprivate let depth: Int
  fileprivate let next: Int

  /// Rates `r(t - delay)` of a neuron for 8 consecutive steps t.
  ///
  /// Entries for rates that do not exist yet (t at least `delay` steps after the next step) hold
  /// older rates.
  ///
  /// - Parameter offset: Start of the block, in steps after the next step.
  @inline(__always)
  func block(_ neuron: Int, delay: Int, offset: Int = 0) -> UnsafePointer<Scalar> {
    let slot = next &+ offset &- delay
    return rates + (neuron &* rowLength &+ (slot < 0 ? slot &+ depth : slot))
  }

  /// The delayed rates of 8 neighbouring neurons, one row per neuron, each with its own delay.
  @inline(__always)
  func tile(_ first: Int, delays: UnsafePointer<Int>, offset: Int) -> StepTile<Scalar> {
    @inline(__always)
    func row(_ index: Int) -> SIMD8<Scalar> {
      StepTile.load(block(first &+ index, delay: delays[index], offset: offset))
    }
    return StepTile(row(0), row(1), row(2), row(3), row(4), row(5), row(6), row(7))
  }
}
