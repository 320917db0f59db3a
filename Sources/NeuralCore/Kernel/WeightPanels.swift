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

  /// Lanes of one panel.
  static var panelWidth: Int { 2 * Vector.scalarCount }

  /// Number of neurons, filled up to whole panels.
  var paddedNeurons: Int { panels * Self.panelWidth }

  /// Takes the weights of a network.
  init(_ network: Network) {
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
    for post in 0..<neurons {
      for pre in 0..<neurons {
        storage.scalars[offset(post: post, pre: pre)] = Scalar(
          network.dendriticWeight[post * neurons + pre])
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
    for panel in 0..<panels {
      let weights = storage.vectors + panel * columns * 2
      var sums = PanelSums<Scalar>()
      sums.pass(
        weights, trace, rates, columns: visibleColumns,
        fromVisible[2 * panel], fromVisible[2 * panel + 1])
      sums.pass(
        weights + 2 * visibleColumns, trace + visibleColumns, rates + visibleColumns,
        columns: columns - visibleColumns, fromLatent[2 * panel], fromLatent[2 * panel + 1])
      input[2 * panel] = sums.evenFirst + sums.oddFirst
      input[2 * panel + 1] = sums.evenSecond + sums.oddSecond
    }
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
  var evenFirst = Scalar.Vector()
  var evenSecond = Scalar.Vector()
  var oddFirst = Scalar.Vector()
  var oddSecond = Scalar.Vector()

  @inline(__always)
  mutating func pass(
    _ weights: UnsafeMutablePointer<Scalar.Vector>, _ trace: UnsafePointer<Scalar>,
    _ rates: UnsafePointer<Scalar>, columns: Int, _ first: Scalar.Vector, _ second: Scalar.Vector
  ) {
    var weight = weights
    for column in stride(from: 0, to: columns, by: 2) {
      let evenTrace = Scalar.Vector(repeating: trace[column])
      let evenRate = Scalar.Vector(repeating: rates[column])
      let oddTrace = Scalar.Vector(repeating: trace[column + 1])
      let oddRate = Scalar.Vector(repeating: rates[column + 1])
      let w0 = weight[0].addingProduct(first, evenTrace)
      let w1 = weight[1].addingProduct(second, evenTrace)
      let w2 = weight[2].addingProduct(first, oddTrace)
      let w3 = weight[3].addingProduct(second, oddTrace)
      weight[0] = w0
      weight[1] = w1
      weight[2] = w2
      weight[3] = w3
      evenFirst.addProduct(w0, evenRate)
      evenSecond.addProduct(w1, evenRate)
      oddFirst.addProduct(w2, oddRate)
      oddSecond.addProduct(w3, oddRate)
      weight += 4
    }
  }
}
