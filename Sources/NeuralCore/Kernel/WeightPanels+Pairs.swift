extension WeightPanels {
  /// Adds the updates of the latest two steps to the weights of a panel that may lack synapses, and
  /// multiplies the weights with the delayed rates of the next two steps.
  ///
  /// Where synapses are missing, what one step's update adds to the input of a later step differs
  /// from neuron to neuron. For a pair of steps that is one sum besides; for longer blocks there
  /// would be more such sums than inputs.
  ///
  /// - Parameters:
  ///   - latestTraces: Presynaptic traces of the latest two steps, at multiples of a block.
  ///   - fromVisible: Learning rate times surprise of the latest two steps, for visible presynaptic
  ///     neurons, shape `[step, post]`; `fromLatent` for latent ones.
  ///   - rates: Delayed rates of both steps, at multiples of a block.
  ///   - products: Traces of the first times delayed rates of the second step, likewise.
  ///   - input: Receives the dendritic input, shape `[step, post]`; that of the second step lacks
  ///     the first step's update.
  ///   - visibleInteraction: Receives the sum over the visible presynaptic neurons of their trace
  ///     in the first times their rate in the second step; `latentInteraction` over latent ones.
  @inline(__always)
  func updateAndMultiplyPair(
    _ index: Int, latestTraces: UnsafePointer<Scalar>, fromVisible: UnsafePointer<Vector>,
    fromLatent: UnsafePointer<Vector>, rates: UnsafePointer<Scalar>,
    products: UnsafePointer<Scalar>, input: UnsafeMutablePointer<Vector>,
    visibleInteraction: UnsafeMutablePointer<Vector>,
    latentInteraction: UnsafeMutablePointer<Vector>
  ) {
    let panel = panels[index]
    let weights = vectors(panel)
    let stride = panels.count
    var first = Vector()
    var second = Vector()
    withSynapses(panel) { columns, lanes in
      @inline(__always)
      func pass(_ range: Range<Int>, _ updates: UnsafePointer<Vector>) -> Vector {
        let earlier = updates[index]
        let later = updates[stride + index]
        var interaction = Vector()
        for vector in range {
          let column = Int(columns[vector])
          let synapses = lanes[vector]
          var weight = weights[vector]
          weight.addProduct(earlier, Vector(repeating: latestTraces[column]))
          weight.addProduct(later, Vector(repeating: latestTraces[column + 1]))
          weight = Scalar.kept(weight, synapses)
          weights[vector] = weight
          first.addProduct(weight, Vector(repeating: rates[column]))
          second.addProduct(weight, Vector(repeating: rates[column + 1]))
          interaction += Scalar.kept(Vector(repeating: products[column]), synapses)
        }
        return interaction
      }
      visibleInteraction[index] = pass(0..<panel.fromVisible, fromVisible)
      latentInteraction[index] = pass(panel.fromVisible..<panel.count, fromLatent)
    }
    input[index] = first
    input[stride + index] = second
  }
}
