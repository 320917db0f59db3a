/// The dendritic weights in the order in which the fused kernel walks through them.
///
/// Postsynaptic neurons lie along the vectors. Two neighbouring vectors make a panel, and a panel
/// holds its two vectors for one presynaptic column after another: one pass over contiguous memory
/// applies the pending weight update and takes the product with the delayed rates, so each weight
/// is loaded and stored once per step.
///
/// Columns are the visible, then the latent presynaptic neurons, each group filled up to an even
/// number with columns whose rates and traces are always zero.
struct WeightPanels<Scalar: VectorScalar> {
  typealias Vector = Scalar.Vector

  let neurons: Int
  let visible: Int
  let visibleColumns: Int
  let columns: Int
  let panels: Int
  private let storage: VectorBuffer<Scalar>
  private let diagonal: [Int]

  /// 1 where a synapse exists and 0 elsewhere, in the order of the weights; nil where all that
  /// could learn exist, but for those from a neuron to itself.
  private let mask: VectorBuffer<Scalar>?

  /// Lanes of one panel.
  static var panelWidth: Int { 2 * Vector.scalarCount }

  /// Number of neurons, filled up to whole panels.
  var paddedNeurons: Int { panels * Self.panelWidth }

  /// Takes the weights of a network.
  init(_ network: Network, _ learning: LearningRule) {
    let neurons = network.neurons
    let visible = network.visible
    let visibleColumns = (visible + 1) / 2 * 2
    let columns = visibleColumns + (network.latent + 1) / 2 * 2
    let panels = (neurons + Self.panelWidth - 1) / Self.panelWidth
    self.neurons = neurons
    self.visible = visible
    self.visibleColumns = visibleColumns
    self.columns = columns
    self.panels = panels
    storage = VectorBuffer(scalars: panels * columns * Self.panelWidth)
    diagonal = (0..<neurons).map { neuron in
      Self.offset(
        post: neuron, column: Self.column(neuron, visible, visibleColumns), columns: columns)
    }
    mask =
      Self.isSparse(network, learning) ? VectorBuffer(scalars: storage.scalarCount) : nil
    for post in 0..<neurons {
      for pre in 0..<neurons {
        let place = offset(post: post, pre: pre)
        storage.scalars[place] = Scalar(network.dendriticWeight[post * neurons + pre])
        mask?.scalars[place] = network.dendriticSynapse[post * neurons + pre] ? 1 : 0
      }
    }
  }

  /// Whether a synapse is missing that would learn if it were there.
  private static func isSparse(_ network: Network, _ learning: LearningRule) -> Bool {
    let neurons = network.neurons
    return (0..<neurons).contains { post in
      (0..<neurons).contains { pre in
        post != pre && !network.dendriticSynapse[post * neurons + pre]
          && learning.rate(
            isPostVisible: post < network.visible, isPreVisible: pre < network.visible) != 0
      }
    }
  }

  private static func offset(post: Int, column: Int, columns: Int) -> Int {
    (post / panelWidth * columns + column) * panelWidth + post % panelWidth
  }

  private static func column(_ pre: Int, _ visible: Int, _ visibleColumns: Int) -> Int {
    pre < visible ? pre : visibleColumns + pre - visible
  }

  private func offset(post: Int, pre: Int) -> Int {
    Self.offset(post: post, column: column(pre), columns: columns)
  }

  /// The column of a presynaptic neuron.
  func column(_ pre: Int) -> Int {
    Self.column(pre, visible, visibleColumns)
  }

  /// The weights in a network's order, shape `[post, pre]`.
  var weights: [Double] {
    (0..<neurons).flatMap { post in
      (0..<neurons).map { pre in Double(storage.scalars[offset(post: post, pre: pre)]) }
    }
  }

  /// Adds the pending update to every weight and multiplies the weights with the delayed rates.
  ///
  /// Weights from a neuron to itself do not exist. The pass treats them like any other, because a
  /// test would cost more than the repair: they were zero, so what they became is the update alone.
  ///
  /// - Parameters:
  ///   - fromVisible: Learning rate times surprise for visible presynaptic neurons,
  ///     shape `[post]`; `fromLatent` for latent ones.
  ///   - trace: Presynaptic traces of the step that is pending, shape `[column]`.
  ///   - rates: Delayed rates of this step, shape `[column]`.
  ///   - input: Receives the dendritic input, shape `[post]`.
  @inline(__always)
  func updateAndMultiply(
    fromVisible: UnsafePointer<Vector>, fromLatent: UnsafePointer<Vector>,
    trace: UnsafePointer<Scalar>, rates: UnsafePointer<Scalar>, input: UnsafeMutablePointer<Vector>
  ) {
    if let mask {
      for panel in 0..<panels {
        let start = panel * columns * 2
        var sums = PanelSums<Scalar>()
        sums.pass(
          storage.vectors + start, mask: mask.vectors + start, trace, rates,
          columns: 0..<visibleColumns, fromVisible[2 * panel], fromVisible[2 * panel + 1])
        sums.pass(
          storage.vectors + start, mask: mask.vectors + start, trace, rates,
          columns: visibleColumns..<columns, fromLatent[2 * panel], fromLatent[2 * panel + 1])
        sums.store(input + 2 * panel)
      }
      return
    }
    for panel in 0..<panels {
      let weights = storage.vectors + panel * columns * 2
      var sums = PanelSums<Scalar>()
      sums.pass(
        weights, trace, rates, columns: 0..<visibleColumns, fromVisible[2 * panel],
        fromVisible[2 * panel + 1])
      sums.pass(
        weights, trace, rates, columns: visibleColumns..<columns, fromLatent[2 * panel],
        fromLatent[2 * panel + 1])
      sums.store(input + 2 * panel)
    }
    repairDiagonal(rates, input)
  }

