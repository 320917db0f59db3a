extension Population {
  /// Advances the neurons of some panels by some steps of a block.
  ///
  /// - Parameters:
  ///   - range: The panels.
  ///   - steps: The steps, counted from the start of the block; ``input`` is known for them.
  ///   - rates: Receives the rates of the block, shape `[panel, step]`.
  func advance(
    _ range: Range<Int>, steps: Range<Int>, _ drive: CycleDrive, _ block: BlockInput<Scalar>,
    rates: UnsafeMutablePointer<Vector>
  ) {
    for step in steps {
      integrateSomata(range, step, drive, block)
      switch step {
      case 0: advance(BlockSteps.First.self, range, block, rates: rates)
      case 1: advance(BlockSteps.Second.self, range, block, rates: rates)
      case 2: advance(BlockSteps.Third.self, range, block, rates: rates)
      case 3: advance(BlockSteps.Fourth.self, range, block, rates: rates)
      case 4: advance(BlockSteps.Fifth.self, range, block, rates: rates)
      case 5: advance(BlockSteps.Sixth.self, range, block, rates: rates)
      case 6: advance(BlockSteps.Seventh.self, range, block, rates: rates)
      default: advance(BlockSteps.Eighth.self, range, block, rates: rates)
      }
    }
  }

  /// Those panels of a range that have a visible neuron.
  @inline(__always)
  private func mixed(_ range: Range<Int>) -> Range<Int> {
    range.lowerBound..<max(range.lowerBound, min(range.upperBound, mixedPanels))
  }

  /// Those panels of a range that have none.
  @inline(__always)
  private func latent(_ range: Range<Int>) -> Range<Int> {
    min(range.upperBound, max(range.lowerBound, mixedPanels))..<range.upperBound
  }

  private func advance<Step: BlockStep>(
    _: Step.Type, _ range: Range<Int>, _ block: BlockInput<Scalar>,
    rates: UnsafeMutablePointer<Vector>
  ) {
    let rates = rates + Step.number
    switch block.learning {
    case .none:
      advance(range, Step.number, rates: rates, NoLearning())
    case .together(let interactions):
      advance(
        range, Step.number, rates: rates, DenseLearning<Scalar, Step>(self, interactions))
    case .quads:
      advance(range, Step.number, rates: rates, SparseLearning<Scalar, Step>(self))
    }
  }

  /// Steps 4, 5 and 7 of the model, and what is learned from them.
  @inline(__always)
  private func advance(
    _ range: Range<Int>, _ step: Int, rates: UnsafeMutablePointer<Vector>,
    _ learning: some StepLearning<Scalar>
  ) {
    let equations = equations
    let soma = soma.vectors
    let dendrite = dendrite.vectors
    let plain = input.vectors + step
    for panel in mixed(range) { plain[panel &* StepBlock.steps] += learning.extraInput(panel) }
    for panel in range {
      let place = panel &* StepBlock.steps
      let dendritic = dendrite[panel]
      dendrite[panel] = equations.dendrite(
        dendritic, input: learning.input(panel, plain: plain[place]))
      let (produced, predicted) = equations.rates(soma: soma[panel], dendrite: dendritic)
      rates[place] = produced
      learning.learn(panel, surprise: produced - predicted)
    }
  }

  /// Step 3 of the model, and what acts on somata besides conductances: noise, then holds.
  @inline(__always)
  private func integrateSomata(
    _ range: Range<Int>, _ step: Int, _ drive: CycleDrive, _ block: BlockInput<Scalar>
  ) {
    let given = block.conductances[block.firstOfWindow &+ step]
    integrateSomata(mixed(range), given.mixed)
    integrateSomata(latent(range), given.latent)
    if draws != nil {
      let row = noise.vectors + (block.firstOfWindow + step) * panels
      for panel in range { soma.vectors[panel] += row[panel] }
    }
    for hold in drive.holds where hold.steps.contains(block.firstOfCycle + step) {
      for neuron in hold.neurons where range.contains(neuron / Vector.scalarCount) {
        soma.scalars[neuron] = Scalar(hold.potential)
      }
    }
  }

  @inline(__always)
  private func integrateSomata(
    _ range: Range<Int>, _ conductances: SomaticConductances<Scalar>
  ) {
    let equations = equations
    let soma = soma.vectors
    let dendrite = dendrite.vectors
    let coupling = coupling.vectors
    let decay = decay.vectors
    for panel in range {
      soma[panel] = equations.soma(
        soma[panel], dendrite: dendrite[panel], coupling: coupling[panel], decay: decay[panel],
        excitation: conductances.excitation[panel], inhibition: conductances.inhibition[panel])
    }
  }
}
