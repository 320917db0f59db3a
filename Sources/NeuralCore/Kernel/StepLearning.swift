/// What the neurons of a step learn, and what they have learned since their weights were updated.
///
/// Types instead of closures, so that a loop over the neurons is compiled as one piece for each.
protocol StepLearning<Scalar> {
  associatedtype Scalar: VectorScalar

  /// What the updates of the earlier steps add to the dendritic input of a panel with a visible
  /// neuron, beyond what ``input(_:plain:)`` adds to that of every panel.
  func extraInput(_ panel: Int) -> Scalar.Vector

  /// The dendritic input of a panel, from that which lacks the updates of the earlier steps.
  func input(_ panel: Int, plain: Scalar.Vector) -> Scalar.Vector

  /// Takes the surprise `r - r*` of a panel.
  func learn(_ panel: Int, surprise: Scalar.Vector)
}

/// No synapse learns.
struct NoLearning<Scalar: VectorScalar>: StepLearning {
  @inline(__always)
  func extraInput(_ panel: Int) -> Scalar.Vector { Scalar.Vector() }

  @inline(__always)
  func input(_ panel: Int, plain: Scalar.Vector) -> Scalar.Vector { plain }

  @inline(__always)
  func learn(_ panel: Int, surprise: Scalar.Vector) {}
}

/// Networks that lack no synapse: the dendritic input was taken for the whole block.
///
/// A weight from a neuron to itself does not exist, but the passes over all weights treat it like any
/// other. What it would be is followed here, and taken out of the dendritic input again.
struct DenseLearning<Scalar: VectorScalar, Step: BlockStep>: StepLearning {
  typealias Vector = Scalar.Vector

  private let rateFromLatent: UnsafePointer<Vector>
  private let extraRateFromVisible: UnsafePointer<Vector>
  private let rateFromSelf: UnsafePointer<Vector>
  private let surprise: UnsafeMutablePointer<Vector>
  private let ownWeights: UnsafeMutablePointer<Vector>
  private let rates: UnsafePointer<Vector>
  private let traces: UnsafePointer<Vector>
  private let ofVisible: UnsafePointer<Scalar>
  private let ofAny: StepInteractions<Scalar, Step>

  @inline(__always)
  init(_ population: Population<Scalar>, _ block: BlockInteractions<Scalar>) {
    rateFromLatent = UnsafePointer(population.rateFromLatent.vectors)
    extraRateFromVisible = UnsafePointer(population.extraRateFromVisible.vectors)
    rateFromSelf = UnsafePointer(population.rateFromSelf.vectors)
    surprise = population.surprise.vectors
    ownWeights = population.own.vectors
    rates = block.rates + Step.number
    traces = block.traces + Step.number
    ofVisible = block.ofVisible
    ofAny = StepInteractions(block.ofAny)
  }

  @inline(__always)
  func extraInput(_ panel: Int) -> Vector {
    extraRateFromVisible[panel]
      * StepInteractions<Scalar, Step>(ofVisible).sum(surprise + panel &* StepBlock.steps)
  }

  @inline(__always)
  func input(_ panel: Int, plain: Vector) -> Vector {
    let place = panel &* StepBlock.steps
    let input = plain - ownWeights[panel] * rates[place]
    guard Step.number > 0 else { return input }
    return input.addingProduct(rateFromLatent[panel], ofAny.sum(surprise + place))
  }

  @inline(__always)
  func learn(_ panel: Int, surprise: Vector) {
    let place = panel &* StepBlock.steps
    self.surprise[place &+ Step.number] = surprise
    ownWeights[panel].addProduct(rateFromSelf[panel] * surprise, traces[place])
  }
}

/// Networks that may lack synapses: the dendritic input was taken for a quad of steps.
struct SparseLearning<Scalar: VectorScalar, Step: BlockStep>: StepLearning {
  typealias Vector = Scalar.Vector

  private let rateFromVisible: UnsafePointer<Vector>
  private let rateFromLatent: UnsafePointer<Vector>
  private let surprise: UnsafeMutablePointer<Vector>
  private let ofVisible: UnsafePointer<Vector>
  private let ofLatent: UnsafePointer<Vector>

  @inline(__always)
  init(_ population: Population<Scalar>) {
    rateFromVisible = UnsafePointer(population.rateFromVisible.vectors)
    rateFromLatent = UnsafePointer(population.rateFromLatent.vectors)
    surprise = population.surprise.vectors
    ofVisible = UnsafePointer(population.visibleInteractions.vectors)
    ofLatent = UnsafePointer(population.latentInteractions.vectors)
  }

  @inline(__always)
  private func sum(_ panel: Int, _ interactions: UnsafePointer<Vector>) -> Vector {
    StepQuad.sum(
      UnsafePointer(surprise + panel &* StepBlock.steps),
      interactions + panel &* StepQuad.pairs, step: Step.number)
  }

  @inline(__always)
  func extraInput(_ panel: Int) -> Vector { rateFromVisible[panel] * sum(panel, ofVisible) }

  @inline(__always)
  func input(_ panel: Int, plain: Vector) -> Vector {
    guard Step.number % StepQuad.steps > 0 else { return plain }
    return plain.addingProduct(rateFromLatent[panel], sum(panel, ofLatent))
  }

  @inline(__always)
  func learn(_ panel: Int, surprise: Vector) {
    self.surprise[panel &* StepBlock.steps &+ Step.number] = surprise
  }
}
