/// What arrives at the dendrites within a window: delayed rates `R` and presynaptic traces `X`.
///
/// Both are kept in both orders of a ``StepBlock``, columns and rows.
final class DelayedActivity<Scalar: VectorScalar> {
  private let neurons: Int
  private let delays: [Int]
  private let decay: Scalar
  private let gain: Scalar
  private let blocks: Int

  // Shape [block, panel, step of the block, lane].
  private let rateRowStorage: VectorBuffer<Scalar>
  private let traceRowStorage: VectorBuffer<Scalar>

  // Shape [block, neuron, step of the block]; of traces there is one block more: the latest one
  // before the window.
  private let rateStorage: VectorBuffer<Scalar>
  private let traceStorage: VectorBuffer<Scalar>
  private let columnScalars: Int
  private let recordScalars: Int

  // Records of quads for networks that lack synapses, shape [block, quad, neuron, record].
  private let recordStorage: VectorBuffer<Scalar>
  private var latestTraces = 0

  // The trace after the latest step, shape [paddedNeuron].
  private let trace: VectorBuffer<Scalar>

  /// Prepares for windows of up to so many blocks.
  init(
    _ network: Network, constants: ModelConstants, blocks: Int, paddedNeurons: Int, isSparse: Bool
  ) {
    neurons = network.neurons
    // Filled up to whole tiles: those of neurons that do not exist have any delay.
    let missing = StepBlock.count(steps: neurons) * StepBlock.steps - neurons
    delays = network.dendriticDelay.map { $0 - 1 } + Array(repeating: 1, count: missing)
    let leak = constants.leakConductance
    let coupling = constants.dendriteConductance
    decay = Scalar(1 - leak * constants.timeStep)
    gain = Scalar(constants.timeStep * leak * coupling / (leak + coupling))
    self.blocks = blocks
    rateRowStorage = VectorBuffer(scalars: blocks * StepBlock.steps * paddedNeurons)
    traceRowStorage = VectorBuffer(scalars: blocks * StepBlock.steps * paddedNeurons)
    columnScalars = paddedNeurons * StepBlock.steps
    rateStorage = VectorBuffer(scalars: blocks * columnScalars)
    traceStorage = VectorBuffer(scalars: (blocks + 1) * columnScalars)
    recordScalars = network.neurons * StepQuad.record
    recordStorage = VectorBuffer(scalars: isSparse ? blocks * 2 * recordScalars : 0)
    trace = VectorBuffer(network.state.trace, toAtLeast: paddedNeurons)
  }

  /// Delayed rates of a block, shape `[neuron, step of the block]`.
  @inline(__always)
  func rates(ofBlock block: Int) -> UnsafePointer<Scalar> {
    UnsafePointer(rateStorage.scalars + block * columnScalars)
  }

  /// Traces of a block after step 6 of the model, shape `[neuron, step of the block]`; block -1 is
  /// the latest one before the window.
  @inline(__always)
  func traces(ofBlock block: Int) -> UnsafePointer<Scalar> {
    let place = latestTraces + 1 + block
    return UnsafePointer(
      traceStorage.scalars + (place > blocks ? place - blocks - 1 : place) * columnScalars)
  }

  /// ``StepQuad/record`` of each neuron for one of the two quads of a block.
  @inline(__always)
  func records(ofBlock block: Int, quad: Int) -> UnsafePointer<Scalar> {
    UnsafePointer(recordStorage.scalars + (2 * block + quad) * recordScalars)
  }

  /// Delayed rates of a block, shape `[panel, step]`.
  @inline(__always)
  func rateRows(ofBlock block: Int) -> UnsafePointer<Scalar.Vector> {
    UnsafePointer(rateRowStorage.vectors + block * columnScalars / Scalar.Vector.scalarCount)
  }

  /// Traces of a block, shape `[panel, step]`.
  @inline(__always)
  func traceRows(ofBlock block: Int) -> UnsafePointer<Scalar.Vector> {
    UnsafePointer(traceRowStorage.vectors + block * columnScalars / Scalar.Vector.scalarCount)
  }

  /// Reads the rates of a block, of which `count` steps are taken, and advances the traces.
  func prepare(block: Int, count: Int, from ring: RateRing<Scalar>) {
    let steps = StepBlock.steps
    let columns = UnsafeMutablePointer(mutating: rates(ofBlock: block))
    let traceColumns = UnsafeMutablePointer(mutating: traces(ofBlock: block))
    let rows = rateRowStorage.scalars + block * columnScalars
    let traceRows = traceRowStorage.scalars + block * columnScalars
    let delayed = ring.blocks(offset: block * steps)
    let lanes = Scalar.Vector.scalarCount
    delays.withUnsafeBufferPointer { delays in
      for first in stride(from: 0, to: delays.count, by: steps) {
        @inline(__always)
        func rates(_ number: Int) -> SIMD8<Scalar> {
          StepTile.load(delayed.block(first &+ number, delay: delays[first &+ number]))
        }
        let tile = StepTile(
          rates(0), rates(1), rates(2), rates(3), rates(4), rates(5), rates(6), rates(7))
        tile.store(columns + first * steps, stride: steps)
        let place = StepBlock.place(ofNeuron: first, Scalar.self)
        let turned = tile.transposed
        turned.store(rows + place, stride: lanes)
        // Step 6.
        let traces = turned.filtered(from: trace.scalars + first, gain: gain, decay: decay)
        traces.store(traceRows + place, stride: lanes)
        StepTile.store(
          StepTile.load(traceRows + place + (count - 1) * lanes), to: trace.scalars + first)
        traces.transposed.store(traceColumns + first * steps, stride: steps)
      }
    }
  }

  /// Computes the records of a block, for networks that lack synapses.
  ///
  /// - Parameter latest: First step of the last quad that was taken of the block before.
  func prepareRecords(block: Int, latest: Int) {
    let rates = rates(ofBlock: block)
    let traces = traces(ofBlock: block)
    let before = self.traces(ofBlock: block - 1) + latest
    let first = UnsafeMutablePointer(mutating: records(ofBlock: block, quad: 0))
    let second = UnsafeMutablePointer(mutating: records(ofBlock: block, quad: 1))
    for neuron in 0..<neurons {
      let column = neuron * StepBlock.steps
      let later = column + StepQuad.steps
      StepQuad.write(
        latest: before + column, traces: traces + column, rates: rates + column,
        to: first + neuron * StepQuad.record)
      StepQuad.write(
        latest: traces + column, traces: traces + later, rates: rates + later,
        to: second + neuron * StepQuad.record)
    }
  }

  /// Ends a window of so many blocks.
  func advance(blocks count: Int) {
    latestTraces = (latestTraces + count) % (blocks + 1)
  }

  /// The traces after the latest step, shape `[neuron]`.
  var latestTrace: [Double] { trace.doubles(neurons) }
}