  /// Takes back what the pass did to weights from a neuron to itself.
  @inline(__always)
  private func repairDiagonal(
    _ rates: UnsafePointer<Scalar>, _ input: UnsafeMutablePointer<Vector>
  ) {
    let scalars = storage.scalars
    let inputs = UnsafeMutableRawPointer(input).assumingMemoryBound(to: Scalar.self)
    for neuron in 0..<neurons {
      let own = diagonal[neuron]
      inputs[neuron] -= scalars[own] * rates[column(neuron)]
      scalars[own] = 0
    }
  }
}

/// The sums of one panel: even and odd columns apart, so that four additions are under way at once.
private struct PanelSums<Scalar: VectorScalar> {
  typealias Vector = Scalar.Vector

  private var evenFirst = Vector()
  private var evenSecond = Vector()
  private var oddFirst = Vector()
  private var oddSecond = Vector()

  /// Adds an update to the weights of some columns, and their product with the rates to the sums.
  ///
  /// - Parameter columns: An even number of columns.
  @inline(__always)
  mutating func pass(
    _ weights: UnsafeMutablePointer<Vector>, _ trace: UnsafePointer<Scalar>,
    _ rates: UnsafePointer<Scalar>, columns: Range<Int>, _ first: Vector, _ second: Vector
  ) {
    for column in stride(from: columns.lowerBound, to: columns.upperBound, by: 2) {
      let weight = weights + 2 * column
      let evenTrace = Vector(repeating: trace[column])
      let oddTrace = Vector(repeating: trace[column + 1])
      add(
        weight[0].addingProduct(first, evenTrace), weight[1].addingProduct(second, evenTrace),
        weight[2].addingProduct(first, oddTrace), weight[3].addingProduct(second, oddTrace),
        to: weight, rates[column], rates[column + 1])
    }
  }

  /// The same where some synapses do not exist.
  @inline(__always)
  mutating func pass(
    _ weights: UnsafeMutablePointer<Vector>, mask: UnsafePointer<Vector>,
    _ trace: UnsafePointer<Scalar>, _ rates: UnsafePointer<Scalar>, columns: Range<Int>,
    _ first: Vector, _ second: Vector
  ) {
    for column in stride(from: columns.lowerBound, to: columns.upperBound, by: 2) {
      let weight = weights + 2 * column
      let exists = mask + 2 * column
      let evenTrace = Vector(repeating: trace[column])
      let oddTrace = Vector(repeating: trace[column + 1])
      add(
        weight[0].addingProduct(first * evenTrace, exists[0]),
        weight[1].addingProduct(second * evenTrace, exists[1]),
        weight[2].addingProduct(first * oddTrace, exists[2]),
        weight[3].addingProduct(second * oddTrace, exists[3]),
        to: weight, rates[column], rates[column + 1])
    }
  }

  /// Stores the new weights of two columns and adds their product with the rates.
  @inline(__always)
  private mutating func add(
    _ w0: Vector, _ w1: Vector, _ w2: Vector, _ w3: Vector, to weight: UnsafeMutablePointer<Vector>,
    _ evenRate: Scalar, _ oddRate: Scalar
  ) {
    weight[0] = w0
    weight[1] = w1
    weight[2] = w2
    weight[3] = w3
    let even = Vector(repeating: evenRate)
    let odd = Vector(repeating: oddRate)
    evenFirst.addProduct(w0, even)
    evenSecond.addProduct(w1, even)
    oddFirst.addProduct(w2, odd)
    oddSecond.addProduct(w3, odd)
  }

  /// Writes the two vectors of sums.
  @inline(__always)
  func store(_ input: UnsafeMutablePointer<Vector>) {
    input[0] = evenFirst + oddFirst
    input[1] = evenSecond + oddSecond
  }
}
