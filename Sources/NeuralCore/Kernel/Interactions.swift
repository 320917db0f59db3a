/// How much the surprise of one step changes the dendritic input of a later step of its block.
///
/// Weights are only updated between blocks. Within one, step t would see the updates of the steps
/// k < t before it: surprise(k) times the learning rate times
///
///     G[k, t] = sum over the presynaptic neurons j of X[j, k] R[j, t]
///
/// Where all synapses exist, G is the same for all postsynaptic neurons but for the learning rates,
/// which differ between visible and latent presynaptic neurons, and for the synapse that would lead
/// from a neuron to itself.
final class Interactions<Scalar: VectorScalar> {
  private let neurons: Int
  private let visible: Int

  // Shape [block, visible or any, k, t].
  private let storage: VectorBuffer<Scalar>

  private static var size: Int { StepBlock.steps * StepBlock.steps }

  /// Prepares for windows of up to so many blocks.
  init(_ network: Network, blocks: Int) {
    neurons = network.neurons
    visible = network.visible
    storage = VectorBuffer(scalars: blocks * 2 * Self.size)
  }

  /// G of visible presynaptic neurons in a block, shape `[k, t]`.
  @inline(__always)
  func fromVisible(inBlock block: Int) -> UnsafePointer<Scalar> {
    UnsafePointer(storage.scalars + 2 * block * Self.size)
  }

  /// G of all presynaptic neurons in a block, shape `[k, t]`.
  @inline(__always)
  func fromAny(inBlock block: Int) -> UnsafePointer<Scalar> {
    UnsafePointer(storage.scalars + (2 * block + 1) * Self.size)
  }

  /// Computes all for a block.
  func prepare(block: Int, _ activity: DelayedActivity<Scalar>) {
    let rates = activity.rates(ofBlock: block)
    let traces = activity.traces(ofBlock: block)
    let ofVisible = storage.scalars + 2 * block * Self.size
    let ofAny = ofVisible + Self.size
    sum(0..<visible, rates, traces, into: ofVisible)
    sum(visible..<neurons, rates, traces, into: ofAny)
    for index in 0..<Self.size { ofAny[index] += ofVisible[index] }
  }

  @inline(__always)
  private func sum(
    _ neurons: Range<Int>, _ rates: UnsafePointer<Scalar>, _ traces: UnsafePointer<Scalar>,
    into result: UnsafeMutablePointer<Scalar>
  ) {
    typealias Row = SIMD8<Scalar>
    var g0 = Row()
    var g1 = Row()
    var g2 = Row()
    var g3 = Row()
    var g4 = Row()
    var g5 = Row()
    var g6 = Row()
    for neuron in neurons {
      let trace = traces + neuron * StepBlock.steps
      let rate = StepTile.load(rates + neuron * StepBlock.steps)
      g0.addProduct(rate, Row(repeating: trace[0]))
      g1.addProduct(rate, Row(repeating: trace[1]))
      g2.addProduct(rate, Row(repeating: trace[2]))
      g3.addProduct(rate, Row(repeating: trace[3]))
      g4.addProduct(rate, Row(repeating: trace[4]))
      g5.addProduct(rate, Row(repeating: trace[5]))
      g6.addProduct(rate, Row(repeating: trace[6]))
    }
    StepTile.store(g0, to: result)
    StepTile.store(g1, to: result + StepBlock.steps)
    StepTile.store(g2, to: result + 2 * StepBlock.steps)
    StepTile.store(g3, to: result + 3 * StepBlock.steps)
    StepTile.store(g4, to: result + 4 * StepBlock.steps)
    StepTile.store(g5, to: result + 5 * StepBlock.steps)
    StepTile.store(g6, to: result + 6 * StepBlock.steps)
  }
}
