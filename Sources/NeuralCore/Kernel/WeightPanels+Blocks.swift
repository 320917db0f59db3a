extension WeightPanels {
  /// Adds the updates of the latest block to the weights of a panel that lacks no synapse, and
  /// multiplies the weights with the delayed rates of this block.
  ///
  /// Weights from a neuron to itself do not exist. The pass treats them like any other, because a
  /// test would cost more than the repair: they were zero, so what they became is the update alone.
  ///
  /// - Parameters:
  ///   - traces: Presynaptic traces of the latest block, shape `[neuron, step]`.
  ///   - population: Holds the surprise of the latest block, and learning rates.
  ///   - rates: Delayed rates of this block, shape `[neuron, step]`.
  ///   - input: Receives the dendritic input, shape `[panel, step]`; it still holds what the weights
  ///     from neurons to themselves contribute.
  ///   - own: Receives the weights from the neurons to themselves, which are zero again.
  @inline(__always)
  func updateAndMultiply(
    _ index: Int, traces: UnsafePointer<Scalar>, _ population: Population<Scalar>,
    rates: UnsafePointer<Scalar>
  ) {
    let panel = panels[index]
    let weights = vectors(panel)
    let surprise = UnsafePointer(population.surprise.vectors + index * StepBlock.steps)
    let split = panel.fromVisible
    let columns = StepBlock.steps * split
    var sums = BlockSums<Scalar>()
    sums.updateAndMultiply(
      weights, count: split, traces: traces, surprise: surprise,
      learningRate: population.rateFromVisible.vectors[index], rates: rates)
    sums.updateAndMultiply(
      weights + split, count: panel.count - split, traces: traces + columns,
      surprise: surprise, learningRate: population.rateFromLatent.vectors[index],
      rates: rates + columns)
    sums.store(population.input.vectors + index * StepBlock.steps)

    let width = Vector.scalarCount
    let diagonal = UnsafeMutableRawPointer(weights + index * width)
      .assumingMemoryBound(to: Scalar.self)
    let removed = UnsafeMutableRawPointer(population.own.vectors + index).assumingMemoryBound(
      to: Scalar.self)
    for lane in 0..<min(width, panel.count - index * width) {
      removed[lane] = diagonal[lane * (width + 1)]
      diagonal[lane * (width + 1)] = 0
    }
  }

  /// Multiplies the weights of a panel with the delayed rates of a block.
  @inline(__always)
  func multiply(_ index: Int, rates: UnsafePointer<Scalar>, input: UnsafeMutablePointer<Vector>) {
    let panel = panels[index]
    let weights = vectors(panel)
    var sums = BlockSums<Scalar>()
    if isSparse {
      withSynapses(panel) { synapses in
        for vector in 0..<synapses.count {
          let neuron = Int(synapses.places[vector]) / StepQuad.record
          sums.add(weights[vector], rates + neuron * StepBlock.steps)
        }
      }
    } else {
      for vector in 0..<panel.count {
        sums.add(weights[vector], rates + StepBlock.steps * vector)
      }
    }
    sums.store(input + index * StepBlock.steps)
  }
}
