/// What arrives at the dendrites within a window: delayed rates `R` and presynaptic traces `X`.
///
/// Both are kept in two orders: *columns*, where the steps of a block lie side by side for one
/// presynaptic neuron, and *rows*, where the neurons lie side by side for one step.
final class DelayedActivity<Scalar: VectorScalar> {
  private let neurons: Int
  private let paddedNeurons: Int
  private let delays: [Int]
  private let decay: Scalar
  private let gain: Scalar
  private let blocks: Int

  // Shape [step of the window, paddedNeuron].
  private let rateRowStorage: VectorBuffer<Scalar>
  private let traceRowStorage: VectorBuffer<Scalar>

  // Shape [block, neuron, step of the block]; of traces there is one block more: the latest one
  // before the window.
  private let rateStorage: VectorBuffer<Scalar>
  private let traceStorage: VectorBuffer<Scalar>
  private let columnScalars: Int

  // Traces times the rates of the next step, shape [block, neuron, step of the block].
  private let productStorage: VectorBuffer<Scalar>
  private var latestTraces = 0

  // The trace after the latest step, shape [paddedNeuron].
  private let trace: VectorBuffer<Scalar>

  /// Prepares for windows of up to so many blocks.
  init(_ network: Network, constants: ModelConstants, blocks: Int, paddedNeurons: Int) {
    neurons = network.neurons
    self.paddedNeurons = paddedNeurons
    delays = network.dendriticDelay.map { $0 - 1 }
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
    productStorage = VectorBuffer(scalars: blocks * columnScalars)
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

  /// Traces of the steps of a block, each times the delayed rate of the step after it, shape
  /// `[neuron, step of the block]`; nothing for the last step.
  @inline(__always)
  func products(ofBlock block: Int) -> UnsafePointer<Scalar> {
    UnsafePointer(productStorage.scalars + block * columnScalars)
  }

  /// Delayed rates of a step of the window, shape `[paddedNeuron]`.
  @inline(__always)
  func rateRow(_ step: Int) -> UnsafePointer<Scalar.Vector> {
    UnsafePointer(rateRowStorage.vectors + step * paddedNeurons / Scalar.Vector.scalarCount)
  }

  /// Traces of a step of the window, shape `[paddedNeuron]`.
  @inline(__always)
  func traceRow(_ step: Int) -> UnsafePointer<Scalar.Vector> {
    UnsafePointer(traceRowStorage.vectors + step * paddedNeurons / Scalar.Vector.scalarCount)
  }

  /// Reads the rates of a block, of which `count` steps are taken, and advances the traces.
  func prepare(block: Int, count: Int, from ring: RateRing<Scalar>) {
    let steps = StepBlock.steps
    let columns = UnsafeMutablePointer(mutating: rates(ofBlock: block))
    let traceColumns = UnsafeMutablePointer(mutating: traces(ofBlock: block))
    let rows = rateRowStorage.scalars + block * steps * paddedNeurons
    let traceRows = traceRowStorage.scalars + block * steps * paddedNeurons
    let delayed = ring.blocks(offset: block * steps)
    delays.withUnsafeBufferPointer { delays in
      for first in stride(from: 0, to: neurons, by: steps) {
        for neuron in first..<min(first + steps, neurons) {
          StepBlock.store(
            StepBlock.load(delayed.block(neuron, delay: delays[neuron])),
            to: columns + neuron * steps)
        }
        Scalar.transpose(
          columns + first * steps, stride: steps, to: rows + first, stride: paddedNeurons)
        filter(rows + first, into: traceRows + first, trace.scalars + first, count)
        Scalar.transpose(
          traceRows + first, stride: paddedNeurons, to: traceColumns + first * steps,
          stride: steps)
      }
    }
  }

  /// Computes ``products(ofBlock:)``, for networks that lack synapses.
  func prepareProducts(block: Int) {
    let rates = rates(ofBlock: block)
    let traces = traces(ofBlock: block)
    let products = productStorage.scalars + block * columnScalars
    let last = neurons * StepBlock.steps - 1
    for index in 0..<last { products[index] = traces[index] * rates[index + 1] }
  }

  /// Step 6 of the model for 8 neurons and the steps of a block.
  @inline(__always)
  private func filter(
    _ rates: UnsafePointer<Scalar>, into traces: UnsafeMutablePointer<Scalar>,
    _ latest: UnsafeMutablePointer<Scalar>, _ count: Int
  ) {
    let decay = SIMD8(repeating: decay)
    let gain = SIMD8(repeating: gain)
    var trace = StepBlock.load(latest)
    for step in 0..<count {
      trace = (gain * StepBlock.load(rates + step * paddedNeurons))
        .addingProduct(decay, trace)
      StepBlock.store(trace, to: traces + step * paddedNeurons)
    }
    StepBlock.store(trace, to: latest)
  }

  /// Ends a window of so many blocks.
  func advance(blocks count: Int) {
    latestTraces = (latestTraces + count) % (blocks + 1)
  }

  /// The traces after the latest step, shape `[neuron]`.
  var latestTrace: [Double] { trace.doubles(neurons) }
}
