extension WeightPanels {
  /// Whether a synapse of a panel can learn.
  @inline(__always)
  func learns(_ index: Int) -> Bool { panelBuffer.elements[index].learns }

  /// Adds the updates that are due in a pair of steps to the weights of some panels, and multiplies the
  /// weights with the delayed rates of both steps. Passes over panels that do not learn.
  ///
  /// - Parameters:
  ///   - records: ``StepPair/record`` of each presynaptic neuron.
  ///   - population: Holds the surprise and the learning rates, and receives the dendritic input.
  ///   - step: The first step of the pair, counted from the start of the block.
  func learn(
    _ range: Range<Int>, records: UnsafePointer<Scalar>, _ population: Population<Scalar>, step: Int
  ) {
    let first = panelBuffer.elements[range.lowerBound].firstRun
    let end =
      range.upperBound < panels.count
      ? panelBuffer.elements[range.upperBound].firstRun : runCount
    let runs = UnsafePointer(runs.elements)
    let places = UnsafePointer(places.elements)
    let words = UnsafePointer(words.elements)
    let weights = storage.vectors
    let surprises = UnsafePointer(population.surprise.vectors)
    let inputs = population.input.vectors + step
    let rateFromVisible = UnsafePointer(population.rateFromVisible.vectors)
    let rateFromLatent = UnsafePointer(population.rateFromLatent.vectors)
    var latest = -1
    for index in first..<end {
      let run = runs[index]
      let panel = run.panel
      let rate = (run.fromVisible ? rateFromVisible : rateFromLatent)[panel]
      let surprise = surprises + (panel &* StepPair.steps)
      Scalar.learn(
        weights + run.start, count: run.count, places: places + run.start, records: records,
        synapses: words + run.firstWord, before: rate * surprise[0], now: rate * surprise[1],
        inputs: inputs + (panel &* StepBlock.steps), isFirst: panel != latest)
      latest = panel
    }
  }

  /// Multiplies the weights of a panel with the delayed rates of a block.
  ///
  /// - Parameters:
  ///   - records: ``StepPair/record`` of each presynaptic neuron for the first pair of steps; those of
  ///     the others follow `stride` apart.
  ///   - input: Receives the dendritic input, shape `[panel, step]`.
  func multiply(
    _ index: Int, records: UnsafePointer<Scalar>, stride: Int, input: UnsafeMutablePointer<Vector>
  ) {
    let panel = panelBuffer.elements[index]
    let places = places.elements
    let weights = storage.vectors
    var sums = BlockSums<Scalar>()
    for vector in panel.start..<panel.start + panel.count {
      sums.add(weights[vector], records + Int(places[vector]), stride: stride)
    }
    sums.store(input + index * StepBlock.steps)
  }
}
