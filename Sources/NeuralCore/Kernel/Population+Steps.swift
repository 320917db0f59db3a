extension Population {
  /// Advances the neurons of some vectors by some steps of a block.
  ///
  /// - Parameters:
  ///   - range: The vectors.
  ///   - steps: The steps, counted from the start of the block; ``input`` is known for them.
  ///   - rates: Receives the rates of the block, shape `[step, paddedNeuron]`.
  func advance(
    _ range: Range<Int>, steps: Range<Int>, _ drive: CycleDrive, _ block: BlockInput<Scalar>,
    rates: UnsafeMutablePointer<Vector>
  ) {
    let isDisturbed = draws != nil || !drive.holds.isEmpty
    for step in steps {
      let row = step * vectors
      if isDisturbed {
        advanceSomata(range, block.excitation + row, block.inhibition + row)
        disturb(range, step, drive, block)
      }
      switch block.learning {
      case .none:
        advance(
          range, step, block, isDisturbed, rates: rates + row, input: { $1 }, learn: { _, _ in })
      case .together(let interactions):
        advanceTogether(range, step, block, interactions, isDisturbed, rates: rates + row)
      case .pairs:
        advancePairwise(range, step, block, isDisturbed, rates: rates + row)
      }
    }
  }

  /// Steps 3 to 5 and 7 of the model.
  ///
  /// - Parameters:
  ///   - areSomataDone: Whether step 3 is taken already.
  ///   - input: The dendritic input of a vector of neurons, from that without the updates of the
  ///     block.
  ///   - learn: Takes the surprise of a vector of neurons.
  @inline(__always)
  private func advance(
    _ range: Range<Int>, _ step: Int, _ block: BlockInput<Scalar>, _ areSomataDone: Bool,
    rates: UnsafeMutablePointer<Vector>, input: (_ index: Int, _ plain: Vector) -> Vector,
    learn: (_ index: Int, _ surprise: Vector) -> Void
  ) {
    let equations = equations
    let soma = soma.vectors
    let dendrite = dendrite.vectors
    let coupling = coupling.vectors
    let decay = decay.vectors
    let excitation = block.excitation + step * vectors
    let inhibition = block.inhibition + step * vectors
    let plain = self.input.vectors + step * vectors
    for index in range {
      var somatic = soma[index]
      let dendritic = dendrite[index]
      if !areSomataDone {
        somatic = equations.soma(
          somatic, dendrite: dendritic, coupling: coupling[index], decay: decay[index],
          excitation: excitation[index], inhibition: inhibition[index])
        soma[index] = somatic
      }
      dendrite[index] = equations.dendrite(dendritic, input: input(index, plain[index]))
      let (produced, predicted) = equations.rates(soma: somatic, dendrite: dendritic)
      rates[index] = produced
      learn(index, produced - predicted)
    }
  }

  @inline(__always)
  private func advanceTogether(
    _ range: Range<Int>, _ step: Int, _ block: BlockInput<Scalar>,
    _ interactions: BlockInteractions<Scalar>, _ areSomataDone: Bool,
    rates: UnsafeMutablePointer<Vector>
  ) {
    let vectors = vectors
    let now = step * vectors
    let mixed = range.clamped(to: 0..<mixedVectors)
    let latent = range.clamped(to: mixedVectors..<max(vectors, mixedVectors))
    let fromVisible = fromVisible.vectors
    let fromLatent = fromLatent.vectors
    let rateFromVisible = rateFromVisible.vectors
    let rateFromLatent = rateFromLatent.vectors
    let rateFromSelf = rateFromSelf.vectors
    let own = own.vectors
    let delayed = interactions.rates + now
    let traces = interactions.traces + now

    /// Adds updates of the earlier steps. Pointers walk, because products of indices would be
    /// checked for overflow.
    @inline(__always)
    func add(
      _ sum: inout Vector, _ updates: UnsafePointer<Vector>, _ interactions: UnsafePointer<Scalar>
    ) {
      var update = updates
      var interaction = interactions + step
      for _ in 0..<step {
        sum.addProduct(update.pointee, Vector(repeating: interaction.pointee))
        update += vectors
        interaction += StepBlock.steps
      }
    }

    advance(mixed, step, block, areSomataDone, rates: rates) { index, plain in
      var sum = plain - own[index] * delayed[index]
      add(&sum, fromVisible + index, interactions.ofVisible)
      add(&sum, fromLatent + index, interactions.ofLatent)
      return sum
    } learn: { index, surprise in
      fromVisible[now + index] = rateFromVisible[index] * surprise
      fromLatent[now + index] = rateFromLatent[index] * surprise
      own[index].addProduct(rateFromSelf[index] * surprise, traces[index])
    }
    advance(latent, step, block, areSomataDone, rates: rates) { index, plain in
      var sum = plain - own[index] * delayed[index]
      add(&sum, fromLatent + index, interactions.ofAny)
      return sum
    } learn: { index, surprise in
      let update = rateFromLatent[index] * surprise
      fromLatent[now + index] = update
      own[index].addProduct(update, traces[index])
    }
  }

  @inline(__always)
  private func advancePairwise(
    _ range: Range<Int>, _ step: Int, _ block: BlockInput<Scalar>, _ areSomataDone: Bool,
    rates: UnsafeMutablePointer<Vector>
  ) {
    let now = step * vectors
    let before = (step - 1) * vectors
    let fromVisible = fromVisible.vectors
    let fromLatent = fromLatent.vectors
    let rateFromVisible = rateFromVisible.vectors
    let rateFromLatent = rateFromLatent.vectors
    let ofVisible = visibleInteraction.vectors
    let ofLatent = latentInteraction.vectors
    advance(range, step, block, areSomataDone, rates: rates) { index, plain in
      step % 2 == 0
        ? plain
        : plain.addingProduct(fromVisible[before + index], ofVisible[index])
          .addingProduct(fromLatent[before + index], ofLatent[index])
    } learn: { index, surprise in
      fromVisible[now + index] = rateFromVisible[index] * surprise
      fromLatent[now + index] = rateFromLatent[index] * surprise
    }
  }

  /// Step 3 of the model alone, for somata that something else acts on before the next steps.
  private func advanceSomata(
    _ range: Range<Int>, _ excitation: UnsafePointer<Vector>, _ inhibition: UnsafePointer<Vector>
  ) {
    for index in range {
      soma.vectors[index] = equations.soma(
        soma.vectors[index], dendrite: dendrite.vectors[index], coupling: coupling.vectors[index],
        decay: decay.vectors[index], excitation: excitation[index], inhibition: inhibition[index])
    }
  }

  /// What acts on somata besides conductances: noise, then holds.
  private func disturb(
    _ range: Range<Int>, _ step: Int, _ drive: CycleDrive, _ block: BlockInput<Scalar>
  ) {
    if draws != nil {
      let row = noise.vectors + (block.firstOfWindow + step) * vectors
      for index in range { soma.vectors[index] += row[index] }
    }
    for hold in drive.holds where hold.steps.contains(block.firstOfCycle + step) {
      for neuron in hold.neurons where range.contains(neuron / Vector.scalarCount) {
        soma.scalars[neuron] = Scalar(hold.potential)
      }
    }
  }
}
