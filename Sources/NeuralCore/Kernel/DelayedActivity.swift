/// What arrives at the dendrites within a window: delayed rates `R` and presynaptic traces `X`.
final class DelayedActivity<Scalar: VectorScalar> {
  private let neurons: Int
  private let delays: FixedBuffer<Int>
  private let filter: TraceFilter<Scalar>

  // Shape [block, pair, neuron, record].
  private let storage: VectorBuffer<Scalar>

  // Traces of the latest block, shape [neuron, step], and the step that was the last one.
  private let traces: VectorBuffer<Scalar>
  private var latest = 0

  /// Prepares for windows of up to so many blocks.
  init(_ network: Network, constants: ModelConstants, blocks: Int) {
    neurons = network.neurons
    delays = FixedBuffer(network.dendriticDelay.map { $0 - 1 })
    filter = TraceFilter(constants)
    let steps = StepBlock.steps
    storage = VectorBuffer(
      scalars: blocks * StepPair.perBlock * network.neurons * StepPair.record)
    traces = VectorBuffer(scalars: network.neurons * steps)
    for neuron in 0..<network.neurons {
      traces.scalars[neuron * steps] = Scalar(network.state.trace[neuron])
    }
  }

  /// From the records of one pair of steps to those of the next.
  var stride: Int { neurons * StepPair.record }

  /// ``StepPair/record`` of each neuron for a pair of steps of a block.
  @inline(__always)
  func records(ofBlock block: Int, pair: Int) -> UnsafePointer<Scalar> {
    UnsafePointer(storage.scalars + (block * StepPair.perBlock + pair) * stride)
  }

  /// Reads the rates of a block, of which `count` steps are taken, and advances the traces (step 6 of
  /// the model).
  func prepare(block: Int, count: Int, from ring: RateRing<Scalar>) {
    let steps = StepBlock.steps
    let delayed = ring.blocks(offset: block * steps)
    let records = UnsafeMutablePointer(mutating: records(ofBlock: block, pair: 0))
    let delays = delays.elements
    let traces = traces.scalars
    let filter = filter
    let stride = stride
    let latest = latest
    for neuron in 0..<neurons {
      let traces = traces + neuron &* steps
      Scalar.advanceTraces(
        filter, rates: delayed.block(neuron, delay: delays[neuron]), latest: traces[latest],
        records: records + neuron &* StepPair.record, stride: stride, traces: traces)
    }
    self.latest = count - 1
  }

  /// Writes records from which only the update of the latest step comes, and no input, to where those
  /// of the window's first pair will be.
  func prepareSettling() {
    let records = storage.scalars
    for neuron in 0..<neurons {
      let record = records + neuron * StepPair.record
      for index in 0..<StepPair.record { record[index] = 0 }
      record[0] = traces.scalars[neuron * StepBlock.steps + latest]
    }
  }

  /// The traces after the latest step, shape `[neuron]`.
  var latestTrace: [Double] {
    (0..<neurons).map { Double(traces.scalars[$0 * StepBlock.steps + latest]) }
  }
}
