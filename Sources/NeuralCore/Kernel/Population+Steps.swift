extension Population {
  /// Takes the neurons of some panels through the first half of a pair of steps: everything that does
  /// not depend on the dendritic input of its first step.
  ///
  /// - Parameters:
  ///   - range: The panels.
  ///   - step: The first step of the pair, counted from the start of the block.
  ///   - rates: Receives the rates, shape `[panel, step of the block]`.
  func beginPair(
    _ range: Range<Int>, step: Int, _ block: BlockInput<Scalar>,
    rates: UnsafeMutablePointer<Vector>
  ) {
    integrateSomata(range, step: step, block, receiving: false)
    fire(range, step: step, rates, surprise: surprise.vectors + 1, receiving: false)
  }

  /// Takes the neurons through the rest of the pair, of which ``input`` is known.
  ///
  /// - Parameter count: How many steps of the pair are taken.
  func endPair(
    _ range: Range<Int>, step: Int, count: Int, _ block: BlockInput<Scalar>,
    rates: UnsafeMutablePointer<Vector>
  ) {
    if count == StepPair.steps {
      integrateSomata(range, step: step + 1, block, receiving: true)
      fire(range, step: step + 1, rates, surprise: surprise.vectors, receiving: true)
    } else {
      let input = input.vectors + step
      for panel in range {
        dendrite.vectors[panel] = equations.dendrite(
          dendrite.vectors[panel], input: input[panel &* StepBlock.steps])
        surprise.vectors[panel &* StepPair.steps] = Vector()
      }
    }
  }

  /// Step 3 of the model, and what acts on somata besides conductances.
  ///
  /// - Parameter receiving: Whether the dendrites take in the input of the step before first (step 5).
  @inline(__always)
  private func integrateSomata(
    _ range: Range<Int>, step: Int, _ block: BlockInput<Scalar>, receiving: Bool
  ) {
    let equations = equations
    let soma = soma.vectors
    let dendrite = dendrite.vectors
    let coupling = coupling.vectors
    let decay = decay.vectors
    let teacher = block.teacher
    let somatic = block.somatic[block.firstOfWindow &+ step]
    let nudged = somatic.asked == nil ? 0 : mixedPanels
    let input = input.vectors + (step &- 1)
    for panel in range.clamped(to: 0..<nudged) {
      if receiving {
        dendrite[panel] = equations.dendrite(
          dendrite[panel], input: input[panel &* StepBlock.steps])
      }
      var excitation = somatic.scaffold.excitation[panel]
      var inhibition = somatic.scaffold.inhibition[panel]
      teacher.add(
        panel, potential: somatic.asked.unsafelyUnwrapped[panel], excitation: &excitation,
        inhibition: &inhibition)
      soma[panel] = equations.soma(
        soma[panel], dendrite: dendrite[panel], coupling: coupling[panel], decay: decay[panel],
        excitation: excitation, inhibition: inhibition)
    }
    for panel in range.clamped(to: nudged..<panels) {
      if receiving {
        dendrite[panel] = equations.dendrite(
          dendrite[panel], input: input[panel &* StepBlock.steps])
      }
      soma[panel] = equations.soma(
        soma[panel], dendrite: dendrite[panel], coupling: coupling[panel], decay: decay[panel],
        excitation: somatic.scaffold.excitation[panel],
        inhibition: somatic.scaffold.inhibition[panel])
    }
    if isDisturbed {
      disturb(range, step: block.firstOfWindow + step, cycleStep: block.firstOfCycle + step)
    }
  }

  /// Steps 4 and 7: the rates and what is learned from them. A loop of its own, because a processor
  /// holds only few panels of these long chains of operations at a time.
  ///
  /// - Parameters:
  ///   - surprise: Receives `r - r*`, shape `[panel]`, a pair's steps apart.
  ///   - receiving: Whether the dendrites take in the input of the step afterwards (step 5).
  @inline(__always)
  private func fire(
    _ range: Range<Int>, step: Int, _ rates: UnsafeMutablePointer<Vector>,
    surprise: UnsafeMutablePointer<Vector>, receiving: Bool
  ) {
    let equations = equations
    let soma = soma.vectors
    let dendrite = dendrite.vectors
    let rates = rates + step
    let input = input.vectors + step
    for panel in range {
      let dendritic = dendrite[panel]
      let (produced, predicted) = equations.rates(soma: soma[panel], dendrite: dendritic)
      rates[panel &* StepBlock.steps] = produced
      surprise[panel &* StepPair.steps] = produced - predicted
      if receiving {
        dendrite[panel] = equations.dendrite(dendritic, input: input[panel &* StepBlock.steps])
      }
    }
  }
}
