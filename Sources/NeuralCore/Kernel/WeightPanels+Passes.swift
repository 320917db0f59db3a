extension WeightPanels {
  /// Whether a synapse of a panel can learn.
  @inline(__always)
  func learns(_ index: Int) -> Bool { panelBuffer.elements[index].learns }

  /// How many panels that learn come before a panel.
  private func learningFrom(_ index: Int) -> Int {
    index < panels.count ? panelBuffer.elements[index].learningBefore : learningCount
  }

  /// Adds the updates that are due in a pair of steps to the weights of some panels, and multiplies the
  /// weights with the delayed rates of both steps. Passes over panels that do not learn.
  ///
  /// - Parameters:
  ///   - activity: What arrives in the pair.
  ///   - states: The neurons, shape `[panel]`.
  ///   - input: Receives the dendritic input of both steps, a block's steps apart.
  func learn(
    _ range: Range<Int>, _ activity: PresynapticRows<Scalar>,
    _ states: UnsafePointer<PanelState<Scalar>>, input: UnsafeMutablePointer<Vector>
  ) {
    let place = learningFrom(range.lowerBound)..<learningFrom(range.upperBound)
    guard !place.isEmpty else { return }
    let learning = UnsafePointer(learning.elements)
    let first = learning[place.lowerBound]
    // These go on by what is known before a panel ends, so that the next one need not wait.
    let panel = panelBuffer.elements[first.panel]
    var weights = storage.vectors + panel.start
    var presynaptic = UnsafePointer(presynaptic.elements + panel.presynaptic)
    var words = UnsafePointer(words.elements + first.firstWord)
    var state = states + first.panel
    var input = input + first.panel * StepBlock.steps
    for index in place {
      let panel = learning[index]
      Scalar.learn(
        weights, visible: panel.visible, latent: panel.latent, presynaptic: presynaptic,
        synapses: words, activity, state.pointee, inputs: input)
      weights += panel.visible &+ panel.latent
      presynaptic += panel.presynapticToNext
      words += panel.wordCount
      state += panel.panelsToNext
      input += panel.panelsToNext &* StepBlock.steps
    }
  }

  /// Multiplies the weights of a panel with the delayed rates of a block.
  ///
  /// - Parameters:
  ///   - activity: What arrives in the block.
  ///   - input: Receives the dendritic input, shape `[step]`.
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
