/// Delayed rates `x` and presynaptic traces `xbar` of all neurons within a window (step 6 of the
/// model).
///
/// Each thread that computes a part of the window has rows of its own: computing them takes less
/// time than fetching them from the cache of another core.
final class DelayedActivity<Scalar: VectorScalar> {
  private let neurons: Int
  private let delays: FixedBuffer<Int>

  // xbar(t) = gain x(t) + decay xbar(t - 1)
  private let gain: Scalar
  private let decay: Scalar

  /// The traces before the window, shape `[neuron]`.
  private let start: VectorBuffer<Scalar>
  /// The number of the window.
  private var window = 0

  /// The rows of each member of a team. A member uses only its own element, which is nil before its
  /// first window.
  private let rows: UnsafeMutablePointer<Rows?>
  private let stride: Int
  private let blocks: Int

  /// The rows of one member.
  private final class Rows {
    // Shape [step of the window, neuron].
    let rates: VectorBuffer<Scalar>
    // Shape [1 + step of the window, neuron]: the first row holds the traces before the window.
    let traces: VectorBuffer<Scalar>
    /// The number of the window that they hold.
    var window = -1

    init(steps: Int, stride: Int) {
      rates = VectorBuffer(scalars: steps * stride)
      traces = VectorBuffer(scalars: (1 + steps) * stride)
    }
  }

  /// The length of a row [numbers].
  private static func stride(neurons: Int) -> Int {
    VectorBuffer<Scalar>.rowLength(atLeast: StepBlock.count(steps: neurons) * StepBlock.steps)
  }

  /// The memory of the rows of a member [bytes].
  static func bytesPerMember(neurons: Int, blocks: Int) -> Int {
    let rows = 1 + 2 * blocks * StepBlock.steps
    return rows * stride(neurons: neurons) * MemoryLayout<Scalar>.stride
  }

  /// Creates rows for windows of up to `blocks` blocks.
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
    stride = Self.stride(neurons: neurons)
    self.blocks = blocks
    start = VectorBuffer(network.state.trace, toAtLeast: stride)
    rows = .allocate(capacity: Part.most)
    rows.initialize(repeating: nil, count: Part.most)
  }

  deinit {
    rows.deinitialize(count: Part.most)
    rows.deallocate()
  }

  /// The rows of a member of a team for the current window. They are computed when the member first
  /// asks for them.
  ///
  /// - Parameters:
  ///   - steps: Length of the window.
  ///   - ring: The rates before the window.
  func rows(of member: Int, steps: Int, from ring: RateRing<Scalar>) -> PresynapticRows<Scalar> {
    let rows = memory(of: member)
    if rows.window != window {
      prepare(rows, StepBlock.count(steps: steps), from: ring)
      rows.window = window
    }
    return presynaptic(rows)
  }

  private func memory(of member: Int) -> Rows {
    if let rows = rows[member] { return rows }
    let new = Rows(steps: blocks * StepBlock.steps, stride: stride)
    rows[member] = new
    return new
  }

  private func presynaptic(_ rows: Rows) -> PresynapticRows<Scalar> {
    PresynapticRows(
      rates: UnsafePointer(rows.rates.scalars), traces: UnsafePointer(rows.traces.scalars),
      stride: stride)
  }

  /// Reads the delayed rates of a window and advances the traces (step 6 of the model).
  ///
  /// Each group of 8 neurons goes through the whole window while its rates are in the cache.
  private func prepare(_ rows: Rows, _ blocks: Int, from ring: RateRing<Scalar>) {
    let delayed = ring.blocks
    let delays = delays.elements
    let stride = stride
    let gain = SIMD8(repeating: gain)
    let decay = SIMD8(repeating: decay)
    for neuron in Swift.stride(from: 0, to: neurons, by: StepBlock.steps) {
      var rateRow = rows.rates.scalars + neuron
      var traceRow = rows.traces.scalars + neuron
      var trace = StepTile.load(start.scalars + neuron)
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

  /// Ends a window of `steps` steps, before its rates count as the past of `ring`.
  func advance(_ steps: Int, from ring: RateRing<Scalar>) {
    let latest = rows(of: 0, steps: steps, from: ring).traces + steps * stride
    start.scalars.update(from: latest, count: stride)
    window += 1
  }

  /// Rows for a pass that applies only the update of the latest step and gives no input.
  func settling() -> PresynapticRows<Scalar> {
    let rows = memory(of: 0)
    rows.window = -1
    rows.traces.scalars.update(from: start.scalars, count: stride)
    for index in 0..<stride { rows.traces.scalars[stride + index] = 0 }
    for index in 0..<StepPair.steps * stride { rows.rates.scalars[index] = 0 }
    return presynaptic(rows)
  }

  /// The traces after the latest step, shape `[neuron]`.
  var latestTrace: [Double] { (0..<neurons).map { Double(start.scalars[$0]) } }
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

  /// The rows from a later step on.
  @inline(__always)
  func from(_ step: Int) -> PresynapticRows {
    PresynapticRows(
      rates: rates + step &* stride, traces: traces + step &* stride, stride: stride)
  }
}
