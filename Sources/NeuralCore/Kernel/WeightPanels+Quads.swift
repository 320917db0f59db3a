/// Some vectors of weights of one panel that may lack synapses.
struct PanelSynapses<Scalar: VectorScalar> {
  typealias Vector = Scalar.Vector

  let count: Int
  let weights: UnsafeMutablePointer<Vector>

  /// Where the record of the presynaptic neuron begins among those of all neurons.
  let places: UnsafePointer<Int32>

  /// Which lanes have a synapse, lowest bit first.
  let lanes: UnsafePointer<UInt16>

  /// Some of the vectors.
  @inline(__always)
  subscript(range: Range<Int>) -> PanelSynapses {
    PanelSynapses(
      count: range.count, weights: weights + range.lowerBound, places: places + range.lowerBound,
      lanes: lanes + range.lowerBound)
  }

  /// Adds the updates of the latest quad to the weights, and the products of these weights with the
  /// delayed rates of the next quad to the dendritic input.
  ///
  /// - Parameters:
  ///   - surprise: That of the latest quad, a vector for each step; `learningRate` of these synapses.
  ///   - records: ``StepQuad/record`` of each presynaptic neuron.
  ///   - input: The dendritic input, a vector for each step.
  ///   - interactions: Receives, for each pair of steps, the sum over these synapses of the trace in
  ///     the earlier times the rate in the later one.
  func updateAndMultiply(
    surprise: UnsafePointer<Vector>, learningRate: Vector, records: UnsafePointer<Scalar>,
    input: UnsafeMutablePointer<Vector>, interactions: UnsafeMutablePointer<Vector>
  ) {
    let c0 = learningRate * surprise[0]
    let c1 = learningRate * surprise[1]
    let c2 = learningRate * surprise[2]
    let c3 = learningRate * surprise[3]
    var s0 = input[0]
    var s1 = input[1]
    var s2 = input[2]
    var s3 = input[3]
    var g01 = Vector()
    var g02 = Vector()
    var g03 = Vector()
    var g12 = Vector()
    var g13 = Vector()
    var g23 = Vector()
    for index in 0..<count {
      let record = records + Int(places[index])
      let lanes = lanes[index]
      var weight = weights[index]
      weight.addProduct(c0, Vector(repeating: record[0]))
      weight.addProduct(c1, Vector(repeating: record[1]))
      weight.addProduct(c2, Vector(repeating: record[2]))
      weight.addProduct(c3, Vector(repeating: record[3]))
      weight = Scalar.kept(weight, lanes)
      weights[index] = weight
      s0.addProduct(weight, Vector(repeating: record[4]))
      s1.addProduct(weight, Vector(repeating: record[5]))
      s2.addProduct(weight, Vector(repeating: record[6]))
      s3.addProduct(weight, Vector(repeating: record[7]))
      Scalar.add(record[8], to: &g01, lanes)
      Scalar.add(record[9], to: &g02, lanes)
      Scalar.add(record[10], to: &g03, lanes)
      Scalar.add(record[11], to: &g12, lanes)
      Scalar.add(record[12], to: &g13, lanes)
      Scalar.add(record[13], to: &g23, lanes)
    }
    input[0] = s0
    input[1] = s1
    input[2] = s2
    input[3] = s3
    interactions[0] = g01
    interactions[1] = g02
    interactions[2] = g03
    interactions[3] = g12
    interactions[4] = g13
    interactions[5] = g23
  }
}

extension WeightPanels {
  /// Adds the updates of the latest quad to the weights of a panel that may lack synapses, and
  /// multiplies the weights with the delayed rates of the next quad.
  ///
  /// - Parameters:
  ///   - records: ``StepQuad/record`` of each presynaptic neuron.
  ///   - population: Holds the surprise and the learning rates. Receives the dendritic input, which
  ///     lacks the updates of the quad itself, and the interactions within the quad.
  ///   - latest: First step of the latest quad in its block; `step` of the next one.
  @inline(__always)
  func updateAndMultiplyQuad(
    _ index: Int, records: UnsafePointer<Scalar>, _ population: Population<Scalar>, latest: Int,
    step: Int
  ) {
    let split = panels[index].fromVisible
    let place = index * StepBlock.steps
    let surprise = UnsafePointer(population.surprise.vectors + place + latest)
    let input = population.input.vectors + place + step
    for step in 0..<StepQuad.steps { input[step] = Vector() }
    withSynapses(panels[index]) { synapses in
      if split > 0 {
        synapses[0..<split].updateAndMultiply(
          surprise: surprise, learningRate: population.rateFromVisible.vectors[index],
          records: records, input: input,
          interactions: population.visibleInteractions.vectors + index * StepQuad.pairs)
      }
      synapses[split..<synapses.count].updateAndMultiply(
        surprise: surprise, learningRate: population.rateFromLatent.vectors[index],
        records: records, input: input,
        interactions: population.latentInteractions.vectors + index * StepQuad.pairs)
    }
  }
}
