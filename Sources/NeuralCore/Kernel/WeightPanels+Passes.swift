extension WeightPanels {
  /// Whether a synapse of a panel can learn.
  @inline(__always)
  func learns(_ index: Int) -> Bool { panelBuffer.elements[index].learns }

  /// The number of learning panels before a panel.
  private func learningFrom(_ index: Int) -> Int {
    index < panels.count ? panelBuffer.elements[index].learningBefore : learningCount
  }

  /// Adds the pending updates of a pair of steps to the weights of some panels, and multiplies the
  /// weights by the delayed rates of both steps (steps 8 and 1 of the model). Skips panels that do
  /// not learn.
  ///
  /// - Parameters:
  ///   - activity: Delayed rates and traces of the pair.
  ///   - states: The neurons, shape `[panel]`.
  ///   - input: Receives the dendritic input [mV] of both steps, shape
  ///     `[panel, step of the block]`.
  func learn(
    _ range: Range<Int>, _ activity: PresynapticRows<Scalar>,
    _ states: UnsafePointer<PanelState<Scalar>>, input: UnsafeMutablePointer<Vector>
  ) {
    let place = learningFrom(range.lowerBound)..<learningFrom(range.upperBound)
    guard !place.isEmpty else { return }
    let learning = UnsafePointer(learning.elements)
    let first = learning[place.lowerBound]
    // The pointers advance by stored distances, so that the next panel need not wait for this one.
    let panel = panelBuffer.elements[first.panel]
    var weights = storage.vectors + panel.start
    var presynaptic = UnsafePointer(presynaptic.elements + panel.presynaptic)
    var words = UnsafePointer(words.elements + first.firstWord)
    var state = states + first.panel
    var input = input + first.panel * StepBlock.panelStride
    for index in place {
      let panel = learning[index]
      Scalar.learn(
        weights, visible: panel.visible, latent: panel.latent, presynaptic: presynaptic,
        synapses: words, isDense: panel.isDense, activity, state.pointee, inputs: input)
      weights += panel.visible &+ panel.latent &+ PanelGap.vectors
      presynaptic += panel.presynapticToNext
      words += panel.wordCount
      state += panel.panelsToNext
      input += panel.panelsToNext &* StepBlock.panelStride
    }
  }

  /// Multiplies the weights of a panel by the delayed rates of a block of steps.
  ///
  /// - Parameters:
  ///   - activity: Delayed rates of the block.
  ///   - input: Receives the dendritic input [mV], shape `[step]`.
  func multiply(
    _ index: Int, _ activity: PresynapticRows<Scalar>, input: UnsafeMutablePointer<Vector>
  ) {
    let panel = panelBuffer.elements[index]
    let presynaptic = presynaptic.elements + panel.presynaptic
    let weights = storage.vectors + panel.start
    let rates = activity.rates
    let stride = activity.stride
    var sums = BlockSums<Scalar>()
    for vector in 0..<panel.count {
      sums.add(weights[vector], rates + Int(presynaptic[vector]), stride: stride)
    }
    sums.store(input)
  }
}

/// Dendritic inputs [mV] of the neurons of one panel in the 8 steps of a block.
///
/// They stay in registers during a pass over the weights of the panel.
struct BlockSums<Scalar: VectorScalar> {
  typealias Vector = Scalar.Vector

  private var s0 = Vector()
  private var s1 = Vector()
  private var s2 = Vector()
  private var s3 = Vector()
  private var s4 = Vector()
  private var s5 = Vector()
  private var s6 = Vector()
  private var s7 = Vector()

  /// Adds the products of one vector of weights and the 8 rates of its presynaptic neuron.
  ///
  /// - Parameters:
  ///   - rates: The rate of the first step; those of the other steps follow at multiples of
  ///     `stride`.
  @inline(__always)
  mutating func add(_ weight: Vector, _ rates: UnsafePointer<Scalar>, stride: Int) {
    s0.addProduct(weight, Vector(repeating: rates[0]))
    s1.addProduct(weight, Vector(repeating: rates[stride]))
    s2.addProduct(weight, Vector(repeating: rates[2 &* stride]))
    s3.addProduct(weight, Vector(repeating: rates[3 &* stride]))
    s4.addProduct(weight, Vector(repeating: rates[4 &* stride]))
    s5.addProduct(weight, Vector(repeating: rates[5 &* stride]))
    s6.addProduct(weight, Vector(repeating: rates[6 &* stride]))
    s7.addProduct(weight, Vector(repeating: rates[7 &* stride]))
  }

  /// Writes the sums, one vector per step.
  @inline(__always)
  func store(_ input: UnsafeMutablePointer<Vector>) {
    input[0] = s0
    input[1] = s1
    input[2] = s2
    input[3] = s3
    input[4] = s4
    input[5] = s5
    input[6] = s6
    input[7] = s7
  }
}
