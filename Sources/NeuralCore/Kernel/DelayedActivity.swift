/// What arrives at the dendrites within a window: delayed rates `R` and presynaptic traces `X`.
final class DelayedActivity<Scalar: VectorScalar> {
  private let neurons: Int
  private let delays: FixedBuffer<Int>

  // A trace is `x(t) = gain r(t) + decay x(t - 1)`.
  private let gain: Scalar
  private let decay: Scalar

  // Shape [step of the window, neuron].
  private let rates: VectorBuffer<Scalar>

  // Shape [1 + step of the window, neuron]: the first row is that of the step before the window.
  private let traces: VectorBuffer<Scalar>
  private let stride: Int

  /// The row of the latest step.
  private var latest = 0

  /// Prepares for windows of up to so many blocks.
  init(_ network: Network, constants: ModelConstants, blocks: Int) {
    neurons = network.neurons
    let padded = StepBlock.count(steps: neurons) * StepBlock.steps
    // Neurons that only fill up the last group have a delay like any other, to read within the ring.
    let delays = network.dendriticDelay.map { $0 - 1 }
    self.delays = FixedBuffer(delays + [Int](repeating: delays[0], count: padded - neurons))
    let leak = constants.leakConductance
    let coupling = constants.dendriteConductance
    gain = Scalar(constants.timeStep * leak * coupling / (leak + coupling))
    decay = Scalar(1 - leak * constants.timeStep)
    stride = VectorBuffer<Scalar>.rowLength(atLeast: padded)
    let steps = blocks * StepBlock.steps
    rates = VectorBuffer(scalars: steps * stride)
    traces = VectorBuffer(network.state.trace, toAtLeast: (1 + steps) * stride)
  }

  /// The rows from a step of the window on.
  @inline(__always)
  func rows(from step: Int) -> PresynapticRows<Scalar> {
    PresynapticRows(
      rates: UnsafePointer(rates.scalars + step &* stride),
      traces: UnsafePointer(traces.scalars + step &* stride), stride: stride)
  }

  /// Reads the rates of a window of so many steps, and advances the traces (step 6 of the model).
  ///
  /// Some neurons go through the whole window before the next ones do, while their rates are in the cache.
  func prepare(steps: Int, from ring: RateRing<Scalar>) {
    let blocks = StepBlock.count(steps: steps)
    let delayed = ring.blocks
    let delays = delays.elements
    let stride = stride
    let gain = SIMD8(repeating: gain)
    let decay = SIMD8(repeating: decay)
    for neuron in Swift.stride(from: 0, to: neurons, by: StepBlock.steps) {
      var rateRow = rates.scalars + neuron
      var traceRow = traces.scalars + neuron
      var trace = StepTile.load(traceRow + latest &* stride)
      StepTile.store(trace, to: traceRow)
      for block in 0..<blocks {
        let tile = delayed.tile(
          neuron, delays: delays + neuron, offset: block &* StepBlock.steps
        ).transposed
        tile.store(rateRow, stride: stride)
        rateRow += StepBlock.steps &* stride
        tile.forEachRow { rates in
          trace = (gain * rates).addingProduct(decay, trace)
          traceRow += stride
          StepTile.store(trace, to: traceRow)
        }
      }
    }
    latest = steps
  }

  /// Leaves rows from which only the update of the latest step comes, and no input.
  func prepareSettling() {
    traces.scalars.update(from: traces.scalars + latest * stride, count: stride)
    latest = 0
    for index in 0..<stride { traces.scalars[stride + index] = 0 }
    for index in 0..<StepPair.steps * stride { rates.scalars[index] = 0 }
  }

  /// The traces after the latest step, shape `[neuron]`.
  var latestTrace: [Double] {
    (0..<neurons).map { Double(traces.scalars[latest * stride + $0]) }
  }
}

/// Delayed rates of all neurons in steps that follow each other, and the traces after the step before
/// each of them, a row for each step.
public struct PresynapticRows<Scalar: VectorScalar> {
  /// Delayed rates in the first step, shape `[neuron]`.
  var rates: UnsafePointer<Scalar>

  /// Traces before the first step, shape `[neuron]`.
  var traces: UnsafePointer<Scalar>

  /// From one row to the next.
  var stride: Int
}
