/// Delayed rates `x` and presynaptic traces `xbar` of all neurons within a window (step 6 of the
/// model).
final class DelayedActivity<Scalar: VectorScalar> {
  private let neurons: Int
  private let delays: FixedBuffer<Int>

  // xbar(t) = gain x(t) + decay xbar(t - 1)
  private let gain: Scalar
  private let decay: Scalar

  // Shape [step of the window, neuron].
  private let rates: VectorBuffer<Scalar>

  // Shape [1 + step of the window, neuron]: the first row holds the traces before the window.
  private let traces: VectorBuffer<Scalar>
  private let stride: Int

  /// Index of the row of traces that holds the latest step.
  private var latest = 0

  /// Allocates memory for windows of up to `blocks` blocks.
  init(_ network: Network, constants: ModelConstants, blocks: Int) {
    neurons = network.neurons
    let padded = StepBlock.count(steps: neurons) * StepBlock.steps
    // The padding of the last group gets a valid delay too, so that it is read within the ring.
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

  /// The rows that begin at a step of the window.
  @inline(__always)
  func rows(from step: Int) -> PresynapticRows<Scalar> {
    PresynapticRows(
      rates: UnsafePointer(rates.scalars + step &* stride),
      traces: UnsafePointer(traces.scalars + step &* stride), stride: stride)
  }

  /// Reads the delayed rates of a window and advances the traces (step 6 of the model).
  ///
  /// Each group of 8 neurons goes through the whole window while its rates are in the cache. When
  /// all groups are done, ``endPreparation(steps:)`` must follow.
  ///
  /// - Parameter groups: Groups of 8 neurons, which depend on no other group.
  func prepare(_ groups: Range<Int>, steps: Int, from ring: RateRing<Scalar>) {
    let blocks = StepBlock.count(steps: steps)
    let delayed = ring.blocks
    let delays = delays.elements
    let stride = stride
    let gain = SIMD8(repeating: gain)
    let decay = SIMD8(repeating: decay)
    for group in groups {
      let neuron = group &* StepBlock.steps
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
  }

  /// Ends the preparation of a window.
  func endPreparation(steps: Int) { latest = steps }

  /// Groups of 8 neurons.
  var groups: Int { StepBlock.count(steps: neurons) }

  /// Prepares rows for a pass that applies only the update of the latest step and gives no input.
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

/// Delayed rates of all neurons in consecutive steps, and the traces before each of these steps:
/// one row per step.
public struct PresynapticRows<Scalar: VectorScalar> {
  /// Delayed rates in the first step, shape `[neuron]`.
  var rates: UnsafePointer<Scalar>

  /// Traces before the first step, shape `[neuron]`.
  var traces: UnsafePointer<Scalar>

  /// Distance between rows [numbers].
  var stride: Int
}
